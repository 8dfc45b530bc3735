"""A checkpoint in Detoxify's format, read into a network and a tokenizer.

Importing this needs torch and transformers, which come with the extra `detoxify`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Self

import torch
import transformers
from pydantic import AliasPath, BaseModel, Field, ValidationError, model_validator
from tokenizers import Tokenizer

from postlint.errors import ModelError

# The names that the package gives these classes in its results.
_HEADS = {
    "toxic": "toxicity",
    "severe_toxic": "severe_toxicity",
    "identity_hate": "identity_attack",
}


class _Content(BaseModel):
    """What counts in a checkpoint; training left more in it."""

    model_type: str = Field(validation_alias=AliasPath("config", "arch", "args", "model_type"))
    model_name: Literal[
        "AlbertForSequenceClassification",
        "BertForSequenceClassification",
        "RobertaForSequenceClassification",
        "XLMRobertaForSequenceClassification",
    ] = Field(validation_alias=AliasPath("config", "arch", "args", "model_name"))
    tokenizer_name: Literal[
        "AlbertTokenizer",
        "AlbertTokenizerFast",
        "BertTokenizer",
        "BertTokenizerFast",
        "RobertaTokenizer",
        "RobertaTokenizerFast",
        "XLMRobertaTokenizer",
        "XLMRobertaTokenizerFast",
    ] = Field(validation_alias=AliasPath("config", "arch", "args", "tokenizer_name"))
    num_classes: int = Field(validation_alias=AliasPath("config", "arch", "args", "num_classes"))
    classes: tuple[str, ...] = Field(
        min_length=1, validation_alias=AliasPath("config", "dataset", "args", "classes")
    )
    state_dict: Mapping[str, Any]

    @model_validator(mode="after")
    def _every_class_has_an_output(self) -> Self:
        if len(self.classes) > self.num_classes:
            raise ValueError(f"names {len(self.classes)} classes of {self.num_classes} outputs")
        return self


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A network that classifies a text, and its tokenizer, which neither cuts nor pads.

    heads: names of the network's first outputs; any others are the identities that
    Detoxify learns beside them and leaves out of its results. first_position: position
    of a text's first token. max_tokens: most of a pass, special tokens included.
    """

    network: transformers.PreTrainedModel
    tokenizer: Tokenizer
    heads: tuple[str, ...]
    first_position: int
    max_tokens: int


def read_checkpoint(path: Path, *, unpickle: bool = False) -> Checkpoint:
    """Read a checkpoint. Configuration and tokenizer lie beside it, else come from the hub.

    unpickle: also read a file with more in it than tensors and plain values; that runs
    whatever code somebody put into it.
    Raises ModelError when it is no Detoxify checkpoint, or not whole.
    """
    content = _content(path, unpickle=unpickle)
    source = str(path.parent) if (path.parent / "config.json").is_file() else content.model_type
    try:
        network_type = getattr(transformers, content.model_name)
        config = network_type.config_class.from_pretrained(
            source, num_labels=content.num_classes, attn_implementation="eager"
        )
        network = network_type(config)
        missing = network.load_state_dict(content.state_dict, strict=False).missing_keys
        tokenizer = getattr(transformers, content.tokenizer_name).from_pretrained(source)
    except Exception as error:  # torch, transformers and the network each raise their own
        raise ModelError(f"{path}: cannot be loaded with what {source} says: {error}") from error
    if missing:
        raise ModelError(f"{path}: {len(missing)} weights are missing, among them {missing[0]}")
    backend: Tokenizer = tokenizer.backend_tokenizer
    backend.no_truncation()
    backend.no_padding()
    positions = network.base_model.embeddings.position_embeddings
    # RoBERTa numbers the tokens of a text from behind the number of its padding.
    first = 0 if positions.padding_idx is None else positions.padding_idx + 1
    return Checkpoint(
        network=network,
        tokenizer=backend,
        heads=tuple(_HEADS.get(name, name) for name in content.classes),
        first_position=first,
        max_tokens=min(positions.num_embeddings - first, tokenizer.model_max_length),
    )


def _content(path: Path, *, unpickle: bool) -> _Content:
    if not path.is_file():
        raise ModelError(f"{path}: no such checkpoint")
    try:
        loaded = torch.load(path, map_location="cpu", weights_only=not unpickle)
    except Exception as error:  # what a broken pickle raises depends on where it breaks
        raise ModelError(
            f"{path}: is no checkpoint of tensors and plain values; if it is your own or from "
            "somebody you trust with this machine, --unpickle reads whatever else is in it"
        ) from error
    try:
        return _Content.model_validate(loaded)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        raise ModelError(f"{path}: is no Detoxify checkpoint: {field}: {first['msg']}") from error

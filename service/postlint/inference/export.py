"""A Detoxify checkpoint as a model folder: the form in which the shipped model runs, too.

Importing this needs onnx, torch and transformers, which come with the extra `detoxify`.
"""

import tempfile
from pathlib import Path

import torch

from postlint.errors import ModelError
from postlint.inference.checkpoint import Checkpoint, read_checkpoint
from postlint.inference.manifest import (
    MANIFEST_FILE,
    MODEL_FILE,
    TOKENIZER_FILE,
    Manifest,
    ThresholdEntry,
    checksums,
    sha256_of,
)
from postlint.inference.preprocess import TextForm
from postlint.inference.quantise import fuse, quantise, trace

# Detoxify names no groups and marks no words, so nothing is compared with these.
_UNUSED_THRESHOLD = 0.5
_EXAMPLE_TOKENS = 16


def export_checkpoint(
    checkpoint: Path,
    folder: Path,
    *,
    int8: bool,
    review: float,
    unpickle: bool = False,
) -> Manifest:
    """Write model.onnx, tokenizer.json and manifest.json into a folder without a model.

    checkpoint, unpickle: see `read_checkpoint`. int8: quantise; else the weights stay
    float32. review: threshold of every head, in (0, 1]; none blocks.
    Raises ModelError when the checkpoint cannot be read or the folder has a model.
    """
    if (folder / MANIFEST_FILE).exists():
        raise ModelError(f"{folder}: has a model already; name another folder")
    read = read_checkpoint(checkpoint, unpickle=unpickle)
    folder.mkdir(parents=True, exist_ok=True)
    _write_network(read, folder / MODEL_FILE, int8=int8)
    read.tokenizer.save(str(folder / TOKENIZER_FILE))
    manifest = Manifest(
        name=f"detoxify:{checkpoint.name}",
        version=f"{sha256_of(checkpoint)[:12]}-{'int8' if int8 else 'float32'}",
        files=checksums(folder),
        text_form=TextForm.VERBATIM,
        heads=read.heads,
        intents=(),
        groups=(),
        max_tokens=read.max_tokens,
        thresholds={head: ThresholdEntry(review=review) for head in read.heads},
        rates={},
        group_threshold=_UNUSED_THRESHOLD,
        token_threshold=_UNUSED_THRESHOLD,
        seed=None,
        data=(),
    )
    manifest.write(folder)
    return manifest


def _write_network(checkpoint: Checkpoint, target: Path, *, int8: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        plain, fused = Path(folder) / "plain.onnx", Path(folder) / "fused.onnx"
        example = torch.zeros((1, _EXAMPLE_TOKENS), dtype=torch.long)
        trace(_Probabilities(checkpoint), example, plain, per_text=("heads",))
        if int8:
            fuse(plain, fused)
            quantise(fused, target)
        else:
            fuse(plain, target)


class _Probabilities(torch.nn.Module):
    """ids [1, T] of one whole text -> probabilities of the heads [1, N]."""

    def __init__(self, checkpoint: Checkpoint) -> None:
        super().__init__()
        self.network = checkpoint.network
        self.first = checkpoint.first_position
        self.heads = len(checkpoint.heads)

    def forward(self, input_ids: torch.Tensor) -> torch.Tensor:
        places = torch.arange(self.first, self.first + input_ids.shape[1])[None]
        # No mask: nothing is padded, so every token sees every other.
        logits: torch.Tensor = self.network(
            input_ids=input_ids,
            token_type_ids=torch.zeros_like(input_ids),
            position_ids=places,
        ).logits
        return logits[:, : self.heads].sigmoid()

"""The manifest of a model folder: what its files are and what its outputs mean."""

import hashlib
import json
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from postlint.errors import ModelError
from postlint.inference.preprocess import TextForm

MANIFEST_FILE = "manifest.json"
MODEL_FILE = "model.onnx"
TOKENIZER_FILE = "tokenizer.json"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ThresholdEntry(_Strict):
    """Probabilities from which a head asks for a review, and blocks (None: never)."""

    review: float = Field(gt=0, le=1)
    block: float | None = Field(default=None, gt=0, le=1)


class DataSetEntry(_Strict):
    """A data set that the model learnt from."""

    name: str
    licence: str


class Manifest(_Strict):
    """manifest.json.

    files: name -> sha256 in hexadecimal. text_form: what the model reads of a post.
    heads, intents, groups: names of the output's columns, in this order; a model may
    know no intents and no groups. max_tokens: longest window, special tokens included.
    rates: how common some heads were among the harmful texts of the training, in (0, 1].
    group_threshold and token_threshold: probabilities from which a group is named and
    a token is marked as toxic; without effect where the model has no such output.
    seed and data: what the training used; None and empty where it is not known.
    """

    name: str
    version: str
    files: dict[str, str]
    text_form: TextForm
    heads: tuple[str, ...]
    intents: tuple[str, ...]
    groups: tuple[str, ...]
    max_tokens: int = Field(ge=16)
    thresholds: dict[str, ThresholdEntry]
    rates: dict[str, float]
    group_threshold: float = Field(gt=0, le=1)
    token_threshold: float = Field(gt=0, le=1)
    seed: int | None
    data: tuple[DataSetEntry, ...]

    @property
    def width(self) -> int:
        """How many columns the output has."""
        return len(self.heads) + len(self.intents) + len(self.groups)

    def write(self, folder: Path) -> None:
        """Write it as the manifest.json of a folder."""
        text = json.dumps(self.model_dump(), indent=1)
        (folder / MANIFEST_FILE).write_text(text + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a model folder, every file compared with its checksum.

    Raises ModelError when a file is missing, changed or unreadable.
    """
    path = folder / MANIFEST_FILE
    try:
        manifest = Manifest.model_validate(json.loads(path.read_bytes()))
    except OSError as error:
        raise ModelError(f"{path}: cannot be read ({error.strerror})") from error
    except (ValueError, ValidationError) as error:
        raise ModelError(f"{path}: is no model manifest: {error}") from error
    for needed in (MODEL_FILE, TOKENIZER_FILE):
        if needed not in manifest.files:
            raise ModelError(f"{path}: gives no checksum for {needed}")
    for name, expected in manifest.files.items():
        _verify(folder / name, expected)
    return manifest


def checksums(folder: Path) -> dict[str, str]:
    """What a manifest says of the model's files as they are now: name -> sha256."""
    return {name: sha256_of(folder / name) for name in (MODEL_FILE, TOKENIZER_FILE)}


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _verify(path: Path, expected: str) -> None:
    try:
        actual = sha256_of(path)
    except OSError as error:
        raise ModelError(f"{path}: cannot be read ({error.strerror})") from error
    if actual != expected:
        raise ModelError(
            f"{path}: sha256 is {actual}, the manifest says {expected}; "
            "the file was changed, or is the pointer of a large-file store"
        )

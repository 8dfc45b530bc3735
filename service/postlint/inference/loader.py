"""From the setting POSTLINT_MODEL to a model."""

from pathlib import Path

from postlint.errors import ModelError
from postlint.inference.detoxify import MODEL_NAMES, DetoxifyScorer
from postlint.inference.manifest import MANIFEST_FILE
from postlint.inference.scorer import RiskScorer

_DETOXIFY = "detoxify:"


def load_scorer(spec: str, *, shipped: Path, threads: int = 1) -> RiskScorer | None:
    """The model that `spec` names; None when it says to use none.

    spec: "risk" (the shipped model, in the folder `shipped`), "none",
    "detoxify:" with one of MODEL_NAMES, a folder with a manifest.json, or a Detoxify
    checkpoint (.ckpt; it is unpickled, so only a file you trust).
    threads: for one forward pass of an ONNX model.
    Raises ModelError when there is no such model or it cannot be loaded.
    """
    if spec == "none":
        return None
    if spec.startswith(_DETOXIFY):
        return DetoxifyScorer.load(spec.removeprefix(_DETOXIFY))
    path = shipped if spec == "risk" else Path(spec)
    if (path / MANIFEST_FILE).is_file():
        from postlint.inference.onnx import OnnxRiskScorer

        return OnnxRiskScorer.load(path, threads)
    if path.suffix == ".ckpt":
        return DetoxifyScorer.from_checkpoint(path)
    raise ModelError(
        f"no model {spec!r}: give risk, none, "
        + "".join(f"{_DETOXIFY}{name}, " for name in MODEL_NAMES)
        + f"a folder with {MANIFEST_FILE}, or a .ckpt file"
    )

"""Any Detoxify model behind the same seam, through the real `detoxify` package."""

import threading
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from postlint.errors import ModelError
from postlint.inference.extra import detoxify_extra
from postlint.inference.scorer import HeadThresholds, ModelInfo, RiskScores

MODEL_NAMES = ("original", "unbiased", "multilingual", "original-small", "unbiased-small")

# Chosen, not measured: no threshold is published with these models. High, because
# a linter that cries wolf is switched off; a policy can set others.
REVIEW_THRESHOLD = 0.8

_BATCH = 16
_OVERLAP_TOKENS = 48
# Room for special tokens, and for a window that splits into more tokens by itself.
_MARGIN_TOKENS = 12


class DetoxifyScorer:
    """A Detoxify model: toxicity heads only; it knows no groups, intents or spans."""

    def __init__(self, model: Any, name: str, version: str) -> None:
        self._model = model
        positions = int(model.model.config.max_position_embeddings)
        self._window = min(positions, int(model.tokenizer.model_max_length)) - _MARGIN_TOKENS
        # A fast tokenizer changes its own truncation settings while it encodes.
        self._lock = threading.Lock()
        self._info = ModelInfo(
            name=name,
            version=version,
            thresholds={head: HeadThresholds(REVIEW_THRESHOLD) for head in model.class_names},
            heads=tuple(model.class_names),
            window=self._window,
        )

    @classmethod
    def load(cls, name: str) -> "DetoxifyScorer":
        """One of Detoxify's published models; downloads it when it is not in the cache.

        Raises ModelError for another name, or when the model cannot be had.
        """
        if name not in MODEL_NAMES:
            raise ModelError(f"no Detoxify model {name!r}; known: {', '.join(MODEL_NAMES)}")
        return cls(_detoxify(model_type=name), f"detoxify:{name}", version("detoxify"))

    @classmethod
    def from_checkpoint(cls, checkpoint: Path) -> "DetoxifyScorer":
        """A checkpoint in Detoxify's format; a config.json beside it makes loading offline.

        Loading unpickles the file, and a pickle can run any code: name only files of
        your own, never one that a user sent.
        """
        if not checkpoint.is_file():
            raise ModelError(f"{checkpoint}: no such checkpoint")
        beside = checkpoint.parent
        offline = str(beside) if (beside / "config.json").is_file() else None
        model = _detoxify(checkpoint=str(checkpoint), huggingface_config_path=offline)
        return cls(model, f"detoxify:{checkpoint.name}", version("detoxify"))

    @property
    def info(self) -> ModelInfo:
        """Name, version of the package, and the chosen thresholds."""
        return self._info

    def score(self, texts: Sequence[str]) -> list[RiskScores]:
        """Judge every text whole: Detoxify cuts long ones, so they go in as windows."""
        with self._lock:
            windows = [(i, part) for i, text in enumerate(texts) for part in self._windows(text)]
            windows.sort(key=lambda window: len(window[1]))
            heads: list[dict[str, float]] = [{} for _ in texts]
            for first in range(0, len(windows), _BATCH):
                batch = windows[first : first + _BATCH]
                self._keep_highest(batch, heads)
        return [RiskScores(heads=scores) for scores in heads]

    def _windows(self, text: str) -> Iterator[str]:
        encoded = self._model.tokenizer(
            text, add_special_tokens=False, return_offsets_mapping=True, verbose=False
        )
        offsets = encoded["offset_mapping"]
        step = self._window - _OVERLAP_TOKENS if self._window > _OVERLAP_TOKENS else self._window
        for first in range(0, max(len(offsets), 1), step):
            part = offsets[first : first + self._window]
            yield text[part[0][0] : part[-1][1]] if part else text
            if first + self._window >= len(offsets):
                return

    def _keep_highest(
        self, batch: Sequence[tuple[int, str]], heads: Sequence[dict[str, float]]
    ) -> None:
        found = self._model.predict([text for _, text in batch])
        for head, values in found.items():
            # Detoxify returns a bare number for a batch of one.
            column = values if isinstance(values, list) else [values]
            for (index, _), value in zip(batch, column, strict=True):
                heads[index][head] = max(value, heads[index].get(head, 0.0))


def _detoxify(**arguments: Any) -> Any:
    with detoxify_extra():
        from detoxify import Detoxify
    try:
        return Detoxify(**arguments)
    except Exception as error:  # torch, transformers and the network each raise their own
        raise ModelError(f"Detoxify cannot load {arguments}: {error}") from error

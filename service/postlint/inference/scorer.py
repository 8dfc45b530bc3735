"""The seam between postlint and whatever model judges a text.

The check that uses a model sees only `RiskScorer`; the ONNX runtime, Detoxify
and the fakes of the unit tests stand behind it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class ScoredSpan:
    """Half-open code-point range of the scored text that the model finds toxic."""

    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class RiskScores:
    """What a model says of one text. All values are probabilities in [0, 1].

    heads: toxicity heads under Detoxify's names ("toxicity", "insult", ...) and
        risk heads under the names of the training topics ("newsjacking", ...).
    intents: what the text wants ("promotion", "condolence", ...).
    groups: id of a group in rules/groups.yml -> probability that it is attacked.
    spans: the toxic words, in text order, without overlaps.
    """

    heads: Mapping[str, float]
    intents: Mapping[str, float] = field(default_factory=dict)
    groups: Mapping[str, float] = field(default_factory=dict)
    spans: tuple[ScoredSpan, ...] = ()


@dataclass(frozen=True, slots=True)
class HeadThresholds:
    """Probability from which a head asks for a review, and from which it blocks.

    A head whose `block` is None never blocks by itself.
    """

    review: float
    block: float | None = None


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """Name and version of a model, and the thresholds measured for its heads."""

    name: str
    version: str
    thresholds: Mapping[str, HeadThresholds]
    group_threshold: float = 0.5


class RiskScorer(Protocol):
    """A model that judges texts. Implementations are safe to call from threads."""

    @property
    def info(self) -> ModelInfo: ...

    def score(self, texts: Sequence[str]) -> list[RiskScores]:
        """Judge every text, whole (long ones are windowed), in the order given."""
        ...

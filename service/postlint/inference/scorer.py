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
    """What is known of a model.

    rates: how common heads were among the harmful texts of the training, where that is known.
    thresholds: of the heads that may alarm. group_threshold: probability from which a
    group is named. heads, intents, groups: all names that it gives scores. window: most
    tokens that it reads at once. files: name -> size in bytes of those with a checksum.
    data: what it learnt from, with licences. Empty is what a model cannot tell.
    """

    name: str
    version: str
    thresholds: Mapping[str, HeadThresholds]
    group_threshold: float = 0.5
    rates: Mapping[str, float] = field(default_factory=dict)
    heads: tuple[str, ...] = ()
    intents: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    window: int | None = None
    files: Mapping[str, int] = field(default_factory=dict)
    data: tuple[str, ...] = ()


class RiskScorer(Protocol):
    """A model that judges texts. Implementations are safe to call from threads."""

    @property
    def info(self) -> ModelInfo: ...

    def score(self, texts: Sequence[str]) -> list[RiskScores]:
        """Judge every text, whole (long ones are windowed), in the order given."""
        ...

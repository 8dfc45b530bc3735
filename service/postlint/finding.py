"""A finding: what is wrong with a draft, where, whom it would hurt, what to do."""

from collections.abc import Callable
from enum import StrEnum
from typing import Self, TypeVar

from pydantic import BaseModel, ConfigDict

from postlint.text.span import Span


class Severity(StrEnum):
    """How much a finding weighs: an error blocks, a warning asks for a review."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    @property
    def rank(self) -> int:
        """0 for info, 1 for warning, 2 for error."""
        return tuple(Severity).index(self)


class Category(StrEnum):
    """The four ways in which a post goes wrong."""

    DEROGATORY = "derogatory"
    """Attacks a group."""
    INSENSITIVE = "insensitive"
    """Demeans or trivialises."""
    TIMING = "timing"
    """Right words, wrong moment."""
    RISKY = "risky"
    """Will backfire."""


class Source(StrEnum):
    """What made the finding."""

    RULE = "rule"
    MODEL = "model"
    EVENT = "event"


Move = Callable[[int, int], Span]
"""Where a range of the draft's text, given by start and end, lies in other terms."""


class Frozen(BaseModel):
    """A value that never changes after it was made."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Excerpt(Frozen):
    """Half-open code-point range of the draft's text, and the text that stands there."""

    start: int
    end: int
    text: str


class Suggestion(Frozen):
    """What to do: words to put in place of a range (start, end), or advice for the post."""

    replacement: str | None = None
    start: int | None = None
    end: int | None = None
    advice: str | None = None


Part = TypeVar("Part", Excerpt, Suggestion)


class EventReference(Frozen):
    """The event that makes the moment wrong.

    date: local date of the event, ISO 8601; zone: IANA zone of the audience for
    which it is that date, or None where the event is not bound to one.
    """

    id: str
    name: str
    date: str
    zone: str | None = None


class Finding(Frozen):
    """One thing that is wrong with a draft.

    rule: "pack/rule". groups: ids of rules/groups.yml. score and threshold:
    probabilities in [0, 1], set when the model made the finding. fingerprint:
    stable name of this finding on this text, for baselines.
    """

    rule: str
    category: Category
    topic: str
    severity: Severity
    message: str
    why: str
    spans: tuple[Excerpt, ...] = ()
    groups: tuple[str, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    source: Source = Source.RULE
    score: float | None = None
    threshold: float | None = None
    event: EventReference | None = None
    help_url: str | None = None
    fingerprint: str = ""

    def moved(self, move: Move) -> Self:
        """The same finding with its spans and suggestions elsewhere, their words as they are."""
        spans = tuple(_moved(span, span.start, span.end, move) for span in self.spans)
        suggestions = tuple(
            suggestion
            if suggestion.start is None or suggestion.end is None
            else _moved(suggestion, suggestion.start, suggestion.end, move)
            for suggestion in self.suggestions
        )
        return self.model_copy(update={"spans": spans, "suggestions": suggestions})


def _moved(part: Part, start: int, end: int, move: Move) -> Part:
    place = move(start, end)
    return part.model_copy(update={"start": place.start, "end": place.end})

"""Which sentence a model's judgement rests on: the one without which it would not judge so."""

from collections.abc import Callable, Sequence
from functools import cached_property

from postlint.inference.scorer import RiskScores
from postlint.text.span import Span

MOST_PARTS = 16
MOST_CHARACTERS = 8_000
"""What may be scored again in all, in code points: for each part the model reads the rest of
the text. Sentences of longer posts are taken several at a time, of very long ones not at all.
"""


class Occlusion:
    """Scores of one text with a part left out at a time, computed when first asked for.

    sentences: of the text, in order; score: judges texts, as a `RiskScorer` does.
    """

    def __init__(
        self,
        text: str,
        sentences: Sequence[Span],
        score: Callable[[Sequence[str]], Sequence[RiskScores]],
    ) -> None:
        self._text = text
        self._parts = grouped(sentences, min(MOST_PARTS, MOST_CHARACTERS // max(len(text), 1)))
        self._score = score

    def decisive(self, measure: Callable[[RiskScores], float], threshold: float) -> Span | None:
        """The part without which `measure` falls furthest below the threshold.

        None when no single part decides, or when the text has only one.
        """
        if len(self._parts) < 2:
            return None
        rest = [measure(scores) for scores in self._without]
        lowest = min(rest)
        return self._parts[rest.index(lowest)] if lowest < threshold else None

    @cached_property
    def _without(self) -> Sequence[RiskScores]:
        return self._score(
            [self._text[: part.start] + self._text[part.end :] for part in self._parts]
        )


def grouped(sentences: Sequence[Span], most: int) -> list[Span]:
    """The sentences as at most `most` parts: neighbours together, about as many in each."""
    if not sentences or most < 1:
        return []
    size = -(-len(sentences) // most)
    groups = (sentences[first : first + size] for first in range(0, len(sentences), size))
    return [Span(group[0].start, group[-1].end) for group in groups]

"""Which sentence a model's judgement rests on: the one without which it would not judge so."""

from collections.abc import Callable, Sequence
from functools import cached_property

from postlint.inference.scorer import RiskScores
from postlint.text.span import Span

MOST_PARTS = 16
"""Each part costs a forward pass; the sentences of longer posts are taken several at a time."""


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
        self._parts = grouped(sentences, MOST_PARTS)
        self._score = score

    def decisive(self, measure: Callable[[RiskScores], float], threshold: float) -> Span | None:
        """The shortest part without which `measure` falls below the threshold.

        None when there is no such part, or when the text has only one.
        """
        if len(self._parts) < 2:
            return None
        enough = [
            part
            for part, scores in zip(self._parts, self._without, strict=True)
            if measure(scores) < threshold
        ]
        return min(enough, key=lambda part: part.end - part.start, default=None)

    @cached_property
    def _without(self) -> Sequence[RiskScores]:
        return self._score(
            [self._text[: part.start] + self._text[part.end :] for part in self._parts]
        )


def grouped(sentences: Sequence[Span], most: int) -> list[Span]:
    """The sentences as at most `most` parts: neighbours together, about as many in each."""
    size = -(-len(sentences) // most) if sentences else 1
    groups = (sentences[first : first + size] for first in range(0, len(sentences), size))
    return [Span(group[0].start, group[-1].end) for group in groups]

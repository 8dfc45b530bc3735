"""A head of the model over its threshold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from postlint.checks.base import CheckContext, Match, Matcher
from postlint.finding import Severity
from postlint.inference.scorer import RiskScores
from postlint.text.span import Span

WITH_SPANS = frozenset(
    {
        "toxicity",
        "severe_toxicity",
        "obscene",
        "threat",
        "insult",
        "identity_attack",
        "sexual_explicit",
    }
)
"""Heads for which the toxic words show where the trouble is."""


@dataclass(frozen=True, slots=True)
class ModelMatcher:
    """head: "toxicity", "newsjacking", ... or "intent:promotion" or "group:women".

    threshold: the rule's own; None takes the policy's or the model's measured one.
    notes: by other heads; that of the highest one explains the match. yields_to: heads
    that have a rule of their own; where one is over its threshold, that rule speaks.
    A head that the loaded model does not have never matches: a model says by its
    labels what it judges. Without any model the report says so once, as a gap.
    """

    head: str
    threshold: float | None = None
    notes: Mapping[str, str] = field(default_factory=dict)
    yields_to: tuple[str, ...] = ()

    def match(self, context: CheckContext) -> Sequence[Match]:
        scores = context.scores
        score = self._score(scores) if scores is not None else None
        review, block = self._thresholds(context)
        if scores is None or score is None or review is None or score < review:
            return ()
        if any(_is_over(head, scores, context) for head in self.yields_to):
            return ()
        blocks = block is not None and score >= block
        return [
            Match(
                spans=self._spans(context, scores, review),
                note=self._note(scores),
                groups=_attacked(scores, context.group_threshold),
                severity=Severity.ERROR if blocks else None,
                score=score,
                threshold=block if blocks else review,
            )
        ]

    def triggers(self, _signals: Mapping[str, Matcher]) -> None:
        """The model looks at every post."""

    def _score(self, scores: RiskScores) -> float | None:
        kind, _, name = self.head.rpartition(":")
        if kind == "intent":
            return scores.intents.get(name)
        return scores.groups.get(name) if kind == "group" else scores.heads.get(name)

    def _thresholds(self, context: CheckContext) -> tuple[float | None, float | None]:
        measured = context.thresholds.get(self.head)
        review = measured.review if measured else None
        return self.threshold or review, measured.block if measured else None

    def _note(self, scores: RiskScores) -> str | None:
        known = [head for head in self.notes if head in scores.heads]
        highest = max(known, key=lambda head: scores.heads[head], default=None)
        return self.notes[highest] if highest is not None else None

    def _spans(
        self, context: CheckContext, scores: RiskScores, threshold: float
    ) -> tuple[Span, ...]:
        """The toxic words, or the sentence that decides; none where it is the whole post."""
        if self.head in WITH_SPANS:
            return tuple(Span(span.start, span.end) for span in scores.spans)
        sentence = context.decisive_sentence(lambda scores: self._score(scores) or 0.0, threshold)
        return (sentence,) if sentence is not None else ()


def _is_over(head: str, scores: RiskScores, context: CheckContext) -> bool:
    measured = context.thresholds.get(head)
    return measured is not None and scores.heads.get(head, 0.0) >= measured.review


def _attacked(scores: RiskScores, threshold: float) -> tuple[str, ...]:
    """The at most three groups most likely attacked."""
    likely = [(score, group) for group, score in scores.groups.items() if score >= threshold]
    return tuple(group for _, group in sorted(likely, reverse=True)[:3])

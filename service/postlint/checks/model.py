"""A head of the model over its threshold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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


EXPLAINED_FROM = 0.3
"""A head less likely than this explains nothing."""


@dataclass(frozen=True, slots=True)
class _Decision:
    """A head over its threshold. severity: an error where it is over the one that blocks."""

    head: str
    score: float
    threshold: float
    severity: Severity | None


@dataclass(frozen=True, slots=True)
class ModelMatcher:
    """head: "toxicity", "newsjacking", ... or "intent:promotion" or "group:women".

    threshold: the rule's own; None takes the policy's or the model's measured one.
    explains: a head for which this one may speak, with rivals, all heads that explain it,
    this one among them; explained_by: heads that may speak for this one.
    A head that the loaded model does not have never matches: a model says by its
    labels what it judges. Without any model the report says so once, as a gap.
    """

    head: str
    threshold: float | None = None
    explains: str | None = None
    rivals: tuple[str, ...] = ()
    explained_by: tuple[str, ...] = ()

    def match(self, context: CheckContext) -> Sequence[Match]:
        scores = context.scores
        if scores is None:
            return ()
        decision = self._decision(scores, context)
        if decision is None:
            return ()
        return [
            Match(
                spans=_spans(decision, scores, context),
                groups=_attacked(scores, context.group_threshold),
                severity=decision.severity,
                score=decision.score,
                threshold=decision.threshold,
            )
        ]

    def triggers(self, _signals: Mapping[str, Matcher]) -> None:
        """The model looks at every post."""

    def _decision(self, scores: RiskScores, context: CheckContext) -> _Decision | None:
        own = _decide(self.head, scores, context, self.threshold)
        if self.explains is None:
            return None if own and self._is_explained(scores, context) else own
        overall = _decide(self.explains, scores, context)
        speaker = _likeliest(self.rivals, scores, context)
        if overall is None or speaker is None:
            return own
        return overall if speaker == self.head else None

    def _is_explained(self, scores: RiskScores, context: CheckContext) -> bool:
        """Whether another rule speaks for this one: it knows the measured threshold only."""
        explained = _likeliest(self.explained_by, scores, context) is not None
        return explained and _decide(self.head, scores, context) is not None


def _decide(
    head: str, scores: RiskScores, context: CheckContext, threshold: float | None = None
) -> _Decision | None:
    """The head over the threshold given, or over its measured one."""
    score, measured = _score(head, scores), context.thresholds.get(head)
    review = threshold or (measured.review if measured else None)
    if score is None or review is None or score < review:
        return None
    if measured is not None and measured.block is not None and score >= measured.block:
        return _Decision(head, score, measured.block, Severity.ERROR)
    return _Decision(head, score, review, None)


def _score(head: str, scores: RiskScores) -> float | None:
    kind, _, name = head.rpartition(":")
    if kind == "intent":
        return scores.intents.get(name)
    return scores.groups.get(name) if kind == "group" else scores.heads.get(name)


def _likeliest(heads: Sequence[str], scores: RiskScores, context: CheckContext) -> str | None:
    """The head that explains best, if any is high enough to explain anything.

    Of two heads with the same score the rarer one says more: it had to rise further. By
    the root of its rate, 59% of the best heads were right on drafts of unseen writers, by
    the bare score 55%, by the whole rate 53%.
    """
    likely = {
        head: score / context.rates.get(head, 1.0) ** 0.5
        for head in heads
        if (score := _score(head, scores)) and score >= EXPLAINED_FROM
    }
    return max(likely, key=lambda head: likely[head], default=None)


def _spans(decision: _Decision, scores: RiskScores, context: CheckContext) -> tuple[Span, ...]:
    """The toxic words, or the sentence that decides; none where it is the whole post."""
    if decision.head in WITH_SPANS:
        return tuple(Span(span.start, span.end) for span in scores.spans)
    if decision.head not in scores.heads:  # an intent, or a group: that of the whole post
        return ()
    sentence = context.decisive_sentence(
        lambda scores: _score(decision.head, scores) or 0.0, decision.threshold
    )
    return (sentence,) if sentence is not None else ()


def _attacked(scores: RiskScores, threshold: float) -> tuple[str, ...]:
    """The at most three groups most likely attacked."""
    likely = [(score, group) for group, score in scores.groups.items() if score >= threshold]
    return tuple(group for _, group in sorted(likely, reverse=True)[:3])

"""Signals that are harmless alone and wrong together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from postlint.checks.base import CheckContext, Match, Matcher, Trigger
from postlint.checks.spans import merged
from postlint.text.span import Span


@dataclass(frozen=True, slots=True)
class CombinationMatcher:
    """every: signals that must all be present; some: of these one is enough.

    within_sentence: the signals must meet in one sentence, else anywhere in the post.
    """

    every: tuple[str, ...]
    some: tuple[str, ...]
    within_sentence: bool

    def match(self, context: CheckContext) -> Sequence[Match]:
        if not all(context.has_signal(name) for name in self.every):
            return ()
        if self.some and not any(context.has_signal(name) for name in self.some):
            return ()
        if not self.within_sentence:
            spans = self._spans(context, Span(0, len(context.draft.text)))
            return [Match(spans=spans)] if spans is not None else []
        found = (self._spans(context, sentence) for sentence in context.sentences)
        return [Match(spans=spans) for spans in found if spans]

    def triggers(self, signals: Mapping[str, Matcher]) -> frozenset[Trigger] | None:
        """Those of the required signal that has the fewest."""
        needed = [_triggers_of_any([name], signals) for name in self.every]
        if self.some:
            needed.append(_triggers_of_any(self.some, signals))
        return min((some for some in needed if some is not None), key=len, default=None)

    def _spans(self, context: CheckContext, scope: Span) -> tuple[Span, ...] | None:
        """The first place of each signal inside the scope; None when one is missing.

        A signal without a place (a model's intent) is about the whole post and
        holds in every scope.
        """
        spans: list[Span] = []
        for name in self.every:
            place = _first(context, name, scope)
            if place is None:
                return None
            spans.extend(place)
        if self.some:
            places = [_first(context, name, scope) for name in self.some]
            present = [place for place in places if place is not None]
            if not present:
                return None
            earliest: tuple[Span, ...] = min(present, key=lambda place: place[:1] or (scope,))
            spans.extend(earliest)
        return merged(spans)


def _first(context: CheckContext, name: str, scope: Span) -> tuple[Span, ...] | None:
    for match in context.signal(name):
        if all(scope.start <= span.start and span.end <= scope.end for span in match.spans):
            return match.spans
    return None


def _triggers_of_any(
    names: Iterable[str], signals: Mapping[str, Matcher]
) -> frozenset[Trigger] | None:
    """What a text must have to give one of these signals; none is given that the packs lack."""
    found: set[Trigger] = set()
    for name in names:
        triggers = signals[name].triggers(signals) if name in signals else frozenset()
        if triggers is None:
            return None
        found |= triggers
    return frozenset(found)

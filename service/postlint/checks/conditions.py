"""Conditions that a rule of any kind may put on its matches."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from postlint.checks.base import CheckContext, Match, Matcher, Trigger
from postlint.draft import Platform
from postlint.text.span import Span


@dataclass(frozen=True, slots=True)
class ConditionalMatcher:
    """A matcher that holds only under conditions.

    unless: signals that silence it from anywhere in the post; unless_near: from the same or
    a neighbouring sentence; excepted_by: source of the phrases that make a
    match harmless when they cover it; platforms: only there (empty: everywhere);
    reply: True only in answers, False only in posts, None in both.
    """

    inner: Matcher
    unless: tuple[str, ...] = ()
    unless_near: tuple[str, ...] = ()
    excepted_by: str | None = None
    platforms: tuple[Platform, ...] = ()
    reply: bool | None = None

    def match(self, context: CheckContext) -> Sequence[Match]:
        draft = context.draft
        if self.platforms and draft.platform not in self.platforms:
            return ()
        if self.reply is not None and self.reply != (draft.in_reply_to is not None):
            return ()
        matches = self.inner.match(context)
        if self.excepted_by is not None and matches:
            covers = [hit.span for hit in context.phrase_hits(self.excepted_by)]
            matches = [match for match in matches if not _is_covered(match, covers)]
        if matches and any(context.has_signal(name) for name in self.unless):
            return ()
        if matches and self.unless_near:
            matches = [match for match in matches if not self._is_silenced(match, context)]
        return matches

    def _is_silenced(self, match: Match, context: CheckContext) -> bool:
        near = _neighbourhood(match, context)
        return any(
            all(near.start < span.end and span.start < near.end for span in silencing.spans)
            for name in self.unless_near
            for silencing in context.signal(name)
        )

    def triggers(self, signals: Mapping[str, Matcher]) -> frozenset[Trigger] | None:
        return self.inner.triggers(signals)


def _is_covered(match: Match, covers: Sequence[Span]) -> bool:
    return any(
        cover.start <= span.start and span.end <= cover.end
        for span in match.spans
        for cover in covers
    )


def _neighbourhood(match: Match, context: CheckContext) -> Span:
    """From the sentence before the match to the one after it; all of it without a place."""
    everything = Span(0, len(context.draft.text))
    if not match.spans:
        return everything
    first, last = match.spans[0].start, max(span.end for span in match.spans)
    before = [sentence.start for sentence in context.sentences if sentence.end <= first]
    after = [sentence.end for sentence in context.sentences if sentence.start >= last]
    return Span(before[-1] if before else everything.start, after[0] if after else everything.end)

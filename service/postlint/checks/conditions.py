"""Conditions that a rule of any kind may put on its matches."""

from bisect import bisect_left, bisect_right
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
        silencing = [found for name in self.unless_near for found in context.signal(name)]
        if not silencing:
            return False
        near = _neighbourhood(match, context)
        return any(
            all(near.start < span.end and span.start < near.end for span in found.spans)
            for found in silencing
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
    """From the sentence before the match to the one after it.

    The whole post for a match without a place, and for quoted words: whoever quotes may
    need some sentences to come to the point.
    """
    everything = Span(0, len(context.draft.text))
    if not match.spans or _is_quoted(match, context):
        return everything
    first, last = match.spans[0].start, max(span.end for span in match.spans)
    sentences = context.sentences
    before = bisect_right(sentences, first, key=lambda sentence: sentence.end)
    after = bisect_left(sentences, last, key=lambda sentence: sentence.start)
    return Span(
        sentences[before - 1].start if before else everything.start,
        sentences[after].end if after < len(sentences) else everything.end,
    )


def _is_quoted(match: Match, context: CheckContext) -> bool:
    return all(
        any(quote.start <= span.start and span.end <= quote.end for quote in context.quotations)
        for span in match.spans
    )

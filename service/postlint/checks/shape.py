"""Measures of a whole post: length, number of hashtags, capitals, emoji, alt text."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import emoji

from postlint.checks.base import CheckContext, Match, Matcher
from postlint.checks.post_length import post_length
from postlint.draft import Draft, Platform
from postlint.text.span import Span

Measurement = tuple[int, tuple[Span, ...]]
"""How much there is, and where; no spans when the whole post is meant."""

_HASHTAG = re.compile(r"(?<![\w&])[#＃]\w*[^\W\d_]\w*")
_MENTION_OR_TAG = re.compile(r"[#＃@]\w+|https?://\S+")
_FIRST_OF_MOST_EMOJI = "\u203c"
"""Only the signs for copyright and trade mark stand before; nobody writes runs of them."""
_WORD = re.compile(r"[^\W\d_]{2,}")


def _length(draft: Draft) -> Measurement:
    return post_length(draft.text, draft.platform), ()


def _hashtags(draft: Draft) -> Measurement:
    spans = tuple(Span(*found.span()) for found in _HASHTAG.finditer(draft.text))
    return len(spans), spans


def _capitals(draft: Draft) -> Measurement:
    """Percentage of words in capitals, of posts with at least six words; tags are left out."""
    words = _WORD.findall(_MENTION_OR_TAG.sub(" ", draft.text))
    if len(words) < 6:
        return 0, ()
    return 100 * sum(word.isupper() for word in words) // len(words), ()


def _emoji_run(draft: Draft) -> Measurement:
    """The longest run of emoji with nothing but white space between them."""
    if max(draft.text) < _FIRST_OF_MOST_EMOJI:
        return 0, ()
    longest: list[Span] = []
    run: list[Span] = []
    for found in emoji.emoji_list(draft.text):
        span = Span(found["match_start"], found["match_end"])
        if run and draft.text[run[-1].end : span.start].strip():
            run = []
        run.append(span)
        if len(run) > len(longest):
            longest = list(run)
    return len(longest), (Span(longest[0].start, longest[-1].end),) if longest else ()


def _missing_alt_text(draft: Draft) -> Measurement:
    return sum(not (media.alt_text or "").strip() for media in draft.media), ()


MEASURES: Mapping[str, Callable[[Draft], Measurement]] = {
    "length": _length,
    "hashtags": _hashtags,
    "capitals": _capitals,
    "emoji-run": _emoji_run,
    "missing-alt-text": _missing_alt_text,
}
"""By the name that a rule uses for the measure."""


@dataclass(frozen=True, slots=True)
class ShapeMatcher:
    """A measure above a limit; limits of a platform go before the general one."""

    measure: str
    over: int | None
    limits: Mapping[Platform, int] = field(default_factory=dict)

    def match(self, context: CheckContext) -> Sequence[Match]:
        limit = self.limits.get(context.draft.platform, self.over)
        if limit is None:
            return ()
        amount, spans = MEASURES[self.measure](context.draft)
        return [Match(spans=spans)] if amount > limit else ()

    def triggers(self, _signals: Mapping[str, Matcher]) -> None:
        """A measure is taken of every post."""

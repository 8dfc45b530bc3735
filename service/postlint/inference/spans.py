"""Toxic tokens of the model into the toxic words of the post."""

import unicodedata
from collections.abc import Iterable

from postlint.inference.scorer import ScoredSpan
from postlint.text.span import Span

_APOSTROPHES = "'’"
_JOINERS = "_\u200d"


def toxic_words(
    post: str, tokens: Iterable[tuple[Span, float]], threshold: float
) -> tuple[ScoredSpan, ...]:
    """Whole words whose tokens reach the threshold; neighbours become one span.

    tokens: where each stands in the post and its probability, in any order; the
    windows of a long post may give one twice. A span's score is its highest.
    """
    words = sorted(
        (*_whole_words(post, span), score) for span, score in tokens if score >= threshold
    )
    merged: list[ScoredSpan] = []
    for start, end, score in words:
        last = merged[-1] if merged else None
        if last is not None and not post[last.end : start].strip():
            merged[-1] = ScoredSpan(last.start, max(last.end, end), max(last.score, score))
        else:
            merged.append(ScoredSpan(start, end, score))
    return tuple(merged)


def _whole_words(post: str, span: Span) -> tuple[int, int]:
    """The range grown until no word is cut at its edges."""
    start, end = span.start, span.end
    while start > 0 and not _is_word_edge(post, start):
        start -= 1
    while end < len(post) and not _is_word_edge(post, end):
        end += 1
    return start, end


def _is_word_edge(post: str, position: int) -> bool:
    """Whether no word runs across this position, 0 < position < len(post)."""
    left, right = position - 1, position
    # An apostrophe belongs to a word only between two of its letters.
    if post[right] in _APOSTROPHES:
        right += 1
    elif post[left] in _APOSTROPHES:
        left -= 1
    return not (left >= 0 and right < len(post) and _in_word(post[left]) and _in_word(post[right]))


def _in_word(character: str) -> bool:
    return (
        character.isalnum()
        or character in _JOINERS
        or unicodedata.category(character).startswith("M")
    )

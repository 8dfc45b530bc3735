"""Hashtags read as words, also in ways that their author did not mean."""

import re
from collections.abc import Container, Iterator
from itertools import accumulate, islice, pairwise
from typing import Final

from postlint.text.folding import fold_mapped
from postlint.text.segment import is_word_char
from postlint.text.span import Mapped, Rewriting
from postlint.text.wordbreak import break_words, with_spaces

_SIGN: Final = re.compile(r"[#＃](?=\w)")

_BETWEEN_UNDERSCORES: Final = re.compile(r"[^_]+")

_MOST_READ: Final = 30
"""As many hashtags as Instagram allows; parts between underscores count each."""


def read_hashtags(text: str, known: Container[str]) -> Mapped | None:
    """Every plausible reading of the first 30 hashtags of a post, or None without any.

    The first line is the folded post with each hashtag as its author reads it, divided at
    camel case, numbers and underscores, and into the likeliest words. Each other way to
    read a hashtag, or its part between underscores, is a line of its own after that.
    known: words that count as words although the dictionary may not have them.
    """
    post, unintended = Rewriting(), Rewriting()
    position = 0
    for sign, start, end in islice(_parts(text), _MOST_READ):
        intended, *others = _readings(text[start:end], known)
        opens = position <= sign
        if opens:
            post.insert(fold_mapped(text[position:sign]), position)
        if not (opens and text[sign - 1 : sign].isspace()):
            post.put(" ", start - 1, start)  # the sign or underscore also kept words apart
        post.insert(intended, start)
        for other in others:
            unintended.put("\n", start, start)
            unintended.insert(other, start)
        position = end
    if position == 0:
        return None
    post.insert(fold_mapped(text[position:]), position)
    post.insert(unintended.mapped(len(text)), 0)
    return post.mapped(len(text))


def _parts(text: str) -> Iterator[tuple[int, int, int]]:
    """Of each hashtag with a letter in it: where its sign stands, and from where to where
    each of its parts between underscores."""
    end = 0
    for match in _SIGN.finditer(text):
        sign = match.start()
        # Not in "page.html#top" or "&#39;", but in "#one#two".
        if sign > end and (text[sign - 1] in "&/" or is_word_char(text[sign - 1])):
            continue
        end = sign + 1
        while end < len(text) and (is_word_char(text[end]) or text[end] == "_"):
            end += 1
        if any(map(str.isalpha, text[sign:end])):
            for part in _BETWEEN_UNDERSCORES.finditer(text, sign + 1, end):
                yield sign, *part.span()


def _readings(part: str, known: Container[str]) -> Iterator[Mapped]:
    """The readings of a stretch of letters and digits, the intended one first."""
    folded = Rewriting()
    pieces = []
    for start, end in pairwise(_joins(part)):
        piece = fold_mapped(part[start:end])
        folded.insert(piece, start)
        pieces.append(piece.text)
    run = folded.mapped(len(part))
    joins = list(accumulate(map(len, pieces[:-1])))
    for words in break_words(run.text, known, joins):
        yield with_spaces(words).over(run)


def _joins(part: str) -> list[int]:
    """Where camel case divides a stretch of letters and digits; both ends too."""
    joins = [0]
    for i in range(1, len(part)):
        before, char, after = part[i - 1], part[i], part[i + 1 : i + 2]
        if char.isupper() and (before.islower() or after.islower()):
            joins.append(i)
    return [*joins, len(part)]

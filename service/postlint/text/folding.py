"""Folding: the form in which phrases and posts are compared."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, Literal

from postlint.text.span import Mapped, Rewriting, unmoved

_PUNCTUATION: Final = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′ʼ´`", "'"),
        **dict.fromkeys("“”„‟", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
    }
)

_IRREGULAR_SPACE: Final = re.compile(r"\s\s|[^\S ]")

_IRREGULAR: Final = re.compile(r"(?P<space>\s{2,}|[^\S ])|[!-~]?[^\x00-\x7f\s]++")
"""White space other than single spaces; non-ASCII text, with the ASCII character before
it, which a combining mark may change."""

_LONGEST_CLUSTER: Final = 32
"""Unicode's Stream-Safe Text Format (UAX #15) allows 30 marks on a letter; beyond it,
normalising takes quadratic time."""


def fold(text: str) -> str:
    """The text in the form in which phrases are compared.

    Compatibility forms (NFKC: "ﬁ" is "fi", "Ａ" is "A", "e" with an accent mark is "é"),
    full case folding ("ß" is "ss"; "İ" is "i"), straight quotation marks and apostrophes,
    "-" for every dash, one space for every run of white space, line breaks included.
    Diacritics stay. Folding twice changes nothing.
    """
    return fold_mapped(text).text


def fold_mapped(text: str) -> Mapped:
    """`fold` with the way back: each character knows the letter, marks included, it is from."""
    simple = _fold_one_to_one(text)
    if simple is not None:
        return unmoved(simple)
    folded = Rewriting()
    position = 0
    for irregular in _IRREGULAR.finditer(text):
        start, end = irregular.span()
        folded.keep(_fold_ascii(text[position:start]), position)
        if irregular["space"]:
            folded.put(" ", start, end)
        else:
            for first, last in _clusters(text, start, end):
                folded.put(_fold_cluster(text[first:last]), first, last)
        position = end
    folded.keep(_fold_ascii(text[position:]), position)
    return folded.mapped(len(text))


def _fold_one_to_one(text: str) -> str | None:
    """The folded text where each character folds to one, else None: the usual post."""
    if _IRREGULAR_SPACE.search(text):
        return None
    if text.isascii():
        return _fold_ascii(text)
    folded = text.translate(_PUNCTUATION)
    if not unicodedata.is_normalized("NFKC", folded):
        return None
    folded = folded.casefold()
    # Case folding lengthens some characters and shortens none.
    if len(folded) > len(text) or "\u0307" in folded:
        return None
    return folded if unicodedata.is_normalized("NFKC", folded) else None


def _fold_ascii(text: str) -> str:
    return text.lower().replace("`", "'")


def _clusters(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Ranges that normalise apart from each other: a character with what attaches to it."""
    for position in range(start + 1, end):
        if position - start >= _LONGEST_CLUSTER or not _attaches(text[position]):
            yield start, position
            start = position
    yield start, end


@lru_cache(maxsize=4096)
def _attaches(char: str) -> bool:
    """Whether normalising may join this character to the one before it."""
    first = unicodedata.normalize("NFKD", char)[0]
    return unicodedata.category(first)[0] == "M" or "\u1160" <= first <= "\u11ff"  # Hangul


@lru_cache(maxsize=4096)
def _fold_cluster(cluster: str) -> str:
    straight = cluster.translate(_PUNCTUATION)
    form: Literal["NFC", "NFKC"] = "NFKC"
    if unicodedata.normalize(form, straight)[0] == " ":
        form = "NFC"  # a spacing accent such as "¨" stays a character: no space was written
    folded = unicodedata.normalize(form, unicodedata.normalize(form, straight).casefold())
    # "İ" folds to "i" and a dot above it, which would keep "İSTANBUL" from being istanbul.
    return folded.translate(_PUNCTUATION).replace("i\u0307", "i")

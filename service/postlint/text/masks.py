"""Words that people half hide: "f*ck", "f**k", "s-hit", "fuuuuck", "fück"."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from postlint.text.folding import fold

_SHORTEST: Final = 3
"""Shorter words have too little left to be known by."""

_LONGEST: Final = 100
"""Longer words, stretched ones included, hide nothing: a bound for adversarial text."""

_FULL_MASK: Final = frozenset("*#")
"""Symbols that can hide most of a word. Others also join words: "r&b", "t-shirt"."""

_SHOWN: Final = re.compile(r".*[^\W_]", re.DOTALL)

_STROKED: Final = str.maketrans("øłđħŧƒı", "oldhtfi")
"""Letters with a stroke or hook that Unicode does not take apart."""


class MaskIndex:
    """Knows which words of a list a half-hidden word may stand for. Immutable."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        """`words` are those that people mask, such as profanities and slurs, in every
        inflection wanted, the likeliest first. They are folded; what is not one word of
        three or more letters cannot be told when masked, and is left out."""
        folded = (fold(word) for word in words)
        self._words = dict.fromkeys(
            word for word in folded if word.isalpha() and len(word) >= _SHORTEST
        )
        self._by_shape: dict[tuple[str, int], list[str]] = {}
        self._by_letters: dict[str, list[str]] = {}
        for word in self._words:
            self._by_shape.setdefault((word[0], len(word)), []).append(word)
            self._by_letters.setdefault(_squeeze(word), []).append(word)

    def __contains__(self, word: object) -> bool:
        """Whether this folded word is in the list."""
        return word in self._words

    def unmask(self, masked: str) -> tuple[str, ...]:
        """The words of the list that a folded word, without spaces, may stand for.

        In the order of the list. Empty when there are none, and when nothing is hidden:

        - accents stand for nothing ("fück");
        - a letter three or more times in a row stands for one or more of it ("fuuuuck");
        - a symbol stands for one letter ("f*ck", "sh-t") or, inside the word, for nothing
          ("s-hit"). At its end only two or more of "*" and "#" stand for letters ("fu**"):
          one is a footnote. Where only the first letter shows, the likeliest word is meant.
        """
        if len(masked) > _LONGEST:
            return ()
        word = _without_accents(masked)
        if word in self._words:
            return () if word == masked else (word,)
        if word.isalpha():
            return tuple(self._unstretched(word))
        return tuple(dict.fromkeys(self._uncovered(word)))

    def _unstretched(self, word: str) -> Iterator[str]:
        lengths = _run_lengths(word)
        if max(lengths) > 2:
            for known in self._by_letters.get(_squeeze(word), ()):
                pairs = zip(_run_lengths(known), lengths, strict=True)
                if all(n == m or n < m > 2 for n, m in pairs):
                    yield known

    def _uncovered(self, word: str) -> Iterator[str]:
        shown = _SHOWN.match(word)
        if not shown or not word[0].isalpha() or shown.group() in self._words:
            return
        tail = word[shown.end() :]
        if not tail:
            yield from self._joined(word)
            yield from self._fitting(word)
        elif len(tail) > 1 and _FULL_MASK.issuperset(tail):
            yield from self._fitting(word)

    def _joined(self, word: str) -> Iterator[str]:
        letters = "".join(filter(str.isalnum, word))
        if letters in self._words:
            yield letters

    def _fitting(self, word: str) -> list[str]:
        candidates = self._by_shape.get((word[0], len(word)), ())
        symbols = {char for char in word if not char.isalnum()}
        if not candidates or not symbols:
            return []
        letters = sum(map(str.isalpha, word))
        if (letters < 2 or len(word) == _SHORTEST) and not symbols <= _FULL_MASK:
            return []
        fitting = [
            known
            for known in candidates
            if all(a == b or not a.isalpha() for a, b in zip(word, known, strict=True))
        ]
        return fitting if letters > 1 else fitting[:1]


def _without_accents(word: str) -> str:
    """The word without marks on its letters, nor on the emoji that hide some."""
    if word.isascii():
        return word
    apart = unicodedata.normalize("NFD", word).translate(_STROKED)
    return "".join(
        char
        for char in apart
        if unicodedata.category(char) not in ("Mn", "Me", "Cf") and not "🏻" <= char <= "🏿"
    )


def _squeeze(word: str) -> str:
    """The word with each run of a letter as one."""
    return "".join(letter for letter, _ in groupby(word))


def _run_lengths(word: str) -> list[int]:
    return [sum(1 for _ in run) for _, run in groupby(word)]

"""Words written without spaces, as in hashtags: the ways in which people may read them."""

import re
from collections.abc import Container, Iterable, Sequence
from functools import cache
from importlib import import_module
from itertools import pairwise
from math import inf, log
from typing import Final, NamedTuple

from postlint.text.span import Mapped, Rewriting

_LONGEST_RUN: Final = 60
"""Longer runs are left as they are: nobody reads them at a glance."""

_LONGEST_WORD: Final = 24

_MARGIN: Final = 18.0
"""How much likelier the intended reading may be than another, in nats (see
`break_words`): "sus anal bum party" is 17.4 less likely than "susan album party"."""

_MARGIN_WHEN_MARKED: Final = 8.0
"""The same where the author marked joins: #SusanAlbumParty leads the eye, #PenIsland not
far enough."""

_IMPLAUSIBLE: Final = 3.2
"""Cost of each letter from which nobody sees a reading: "sus anal bum party" has 3.0 nats a
letter, "us ass oy" 4.1."""

_MARKED_WORD: Final = 20.0
"""Cost of what the author marked as one word, if it is in no list: that of two common
words, so that "Susanalbum" is divided and "Strassen" is not."""

_MAX_UNINTENDED: Final = 5

_SHORT_WORDS: Final = (
    " a ad am an as at be by do dr ex go he hi i if in is it me mr my no of oh ok on or pm s so "
    "to tv uk up us vs we "
)
"""Words of one or two letters. The list also has all others, as initials and codes."""

_CODES_RANK: Final = 25_000
"""Rank from which the three-letter words of the list are mostly codes ("tse")."""

_UNKNOWN: Final = 14.0
_UNKNOWN_LETTER: Final = log(10)
"""Cost of a word in no list, and of each letter of it: Norvig, "Natural Language Corpus
Data" (2009), for a list of this size."""

_PART: Final = re.compile(r"\d+|\D+")

Reading = tuple[str, ...]
"""Words which, joined, are the run that was read."""


class _Step(NamedTuple):
    """A word, or one more letter of an unknown word.

    Steps lead from node to node: node 2i + 1 is the edge between two words before character
    i of the run; node 2i stands before the same character, inside an unknown word.
    cost: -ln of the probability.
    """

    start: int
    end: int
    cost: float

    def passes_over(self, positions: Iterable[int]) -> bool:
        """Whether a word goes on across one of these positions of the run."""
        return any(self.start < 2 * position + 1 < self.end for position in positions)


_Path = tuple[int, ...]
"""The positions at which the words of a reading begin, and the length of the run."""


def break_words(run: str, known: Container[str], joins: Iterable[int] = ()) -> list[Reading]:
    """The ways to read folded letters and digits without spaces, the intended one first.

    known: words that count as words although the dictionary may not have them.
    joins: positions where the author marked that a word ends, as camel case does.

    The intended reading is the likeliest that keeps the author's joins. Others follow when
    a word of theirs lies across one of its joins, such as "sex" in "expert sex change";
    merely dividing a word, as "the rapist" does, is no other reading. At most 6 readings of
    at most 60 characters; a longer run is divided at the author's joins only.
    """
    marks = (0, *joins, len(run))
    if len(run) > _LONGEST_RUN:
        return [_words(run, marks)]
    words = _possible_words(run, known)
    steps = sorted(words + _unknown_letters(len(run)))
    kept = [step for step in steps if not step.passes_over(marks)]
    margin = _MARGIN
    if len(marks) > 2:
        margin = _MARGIN_WHEN_MARKED
        kept += [_Step(2 * a + 1, 2 * b + 1, _MARKED_WORD) for a, b in pairwise(marks)]
    as_marked = _Lattice(sorted(kept), len(run))
    intended = as_marked.likeliest()
    free = _Lattice(steps, len(run))
    limit = min(as_marked.cost + margin, _IMPLAUSIBLE * len(run))
    crossing = [(free.cost_through(word), word) for word in words if word.passes_over(intended)]
    readings = [intended]
    for cost, word in sorted(crossing):
        if cost > limit or len(readings) > _MAX_UNINTENDED:
            break
        path = free.through(word)
        if path not in readings:
            readings.append(path)
    return [_words(run, path) for path in readings]


def _words(run: str, path: Iterable[int]) -> Reading:
    return tuple(run[start:end] for start, end in pairwise(path))


def with_spaces(words: Iterable[str]) -> Mapped:
    """A reading as text, with the way back to the run that was read."""
    text = Rewriting()
    position = 0
    for word in words:
        if position:
            text.put(" ", position, position)
        text.keep(word, position)
        position += len(word)
    return text.mapped(position)


class _Lattice:
    """The likeliest ways through a run of `length` characters, by the given sorted steps."""

    def __init__(self, steps: Sequence[_Step], length: int) -> None:
        self._first, self._last = 1, 2 * length + 1
        self._to = {self._first: (0.0, self._first)}
        self._from = {self._last: (0.0, self._last)}
        unreached = (inf, 0)
        for start, end, cost in steps:
            total = self._to.get(start, unreached)[0] + cost
            if total < self._to.get(end, unreached)[0]:
                self._to[end] = total, start
        for start, end, cost in reversed(steps):
            total = self._from.get(end, unreached)[0] + cost
            if total < self._from.get(start, unreached)[0]:
                self._from[start] = total, end

    @property
    def cost(self) -> float:
        """The cost of the likeliest way."""
        return self._to[self._last][0]

    def cost_through(self, step: _Step) -> float:
        """The cost of the likeliest way that takes this step."""
        return self._to[step.start][0] + step.cost + self._from[step.end][0]

    def likeliest(self) -> _Path:
        """The likeliest way."""
        return self._path(self._last, self._last)

    def through(self, step: _Step) -> _Path:
        """The likeliest way that takes this step."""
        return self._path(step.start, step.end)

    def _path(self, before: int, after: int) -> _Path:
        nodes = {before, after}
        while before != self._first:
            before = self._to[before][1]
            nodes.add(before)
        while after != self._last:
            after = self._from[after][1]
            nodes.add(after)
        return tuple(node // 2 for node in sorted(nodes) if node % 2)


def _possible_words(run: str, known: Container[str]) -> list[_Step]:
    """Every part of the run that is a word, at its cost. Numbers, and letters that no
    English word has, stand as they are."""
    costs = _word_costs()
    words = []
    for part in _PART.finditer(run):
        first, last = part.span()
        if not (part.group().isascii() and part.group().isalpha()):
            words.append(_Step(2 * first + 1, 2 * last + 1, 0.0))
            continue
        for start in range(first, last):
            for end in range(start + 1, min(start + _LONGEST_WORD, last) + 1):
                word = run[start:end]
                cost = costs.get(word)
                if cost is None and word in known:
                    cost = _UNKNOWN
                if cost is not None:
                    words.append(_Step(2 * start + 1, 2 * end + 1, cost))
    return words


def _unknown_letters(length: int) -> list[_Step]:
    """The steps by which any stretch of a run may be a word that no list has."""
    steps = []
    for node in range(1, 2 * length, 2):
        steps.append(_Step(node, node + 1, _UNKNOWN + _UNKNOWN_LETTER))
        steps.append(_Step(node + 1, node + 2, 0.0))
        steps.append(_Step(node + 1, node + 3, _UNKNOWN_LETTER))
    return steps


@cache
def _word_costs() -> dict[str, float]:
    """-ln of the probability of English words, from the frequency list of wordninja.

    Read when a post first needs it: the list takes about 0.1 s to load.
    """
    costs: dict[str, float] = import_module("wordninja").DEFAULT_LANGUAGE_MODEL._wordcost
    return {
        word: cost
        for rank, (word, cost) in enumerate(costs.items())
        if word.isalpha()
        and (len(word) > 2 or f" {word} " in _SHORT_WORDS)
        and (len(word) > 3 or rank < _CODES_RANK)
    }

"""All phrases of all packs and of the calendar, found in one Aho-Corasick pass a view.

Whoever needs phrases registers them under the name of a source and gets its hits
back from the context; nobody scans the text again.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ahocorasick_rs import AhoCorasick, MatchKind

from postlint.checks.base import CheckContext, Match, Matcher, PhraseHit, Trigger
from postlint.checks.spans import leftmost_longest
from postlint.finding import Severity
from postlint.text.folding import fold
from postlint.text.segment import is_word_char, on_word_edges
from postlint.text.views import TextViews, View


@dataclass(frozen=True, slots=True)
class Entry:
    """A phrase, who wants to know of it, and under which key.

    A trailing * in the phrase stands for any ending of its last word.
    """

    source: str
    phrase: str
    key: Any


def searchable(phrase: str) -> str:
    """What is looked for of a phrase; ValueError where that is nothing."""
    folded = fold(phrase.removesuffix("*")).strip()
    if not folded:
        raise ValueError(f"phrase {phrase!r} has no characters to look for")
    return folded


class Lexicon:
    """Immutable set of phrases; building takes milliseconds for tens of thousands."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._owners: list[list[tuple[Entry, bool]]] = []
        index: dict[str, int] = {}
        for entry in entries:
            open_ended = entry.phrase.endswith("*")
            folded = searchable(entry.phrase)
            position = index.setdefault(folded, len(index))
            if position == len(self._owners):
                self._owners.append([])
            self._owners[position].append((entry, open_ended))
        self._automaton = AhoCorasick(list(index), matchkind=MatchKind.Standard)

    def find(self, views: TextViews) -> Mapping[str, Sequence[PhraseHit]]:
        """The hits of every source in text order, overlapping ones included.

        A phrase seen in several views of the same words is one hit.
        """
        found: dict[str, dict[PhraseHit, None]] = defaultdict(dict)
        for view in views.all():
            for entry, start, end in self._in_view(view):
                hit = PhraseHit(key=entry.key, span=view.original(start, end))
                found[entry.source][hit] = None
        return {source: sorted(hits, key=lambda hit: hit.span) for source, hits in found.items()}

    def _in_view(self, view: View) -> Iterable[tuple[Entry, int, int]]:
        text = view.text
        for position, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            whole: bool | None = None
            for entry, open_ended in self._owners[position]:
                if open_ended:
                    stop = _end_of_word(text, end)
                    if on_word_edges(text, start, stop):
                        yield entry, start, stop
                    continue
                if whole is None:
                    whole = on_word_edges(text, start, end)
                if whole:
                    yield entry, start, end


def _end_of_word(text: str, position: int) -> int:
    while position < len(text) and is_word_char(text[position]):
        position += 1
    return position


@dataclass(frozen=True, slots=True)
class TermDetail:
    """What is special about one phrase of a rule."""

    text: str
    groups: tuple[str, ...] = ()
    note: str | None = None
    replacement: str | None = None
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class TermsMatcher:
    """The phrases of one rule; the lexicon has already found them.

    source: the rule's name in the lexicon; its keys are `TermDetail`s.
    """

    source: str
    case_sensitive: bool = False

    def match(self, context: CheckContext) -> Sequence[Match]:
        hits = context.phrase_hits(self.source)
        if self.case_sensitive:
            hits = [hit for hit in hits if _has_capitals_of(context.draft.text, hit)]
        return [
            Match(
                spans=(hit.span,),
                groups=hit.key.groups,
                note=hit.key.note,
                replacement=hit.key.replacement,
                severity=hit.key.severity,
            )
            for hit in leftmost_longest(hits, lambda hit: hit.span)
        ]

    def triggers(self, _signals: Mapping[str, Matcher]) -> frozenset[Trigger]:
        return frozenset((self.source,))


def _has_capitals_of(text: str, hit: PhraseHit) -> bool:
    term: TermDetail = hit.key
    return text.startswith(term.text.removesuffix("*"), hit.span.start)

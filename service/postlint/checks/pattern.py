"""RE2 expressions: linear time whatever the text, and all of them tried in one pass.

Hundreds of expressions one by one would cost more than the model. A filter
looks for the literal parts that each of them needs and tries only the few whose
parts are there.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import re2

from postlint.checks.base import CheckContext, Match, Matcher, Trigger
from postlint.checks.spans import leftmost_longest
from postlint.checks.validity import Validator
from postlint.text.span import Span

_PART = 250
"""Patterns a filter: with many more its automaton outgrows RE2's memory and is built anew
again and again, with fewer the text is read too often (measured with 2,000 patterns)."""


class PatternIndex:
    """All expressions that look at one view of a text. Filled, sealed, then only read.

    numbers: where the numbers of the patterns come from; several indexes may share it.
    """

    def __init__(self, numbers: Iterator[int]) -> None:
        self._numbers = numbers
        self._added: list[tuple[int, str]] = []
        self._filters: list[tuple[list[int], Any]] = []
        self._options = re2.Options()
        self._options.log_errors = False

    def add(self, pattern: str) -> tuple[int, Any]:
        """Number and compiled form of a pattern; ValueError says what RE2 refuses."""
        try:
            expression = re2.compile(pattern, self._options)
        except re2.error as error:
            reason = error.args[0]
            shown = reason.decode() if isinstance(reason, bytes) else str(reason)
            raise ValueError(f"pattern {pattern!r}: {shown} (RE2 syntax: no look-around)") from None
        number = next(self._numbers)
        self._added.append((number, pattern))
        return number, expression

    def seal(self) -> None:
        """Call once, after the last pattern was added."""
        for first in range(0, len(self._added), _PART):
            self._compile(self._added[first : first + _PART])

    def _compile(self, patterns: Sequence[tuple[int, str]]) -> None:
        """Filters for these patterns; RE2 limits how much one filter may hold."""
        if not patterns:
            return
        candidate = re2.Filter()
        for _, pattern in patterns:
            candidate.Add(pattern, self._options)
        try:
            candidate.Compile()
        except re2.error:
            if len(patterns) == 1:
                raise
            middle = len(patterns) // 2
            self._compile(patterns[:middle])
            self._compile(patterns[middle:])
        else:
            self._filters.append(([number for number, _ in patterns], candidate))

    def matching(self, text: str) -> frozenset[int]:
        """Numbers of the patterns that match somewhere in the text."""
        return frozenset(
            numbers[place] for numbers, part in self._filters for place in part.Match(text) or ()
        )


@dataclass(frozen=True, slots=True)
class PatternMatcher:
    """Expressions of one rule.

    expressions: by number, as `PatternIndex.add` gave them; a named group "span" limits what is
    marked. anchored_by: source of the anchors in the lexicon, None when there are
    none. plain: look at the text as written instead of its folded view. is_valid: drops what
    only looks like the number that is meant.
    """

    expressions: Mapping[int, Any]
    anchored_by: str | None
    plain: bool
    is_valid: Validator | None = None

    def match(self, context: CheckContext) -> Sequence[Match]:
        if self.anchored_by is not None and not context.phrase_hits(self.anchored_by):
            return ()
        matching = self.expressions.keys() & context.matching_patterns
        if not matching:
            return ()
        view = context.views.plain if self.plain else context.views.folded
        spans: set[Span] = set()
        for number in matching:
            expression = self.expressions[number]
            group = expression.groupindex.get("span", 0)
            for found in expression.finditer(view.text):
                start, end = found.span(group)
                if start < end:
                    spans.add(view.original(start, end))
        if self.is_valid is not None:
            regions = sorted({code[:2] for code in context.draft.regions})
            text = context.draft.text
            spans = {s for s in spans if self.is_valid(text[s.start : s.end], regions)}
        return [Match(spans=(span,)) for span in leftmost_longest(spans, lambda span: span)]

    def triggers(self, _signals: Mapping[str, Matcher]) -> frozenset[Trigger]:
        if self.anchored_by is not None:
            return frozenset((self.anchored_by,))
        return frozenset(self.expressions)

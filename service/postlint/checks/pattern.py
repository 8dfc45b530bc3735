"""RE2 expressions: linear time whatever the text, and all of them tried in one pass.

Hundreds of expressions one by one would cost more than the model. RE2's filter
looks for the literal parts that each of them needs and tries only the few whose
parts are there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import re2

from postlint.checks.base import CheckContext, Match
from postlint.checks.spans import leftmost_longest
from postlint.text.span import Span


class PatternIndex:
    """All expressions that look at one view of a text. Filled, sealed, then only read."""

    def __init__(self) -> None:
        self._patterns: list[str] = []
        self._filters: list[tuple[int, Any]] = []
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
        self._patterns.append(pattern)
        return len(self._patterns) - 1, expression

    def seal(self) -> None:
        """Call once, after the last pattern was added."""
        self._compile(0, len(self._patterns))

    def _compile(self, first: int, last: int) -> None:
        """Filters for a range of patterns; RE2 limits how much one filter may hold."""
        if first == last:
            return
        candidate = re2.Filter()
        for pattern in self._patterns[first:last]:
            candidate.Add(pattern, self._options)
        try:
            candidate.Compile()
        except re2.error:
            if last - first == 1:
                raise
            middle = (first + last) // 2
            self._compile(first, middle)
            self._compile(middle, last)
        else:
            self._filters.append((first, candidate))

    def matching(self, text: str) -> frozenset[int]:
        """Numbers of the patterns that match somewhere in the text."""
        return frozenset(
            first + number for first, part in self._filters for number in part.Match(text) or ()
        )


@dataclass(frozen=True, slots=True)
class PatternMatcher:
    """Expressions of one rule.

    expressions: by number, as `PatternIndex.add` gave them; a named group "span" limits what is
    marked. anchored_by: source of the anchors in the lexicon, None when there are
    none. plain: look at the text as written instead of its folded view.
    """

    expressions: Mapping[int, Any]
    anchored_by: str | None
    plain: bool

    def match(self, context: CheckContext) -> Sequence[Match]:
        if self.anchored_by is not None and not context.phrase_hits(self.anchored_by):
            return ()
        matching = self.expressions.keys() & context.matching_patterns(plain=self.plain)
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
        return [Match(spans=(span,)) for span in leftmost_longest(spans, lambda span: span)]

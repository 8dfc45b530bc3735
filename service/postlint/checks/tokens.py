"""spaCy token patterns, tried only behind an anchor."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from spacy.matcher import Matcher as SpacyMatcher
from spacy.util import filter_spans
from spacy.vocab import Vocab

from postlint.checks.base import CheckContext, Match, Matcher, Trigger
from postlint.text.span import Span


def check_patterns(patterns: list[list[dict[str, Any]]]) -> None:
    """Raises ValueError where spaCy would refuse the patterns."""
    try:
        SpacyMatcher(Vocab(), validate=True).add("patterns", patterns, greedy="LONGEST")
    except (ValueError, TypeError, KeyError, re.error) as error:
        raise ValueError(f"tokens: {' '.join(str(error).split())}") from None


@dataclass
class TokensMatcher:
    """Token patterns of one rule.

    trained: whether an attribute needs the trained pipeline (POS, LEMMA, ...).
    Matchers belong to a vocabulary, so one is built for each that turns up.
    """

    name: str
    patterns: list[list[dict[str, Any]]]
    anchored_by: str
    trained: bool
    _matchers: dict[int, SpacyMatcher] = field(default_factory=dict)

    def match(self, context: CheckContext) -> Sequence[Match]:
        if not context.phrase_hits(self.anchored_by):
            return ()
        if self.trained and not context.parser.trained_available:
            context.report_gap(
                "tokens", "rules on grammar were left out: install postlint[nlp] to judge them"
            )
            return ()
        document = context.document(trained=self.trained)
        found = filter_spans(self._matcher(document.vocab)(document, as_spans=True))
        return [Match(spans=(Span(span.start_char, span.end_char),)) for span in found]

    def triggers(self, _signals: Mapping[str, Matcher]) -> frozenset[Trigger]:
        return frozenset((self.anchored_by,))

    def _matcher(self, vocabulary: Any) -> SpacyMatcher:
        matcher = self._matchers.get(id(vocabulary))
        if matcher is None:
            matcher = SpacyMatcher(vocabulary, validate=True)
            matcher.add(self.name, self.patterns, greedy="LONGEST")
            self._matchers[id(vocabulary)] = matcher
        return matcher

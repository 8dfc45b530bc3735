"""A rule: a matcher and what to tell the reader when it matches."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from postlint.checks.base import CheckContext, Match, Matcher, Trigger
from postlint.finding import Category, Excerpt, Finding, Severity, Source, Suggestion


@dataclass(frozen=True, slots=True)
class RuleCheck:
    """Turns the matches of one rule into findings.

    rule: "pack/rule". One finding a match; a match's own groups go before the
    rule's, its note is added to the rule's reason.
    """

    rule: str
    category: Category
    topic: str
    severity: Severity
    groups: tuple[str, ...]
    message: str
    why: str
    suggestion: str | None
    source: Source
    matcher: Matcher

    @property
    def rules(self) -> tuple[str, ...]:
        return (self.rule,)

    def run(self, context: CheckContext) -> Iterable[Finding]:
        return (self._finding(match, context.draft.text) for match in self.matcher.match(context))

    def triggers(self, signals: Mapping[str, Matcher]) -> frozenset[Trigger] | None:
        return self.matcher.triggers(signals)

    def _finding(self, match: Match, text: str) -> Finding:
        spans = excerpts(text, match)
        return Finding(
            rule=self.rule,
            category=self.category,
            topic=self.topic,
            severity=match.severity or self.severity,
            message=self.message,
            why=f"{self.why} {match.note}" if match.note else self.why,
            spans=spans,
            groups=tuple(dict.fromkeys((*match.groups, *self.groups))),
            suggestions=self._suggestions(match),
            source=self.source,
            score=match.score,
            threshold=match.threshold,
            help_url=help_url(self.rule),
            fingerprint=fingerprint(self.rule, spans),
        )

    def _suggestions(self, match: Match) -> tuple[Suggestion, ...]:
        advice = (Suggestion(advice=self.suggestion),) if self.suggestion else ()
        if match.replacement is None or not match.spans:
            return advice
        first = match.spans[0]
        swap = Suggestion(replacement=match.replacement, start=first.start, end=first.end)
        return (swap, *advice)


def excerpts(text: str, match: Match) -> tuple[Excerpt, ...]:
    """The spans of a match with the text that stands there."""
    return tuple(
        Excerpt(start=span.start, end=span.end, text=text[span.start : span.end])
        for span in match.spans
    )


def help_url(rule: str) -> str:
    """Where the service explains the rule, relative to its root."""
    return f"/rules/{rule}"


def fingerprint(rule: str, spans: Iterable[Excerpt]) -> str:
    """Stable name of a finding: it survives edits elsewhere in the text."""
    words = "\x1f".join(span.text for span in spans)
    return hashlib.sha256(f"{rule}\x1e{words}".encode("utf-8", "surrogatepass")).hexdigest()[:16]

"""Names that several tests share."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from postlint.bootstrap import Application, assemble, build
from postlint.draft import Draft
from postlint.inference.scorer import (
    HeadThresholds,
    ModelInfo,
    RiskScorer,
    RiskScores,
    ScoredSpan,
)
from postlint.report import Report
from postlint.settings import Settings

WriteFile = Callable[[str, str], Path]
"""Writes rules/<name>.yml of a test's own rules folder."""

NOON = datetime(2026, 2, 3, 12, tzinfo=UTC)
"""An ordinary day everywhere."""


@cache
def shipped() -> Application:
    """What ships: rules, calendar and model."""
    return build(Settings())


class FakeScorer:
    """Gives every text the same scores."""

    def __init__(
        self,
        heads: Mapping[str, float],
        thresholds: Mapping[str, HeadThresholds] | None = None,
        spans: tuple[ScoredSpan, ...] = (),
        groups: Mapping[str, float] | None = None,
        intents: Mapping[str, float] | None = None,
    ) -> None:
        self.info = ModelInfo("fake", "1", thresholds or {})
        self._scores = RiskScores(heads, intents or {}, groups or {}, spans)

    def score(self, texts: Sequence[str]) -> list[RiskScores]:
        return [self._scores for _ in texts]


def lint(
    folder: Path, draft: str | Draft, scorer: RiskScorer | None = None, now: datetime = NOON
) -> Report:
    """The report on a draft by the rules of a folder."""
    if isinstance(draft, str):
        draft = Draft(text=draft)
    settings = Settings(rules=folder, model="none")
    return assemble(settings, scorer).linter.lint(draft, now)


def rule(identifier: str, how: str, **changes: str) -> str:
    """A rule file of which only the looking matters; its examples are not run."""
    fields = {
        "category": "risky",
        "topic": "slur",
        "severity": "warning",
        "message": "Something is wrong here.",
        "why": "Because somebody would be hurt by it.",
    } | changes
    lines = [f"id: {identifier}", *(f"{key}: {value}" for key, value in fields.items())]
    return "\n".join([*lines, how.strip(), EXAMPLES])


def signal(identifier: str, how: str) -> str:
    """A signal file of which only the looking matters."""
    return "\n".join([f"id: {identifier}", "about: A signal of a test.", how.strip(), EXAMPLES])


EXAMPLES = 'examples: {match: ["a", "b"], no_match: ["c", "d"]}\n'

"""What other packs change: the same drafts judged before and after.

The drafts are those written to measure postlint, which ship with it. Rules and calendar
judge them, without the model: what it says does not depend on packs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from postlint.draft import Draft
from postlint.finding import Frozen
from postlint.linter import Linter
from postlint.report import Verdict
from postlint.yaml_file import parse_yaml

MOMENT = datetime(2026, 6, 10, 12, tzinfo=UTC)
"""When a draft without a date is judged: an ordinary Wednesday."""

MOST_CHANGES = 100
"""Changes that are listed; all of them are counted."""


@dataclass(frozen=True, slots=True)
class Specimen:
    """A draft and whether a careful colleague would let it pass."""

    id: str
    draft: Draft
    harmless: bool


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict and the rules that found something."""

    verdict: Verdict
    rules: frozenset[str]


class Change(Frozen):
    """A draft that is judged otherwise. added, removed: rules that find something now, and
    no longer. harmless: an alarm about it is a false one.
    """

    id: str
    before: Verdict
    after: Verdict
    added: tuple[str, ...]
    removed: tuple[str, ...]
    harmless: bool


class Impact(Frozen):
    """What changes. drafts: how many were judged. total: how many are judged otherwise;
    changed: the first of them, those with another verdict before the others.
    """

    drafts: int
    total: int
    changed: tuple[Change, ...]


def read_specimens(folder: Path) -> tuple[Specimen, ...]:
    """The drafts in drafts_*.yml of a folder."""
    return tuple(
        Specimen(row["id"], Draft.model_validate(_fields(row)), row["harmless"])
        for path in sorted(folder.glob("drafts_*.yml"))
        for row in parse_yaml(path.read_text(encoding="utf-8"))
    )


def _fields(row: dict[str, object]) -> dict[str, object]:
    return {key: row[key] for key in Draft.model_fields if row.get(key) is not None}


def judge(linter: Linter, specimens: Sequence[Specimen]) -> tuple[Judgement, ...]:
    """What a linter, which should have no model, says of the drafts, in order."""
    reports = linter.lint_all([specimen.draft for specimen in specimens], MOMENT)
    return tuple(
        Judgement(report.verdict, frozenset(finding.rule for finding in report.findings))
        for report in reports
    )


def compare(
    specimens: Sequence[Specimen], before: Sequence[Judgement], after: Sequence[Judgement]
) -> Impact:
    """What is judged otherwise; the judgements in the order of the drafts."""
    changed = [
        _change(specimen, old, new)
        for specimen, old, new in zip(specimens, before, after, strict=True)
        if old != new
    ]
    changed.sort(key=lambda change: change.before is change.after)
    listed = tuple(changed[:MOST_CHANGES])
    return Impact(drafts=len(specimens), total=len(changed), changed=listed)


def _change(specimen: Specimen, before: Judgement, after: Judgement) -> Change:
    return Change(
        id=specimen.id,
        before=before.verdict,
        after=after.verdict,
        added=tuple(sorted(after.rules - before.rules)),
        removed=tuple(sorted(before.rules - after.rules)),
        harmless=specimen.harmless,
    )

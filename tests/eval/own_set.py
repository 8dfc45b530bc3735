"""The own set: drafts written for it, what a careful colleague says of each, the figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from judging import flagged, rate

from postlint.draft import Draft
from postlint.report import Report
from postlint.yaml_file import parse_yaml

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Case:
    """One draft of the own set and what a careful colleague says of it."""

    id: str
    file: str
    draft: Draft
    harmless: bool
    category: str | None
    topic: str | None


def own_cases() -> list[Case]:
    """Every case of tests/eval/*.yml."""
    cases = []
    for path in sorted(HERE.glob("*.yml")):
        for row in parse_yaml(path.read_text(encoding="utf-8")):
            fields = {key: row[key] for key in Draft.model_fields if row.get(key) is not None}
            cases.append(
                Case(
                    id=row["id"],
                    file=path.stem,
                    draft=Draft.model_validate(fields),
                    harmless=row["harmless"],
                    category=row.get("category"),
                    topic=row.get("topic"),
                )
            )
    return cases


def print_own(cases: Sequence[Case], reports: Sequence[Report], show: str | None) -> None:
    judged = list(zip(cases, reports, strict=True))
    fails = [(case, report) for case, report in judged if not case.harmless]
    harmless = [(case, report) for case, report in judged if case.harmless]
    print(f"Own set: {len(fails)} fails, {len(harmless)} harmless")
    print(f"  recall              {rate(sum(flagged(r) for _, r in fails), len(fails))}")
    for category in ("derogatory", "insensitive", "timing", "risky"):
        group = [report for case, report in fails if case.category == category]
        print(f"    {category:18}{rate(sum(map(flagged, group)), len(group))}")
    print(f"  alarms on harmless  {rate(sum(flagged(r) for _, r in harmless), len(harmless))}")
    for file in sorted({case.file for case in cases}):
        found = [flagged(report) for case, report in fails if case.file == file]
        alarms = [flagged(report) for case, report in harmless if case.file == file]
        print(f"  {file}: recall {rate(sum(found), len(found))}")
        print(f"            alarms {rate(sum(alarms), len(alarms))}")
    if show is None:
        return
    wanted = harmless if show == "alarms" else fails
    for case, report in wanted:
        if flagged(report) == (show == "alarms"):
            rules = ", ".join(f.rule for f in report.findings if f.severity.rank > 0)
            print(f"    {case.id} {case.topic or ''}: {case.draft.text[:160]!r} {rules}")

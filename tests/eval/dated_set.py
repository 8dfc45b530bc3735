"""The dated set: the same words on another day, beside an event or far from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from judging import flagged, rate

from postlint.bootstrap import Foundation, compose, read
from postlint.draft import Draft
from postlint.events.incident import Declaration
from postlint.report import Report
from postlint.yaml_file import parse_yaml

FILE = Path(__file__).parent / "dated" / "drafts.yml"


@dataclass(frozen=True)
class DatedCase:
    """A draft with its day, what had happened by then, and whether it may go out."""

    id: str
    draft: Draft
    incidents: Sequence[Declaration]
    harmless: bool


def dated_cases() -> list[DatedCase]:
    """Every case of tests/eval/dated/."""
    return [
        DatedCase(
            id=row["id"],
            draft=Draft.model_validate({key: row[key] for key in Draft.model_fields if key in row}),
            incidents=[Declaration.model_validate(entry) for entry in row.get("incidents", ())],
            harmless=row["harmless"],
        )
        for row in parse_yaml(FILE.read_text(encoding="utf-8"))
    ]


def judge_dated(foundation: Foundation, cases: Sequence[DatedCase]) -> list[Report]:
    """Each case with its own incidents on file, and nobody else's."""
    linter = compose(foundation, read(foundation)).linter
    reports = []
    for case in cases:
        assert case.draft.scheduled_at is not None
        declared = [foundation.incidents.declare(entry) for entry in case.incidents]
        reports.append(linter.lint(case.draft, case.draft.scheduled_at))
        for incident in declared:
            foundation.incidents.cancel(incident.id)
    return reports


def print_dated(cases: Sequence[DatedCase], reports: Sequence[Report], show: str | None) -> None:
    """Recall and alarms, with an incident on file and on the calendar alone."""
    judged = list(zip(cases, reports, strict=True))
    print(f"Dated set: {sum(not c.harmless for c in cases)} fails, {len(cases)} cases")
    parts = (("all", (True, False)), ("with an incident", (True,)), ("by the calendar", (False,)))
    for name, wanted in parts:
        part = [
            (case, flagged(report)) for case, report in judged if bool(case.incidents) in wanted
        ]
        found = [hit for case, hit in part if not case.harmless]
        alarms = [hit for case, hit in part if case.harmless]
        print(f"  {name:18}recall {rate(sum(found), len(found))}")
        print(f"  {'':18}alarms {rate(sum(alarms), len(alarms))}")
    for case, report in judged:
        if show and case.harmless == (show == "alarms") and flagged(report) == case.harmless:
            rules = ", ".join(f.rule for f in report.findings if f.severity.rank > 0)
            print(f"    {case.id}: {case.draft.text[:160]!r} {rules}")

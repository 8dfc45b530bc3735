"""Golden cases in YAML, judged by what ships."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from postlint.bootstrap import Application
from postlint.draft import Draft
from postlint.yaml_file import parse_yaml

NOW = datetime(2026, 6, 10, 12, tzinfo=UTC)


def cases() -> list[Any]:
    rows = [
        row
        for path in sorted(Path(__file__).parent.glob("*.yml"))
        for row in parse_yaml(path.read_text(encoding="utf-8"))
    ]
    return [
        pytest.param(row, id=f"{row['text'][:50]} {row.get('scheduled_at', '')}") for row in rows
    ]


@pytest.mark.parametrize("case", cases())
def test_a_draft_is_judged_as_a_colleague_would(
    application: Application, case: dict[str, Any]
) -> None:
    fields = {key: case[key] for key in Draft.model_fields if key in case}
    report = application.linter.lint(Draft.model_validate(fields), NOW)
    assert report.verdict in case["verdicts"], report.findings
    if "topics" in case:
        weighty = {f.topic for f in report.findings if f.severity.rank > 0}
        assert weighty & set(case["topics"]), report.findings

"""Reports for programs: one JSON document for all drafts of a run."""

import json
from collections.abc import Iterable

from postlint.report import Report


def as_json(results: Iterable[tuple[str, int, Report]]) -> str:
    """[{"path", "line", "report"}, ...]; the report is the one of the HTTP API."""
    documents = [
        {"path": path, "line": line, "report": report.model_dump(mode="json")}
        for path, line, report in results
    ]
    return json.dumps(documents, indent=2, ensure_ascii=False)

"""Reports for programs: one JSON document for all drafts of a run."""

import json
from collections.abc import Iterable

from postlint.formatters.place import Place
from postlint.report import Report


def as_json(results: Iterable[tuple[Place, Report]]) -> str:
    """[{"path", "line", "report"}, ...]; the report is the one of the HTTP API, its offsets
    count from the beginning of that line, with comments for postlint.
    """
    documents = [
        {
            "path": place.path,
            "line": place.line,
            "report": report.moved(place.span).model_dump(mode="json"),
        }
        for place, report in results
    ]
    return json.dumps(documents, indent=2, ensure_ascii=False)

"""A report as a compiler would print it: place, words, reason, what to do."""

from collections.abc import Iterator

from rich.cells import cell_len
from rich.text import Text

from postlint.finding import Excerpt, Finding, Severity
from postlint.report import Report, Verdict

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "bold cyan"}
_VERDICTS = {Verdict.BLOCK: "bold red", Verdict.REVIEW: "bold yellow", Verdict.PASS: "bold green"}


def human(path: str, line: int, text: str, report: Report, *, one_line: bool) -> Iterator[Text]:
    """The lines to print for one draft; nothing for a clean one that was judged in full.

    path and line say where the text begins; one_line: it stands on that line whole.
    """
    labels = {group.id: group.label for group in report.groups}
    for finding in report.findings:
        yield from _finding(path, line, text, finding, labels, one_line)
    for gap in report.incomplete:
        yield Text.assemble(f"{path}:{line}: ", ("note", "bold"), f": not judged: {gap.reason}")


def summary(reports: list[Report]) -> Text:
    """How many drafts got which verdict."""
    counts = [
        (sum(report.verdict is verdict for report in reports), verdict) for verdict in Verdict
    ]
    drafts = "draft" if len(reports) == 1 else "drafts"
    shown = Text(f"{len(reports)} {drafts}: ")
    parts = [Text(f"{count} {verdict}", _VERDICTS[verdict]) for count, verdict in counts if count]
    return shown + Text(", ").join(parts)


def _finding(
    path: str, line: int, text: str, finding: Finding, labels: dict[str, str], one_line: bool
) -> Iterator[Text]:
    start = finding.spans[0].start if finding.spans else 0
    before = text[:start]
    column = start + 1 if one_line else start - before.rfind("\n")
    row = line if one_line else line + before.count("\n")
    yield Text.assemble(
        (f"{path}:{row}:{column}: ", "bold"),
        (finding.severity.value, _STYLES[finding.severity]),
        f": {finding.message} ",
        (f"[{finding.rule}]", "dim"),
    )
    for span in finding.spans:
        yield from _excerpt(text, span, _STYLES[finding.severity])
    yield _note("why", finding.why)
    if finding.groups:
        yield _note("hurts", ", ".join(labels.get(group, group) for group in finding.groups))
    if finding.event is not None:
        zone = f" in {finding.event.zone}" if finding.event.zone else ""
        yield _note("event", f"{finding.event.name}, {finding.event.date}{zone}")
    for suggestion in finding.suggestions:
        yield _note("instead", suggestion.advice or f"“{suggestion.replacement}”")
    if finding.score is not None and finding.threshold is not None:
        yield _note("score", f"{finding.score:.2f}, threshold {finding.threshold:.2f}")


def _excerpt(text: str, span: Excerpt, style: str) -> Iterator[Text]:
    """The line of the span with carets under it; a span over several lines shows its first."""
    begin = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.start)
    line = text[begin : end if end >= 0 else len(text)].rstrip("\r")
    stop = min(span.end - begin, len(line))
    # A tab would put the carets anywhere.
    shown = line.replace("\t", " ")
    indent = cell_len(shown[: span.start - begin])
    width = max(cell_len(shown[span.start - begin : stop]), 1)
    yield Text(f"    {shown}")
    yield Text.assemble("    " + " " * indent, ("^" * width, style))


def _note(name: str, words: str) -> Text:
    return Text.assemble("  ", (f"{name}: ", "dim"), words)

"""A report as a compiler would print it: place, words, reason, what to do."""

from collections.abc import Iterator

from rich.cells import cell_len
from rich.text import Text

from postlint.finding import Excerpt, Finding, Severity
from postlint.formatters.place import Place
from postlint.report import Disuse, Report, Suppressed, Verdict

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "bold cyan"}
_DISUSE = {
    Disuse.UNKNOWN_RULE: "there is no such rule",
    Disuse.EXPIRED: "its time is over",
    Disuse.NOTHING_FOUND: "it finds nothing here",
}
_VERDICTS = {Verdict.BLOCK: "bold red", Verdict.REVIEW: "bold yellow", Verdict.PASS: "bold green"}


def human(place: Place, report: Report) -> Iterator[Text]:
    """The lines to print for one draft; nothing for a clean one that was judged in full and
    in which nothing is allowed.
    """
    report = report.moved(place.span)
    labels = {group.id: group.label for group in report.groups}
    for finding in report.findings:
        yield from _finding(place, finding, labels)
    for entry in report.suppressed:
        yield _allowed(place, entry)
    for unused in report.unused_allowances:
        yield _about(place, f"allowing {unused.rule} does nothing: {_DISUSE[unused.problem]}")
    for gap in report.incomplete:
        yield _about(place, f"not judged: {gap.reason}")


def summary(reports: list[Report]) -> Text:
    """How many drafts got which verdict, and how many findings are allowed."""
    counts = [
        (sum(report.verdict is verdict for report in reports), verdict) for verdict in Verdict
    ]
    drafts = "draft" if len(reports) == 1 else "drafts"
    shown = Text(f"{len(reports)} {drafts}: ")
    parts = [Text(f"{count} {verdict}", _VERDICTS[verdict]) for count, verdict in counts if count]
    allowed = sum(len(report.suppressed) for report in reports)
    if allowed:
        findings = "finding" if allowed == 1 else "findings"
        parts.append(Text(f"{allowed} {findings} allowed", "dim"))
    return shown + Text(", ").join(parts)


def _about(place: Place, words: str) -> Text:
    """A line about a draft as a whole."""
    return Text.assemble(f"{place.path}:{place.line}: ", ("note", "bold"), f": {words}")


def _allowed(place: Place, entry: Suppressed) -> Text:
    reason = " ".join(entry.reason.split())
    rule = entry.finding.rule
    words = f"allowed by the {entry.by}: {rule} — {reason}"
    return Text(f"{_where(place, entry.finding)}: {words}", "dim")


def _where(place: Place, finding: Finding) -> str:
    start = finding.spans[0].start if finding.spans else place.span(0, 1).start
    row, column = place.position(start)
    return f"{place.path}:{row}:{column}"


def _finding(place: Place, finding: Finding, labels: dict[str, str]) -> Iterator[Text]:
    yield Text.assemble(
        (f"{_where(place, finding)}: ", "bold"),
        (finding.severity.value, _STYLES[finding.severity]),
        f": {finding.message} ",
        (f"[{finding.rule}]", "dim"),
    )
    for span in finding.spans:
        yield from _excerpt(place.passage, span, _STYLES[finding.severity])
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

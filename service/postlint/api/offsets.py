"""Code points inside, UTF-16 at the edge: browsers count in UTF-16 units."""

from enum import StrEnum

from postlint.report import Report
from postlint.text.span import Utf16Index


class Offsets(StrEnum):
    """Unit in which a caller wants the offsets of spans and suggestions."""

    CODEPOINTS = "codepoints"
    UTF16 = "utf16"


def in_units(report: Report, text: str, offsets: Offsets) -> Report:
    """The report with all offsets in the asked unit."""
    if offsets is Offsets.CODEPOINTS or text.isascii():
        return report
    index = Utf16Index(text)

    def unit(offset: int | None) -> int | None:
        return None if offset is None else index.unit(offset)

    findings = tuple(
        finding.model_copy(
            update={
                "spans": tuple(
                    span.model_copy(update={"start": unit(span.start), "end": unit(span.end)})
                    for span in finding.spans
                ),
                "suggestions": tuple(
                    suggestion.model_copy(
                        update={"start": unit(suggestion.start), "end": unit(suggestion.end)}
                    )
                    for suggestion in finding.suggestions
                ),
            }
        )
        for finding in report.findings
    )
    return report.model_copy(update={"findings": findings})

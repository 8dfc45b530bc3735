"""Code points inside, UTF-16 at the edge: browsers count in UTF-16 units."""

from enum import StrEnum

from postlint.report import Report
from postlint.text.span import Span, Utf16Index


class Offsets(StrEnum):
    """Unit in which a caller wants the offsets of spans and suggestions."""

    CODEPOINTS = "codepoints"
    UTF16 = "utf16"


def in_units(report: Report, text: str, offsets: Offsets) -> Report:
    """The report with all offsets in the asked unit."""
    if offsets is Offsets.CODEPOINTS or text.isascii():
        return report
    index = Utf16Index(text)
    return report.moved(lambda start, end: Span(index.unit(start), index.unit(end)))

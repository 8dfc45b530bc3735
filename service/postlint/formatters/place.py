"""Where a draft stands in a file: from offsets in its text to lines and columns."""

from dataclasses import dataclass

from postlint.text.span import OffsetMap, Span


@dataclass(frozen=True, slots=True)
class Place:
    """The passage of a file in which a draft stands.

    path: as given; line: 1-based, of the beginning of the passage. passage: the draft with
    what its author wrote beside it, such as comments for postlint; offsets: from the draft's
    text to the passage. one_line: the passage stands on that line whole (JSON lines),
    whatever breaks it has.
    """

    path: str
    line: int
    passage: str
    offsets: OffsetMap
    one_line: bool = False

    def span(self, start: int, end: int) -> Span:
        """The part of the passage from which this range of the draft's text was read."""
        return self.offsets.to_original(start, end)

    def position(self, offset: int) -> tuple[int, int]:
        """Line in the file and column, both 1-based, of an offset in the passage."""
        if self.one_line:
            return self.line, offset + 1
        before = self.passage[:offset]
        return self.line + before.count("\n"), offset - before.rfind("\n")

"""Where something stands in a text, and how a rewritten text leads back to it."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple, Self


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range [start, end) in Unicode code points of the original text.

    0 <= start <= end. Ordered by start, then end.
    """

    start: int
    end: int


class OffsetMap:
    """For each character of a rewritten text, the source range it came from. Immutable.

    A range is empty for a character that stands nowhere in the source, such as the
    space put between two words of a hashtag.
    """

    __slots__ = ("_ends", "_length", "_starts")

    def __init__(self, starts: Sequence[int], ends: Sequence[int], source_length: int) -> None:
        """Character i of the rewritten text came from source[starts[i]:ends[i]]."""
        if len(starts) != len(ends):
            raise ValueError("starts and ends must have one entry for each character")
        self._starts = starts
        self._ends = ends
        self._length = source_length

    @classmethod
    def identity(cls, length: int) -> Self:
        """The map of a text whose characters all stand where they stood, `length` of them."""
        return cls(range(length), range(1, length + 1), length)

    def __len__(self) -> int:
        """Number of characters of the rewritten text."""
        return len(self._starts)

    def to_original(self, start: int, end: int) -> Span:
        """The smallest source span that covers [start, end) of the rewritten text.

        An empty range maps to an empty span. Raises IndexError unless
        0 <= start <= end <= len(self).
        """
        if not 0 <= start <= end <= len(self._starts):
            raise IndexError(f"[{start}, {end}) is outside a text of {len(self._starts)}")
        if start < end:
            return Span(min(self._starts[start:end]), max(self._ends[start:end]))
        position = self._starts[start] if start < len(self._starts) else self._length
        return Span(position, position)

    def over(self, base: "OffsetMap") -> "OffsetMap":
        """This map followed by `base`: the source of this map is the text that `base` maps.

        The starts and ends of `base` must never decrease, as in every rewriting which
        keeps the order of the text.
        """
        if isinstance(base._starts, range):  # an identity
            return self
        starts, ends = base._starts, base._ends
        positions = (*starts, base._length)
        return OffsetMap(
            [positions[start] for start in self._starts],
            [
                ends[end - 1] if end > start else positions[start]
                for start, end in zip(self._starts, self._ends, strict=True)
            ],
            base._length,
        )


class Mapped(NamedTuple):
    """A rewritten text with the way back to its source."""

    text: str
    offsets: OffsetMap

    def over(self, base: "Mapped") -> "Mapped":
        """The same text with the way back to the source of `base`, whose text it rewrites."""
        return Mapped(self.text, self.offsets.over(base.offsets))


def unmoved(text: str) -> Mapped:
    """A text whose every character stands where its source character stands."""
    return Mapped(text, OffsetMap.identity(len(text)))


class Rewriting:
    """Collects a rewritten text piece by piece, with the source range of each character."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._starts: list[Sequence[int]] = []
        self._ends: list[Sequence[int]] = []

    def keep(self, text: str, start: int) -> None:
        """Add characters that stand one to one in the source, from `start` on."""
        end = start + len(text)
        self._append(text, range(start, end), range(start + 1, end + 1))

    def put(self, text: str, start: int, end: int) -> None:
        """Add characters each of which came from source[start:end]."""
        self._append(text, (start,) * len(text), (end,) * len(text))

    def insert(self, piece: Mapped, start: int) -> None:
        """Add a text whose own source stands in this source at `start`."""
        offsets = piece.offsets
        self._append(
            piece.text,
            [start + position for position in offsets._starts],
            [start + position for position in offsets._ends],
        )

    def mapped(self, source_length: int) -> Mapped:
        """What was collected so far, for a source of that length."""
        starts = list(chain.from_iterable(self._starts))
        ends = list(chain.from_iterable(self._ends))
        return Mapped("".join(self._texts), OffsetMap(starts, ends, source_length))

    def _append(self, text: str, starts: Sequence[int], ends: Sequence[int]) -> None:
        self._texts.append(text)
        self._starts.append(starts)
        self._ends.append(ends)


class Utf16Index:
    """Offsets of one text in UTF-16 code units, as browsers count."""

    def __init__(self, text: str) -> None:
        self._wide = [] if text.isascii() else [i for i, char in enumerate(text) if char > "\uffff"]

    def unit(self, offset: int) -> int:
        """The UTF-16 offset of a code-point offset in [0, len(text)]."""
        return offset + bisect_left(self._wide, offset)

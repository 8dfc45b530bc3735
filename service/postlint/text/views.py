"""The ways in which a post reads, each with the way back to what was written."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from postlint.text.deobfuscate import deobfuscate
from postlint.text.folding import fold_mapped
from postlint.text.hashtags import read_hashtags
from postlint.text.lookalikes import reveal
from postlint.text.masks import MaskIndex
from postlint.text.span import Mapped, OffsetMap, Span, unmoved

_NOTHING_MASKABLE: Final = MaskIndex()


class ViewName(StrEnum):
    """How a view reads the post."""

    PLAIN = "plain"
    FOLDED = "folded"
    DEOBFUSCATED = "deobfuscated"
    HASHTAGS = "hashtags"


@dataclass(frozen=True, slots=True)
class View:
    """One way to read a post. Offsets are code points."""

    name: ViewName
    text: str
    offsets: OffsetMap

    def original(self, start: int, end: int) -> Span:
        """The smallest range of the post that [start, end) of this view was read from.

        Raises IndexError unless 0 <= start <= end <= len(self.text).
        """
        return self.offsets.to_original(start, end)


@dataclass(frozen=True, slots=True)
class TextViews:
    """The views of one post.

    plain: as written.
    folded: see `folding.fold`; for comparing with folded phrases.
    deobfuscated: folded, with invisible characters and look-alikes undone and odd spellings
    read as words; up to 4 when there are several readings, none when nothing was to undo.
    hashtags: the folded post with its hashtags read as words, then a line for each other
    way to read one; None without hashtags.
    """

    original: str
    plain: View
    folded: View
    deobfuscated: tuple[View, ...]
    hashtags: View | None

    def all(self) -> Iterator[View]:
        """The views in which to look for folded phrases."""
        yield self.folded
        yield from self.deobfuscated
        if self.hashtags is not None:
            yield self.hashtags


def build_views(text: str, maskable: MaskIndex | None = None) -> TextViews:
    """Read a post in every way its readers may. Time and size are linear in its length.

    maskable: words to recognise with letters masked, as in "f*ck"; None for none. Any text
    will do, also with lone surrogates.
    """
    words = _NOTHING_MASKABLE if maskable is None else maskable
    folded = fold_mapped(text)
    revealed = reveal(text)
    seen = folded if revealed is None else fold_mapped(revealed.text).over(revealed)
    read = [reading.over(seen) for reading in deobfuscate(seen.text, words)] or [seen]
    hashtags = read_hashtags(text, words)
    return TextViews(
        original=text,
        plain=_view(ViewName.PLAIN, unmoved(text)),
        folded=_view(ViewName.FOLDED, folded),
        deobfuscated=tuple(
            _view(ViewName.DEOBFUSCATED, reading) for reading in read if reading.text != folded.text
        ),
        hashtags=None if hashtags is None else _view(ViewName.HASHTAGS, hashtags),
    )


def _view(name: ViewName, mapped: Mapped) -> View:
    return View(name, mapped.text, mapped.offsets)

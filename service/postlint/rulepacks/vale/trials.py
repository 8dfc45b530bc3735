"""Posts to try a rule on. Whether a rule finds anything in them only the linter can tell."""

from collections.abc import Iterator
from typing import Final

from postlint.text.span import Span

_AROUND: Final = (
    ("Somebody wrote ", " today"),
    ("", " stood in a post"),
    ("A new post ends with ", ""),
    ("Somebody wrote post", " today"),
    ("post", " stood there"),
    ("", "post"),
    ("A new ", "post"),
    ("", ""),
)
"""What may stand around the words of an example. Some touch them, for rules that want a
letter there."""

HARMLESS: Final = (
    "Our bakery opens at eight tomorrow.",
    "Fresh bread every morning",
    "good morning",
    "GOOD MORNING",
    "404",
)
"""Posts that few rules find anything in."""


def posts(words: str, turn: int = 0) -> Iterator[tuple[str, Span]]:
    """Posts with these words in them, and where the words stand; another turn begins with
    another post.
    """
    start = turn % 3
    for before, after in (*_AROUND[start:3], *_AROUND[:start], *_AROUND[3:]):
        yield f"{before}{words}{after}", Span(len(before), len(before) + len(words))


def near_misses(words: str, *, exact_case: bool = False) -> Iterator[str]:
    """Words that look much like these; exact_case: other capitals are other words."""
    words = words.strip()
    if exact_case and words.swapcase() != words:
        yield words.swapcase()
    several = words.split()
    if len(several) > 1:
        yield " ".join(several[:-1])
        yield " ".join(several[1:])
    else:
        yield f"non{words}"
    if len(words) > 2:
        yield words[:-1].strip()
        yield words[1:].strip()

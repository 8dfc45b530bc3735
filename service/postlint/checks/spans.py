"""Which of several overlapping spans count."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from postlint.text.span import Span

T = TypeVar("T")


def leftmost_longest(items: Iterable[T], span_of: Callable[[T], Span]) -> list[T]:
    """Items that do not overlap, in text order: the first wins, the longer of two that
    begin together. "blind taste test" covers "blind".
    """
    kept: list[T] = []
    reach = -1
    for item in sorted(items, key=lambda item: (span_of(item).start, -span_of(item).end)):
        span = span_of(item)
        if span.start >= reach:
            kept.append(item)
            reach = span.end
    return kept


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans in order, overlapping ones joined."""
    result: list[Span] = []
    for span in sorted(spans):
        if result and span.start < result[-1].end:
            result[-1] = Span(result[-1].start, max(result[-1].end, span.end))
        else:
            result.append(span)
    return tuple(result)

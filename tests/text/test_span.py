"""Offsets lead back to what was written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postlint.text.span import Mapped, OffsetMap, Rewriting, Span, Utf16Index, unmoved

any_text = st.text(
    st.one_of(st.characters(), st.sampled_from("ab😀👨\u200d\ud800\udc00")), max_size=30
)


@given(any_text)
def test_utf16_units_are_those_that_browsers_count(text: str) -> None:
    index = Utf16Index(text)
    for offset in range(len(text) + 1):
        expected = sum(len(c.encode("utf-16-le", "surrogatepass")) // 2 for c in text[:offset])
        assert index.unit(offset) == expected


@given(st.integers(0, 20), st.data())
def test_an_unmoved_text_maps_every_range_to_itself(length: int, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, length))
    end = data.draw(st.integers(start, length))
    assert OffsetMap.identity(length).to_original(start, end) == Span(start, end)


def test_a_range_maps_to_the_smallest_span_that_covers_it() -> None:
    rewriting = Rewriting()
    rewriting.keep("ab", 0)
    rewriting.put("xyz", 2, 6)
    rewriting.put(" ", 6, 6)
    rewriting.keep("c", 6)
    text, offsets = rewriting.mapped(7)
    assert text == "abxyz c"
    assert offsets.to_original(1, 4) == Span(1, 6)
    assert offsets.to_original(5, 6) == Span(6, 6)
    assert offsets.to_original(4, 7) == Span(2, 7)


def test_a_range_over_text_out_of_order_covers_all_of_its_sources() -> None:
    rewriting = Rewriting()
    rewriting.keep("late", 10)
    rewriting.keep("early", 0)
    assert rewriting.mapped(14).offsets.to_original(2, 6) == Span(0, 14)


def test_an_empty_range_maps_to_an_empty_span() -> None:
    offsets = OffsetMap([3, 5], [5, 6], 9)
    assert offsets.to_original(1, 1) == Span(5, 5)
    assert offsets.to_original(2, 2) == Span(9, 9)


@pytest.mark.parametrize(("start", "end"), [(-1, 1), (0, 3), (2, 1)])
def test_a_range_outside_the_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(IndexError):
        OffsetMap([0, 1], [1, 2], 2).to_original(start, end)


def test_starts_without_ends_are_refused() -> None:
    with pytest.raises(ValueError, match="one entry for each character"):
        OffsetMap([0, 1], [1], 2)


def test_rewriting_a_rewritten_text_leads_back_to_the_first() -> None:
    first = Rewriting()
    first.put("ab", 0, 3)
    first.keep("cd", 5)
    base = first.mapped(8)
    second = Rewriting()
    second.keep("b", 1)
    second.put("--", 2, 2)
    second.put("X", 1, 4)
    mapped = second.mapped(len(base.text)).over(base)
    spans = [mapped.offsets.to_original(i, i + 1) for i in range(len(mapped.text))]
    assert spans == [Span(0, 3), Span(5, 5), Span(5, 5), Span(0, 7)]
    assert mapped.offsets.to_original(4, 4) == Span(8, 8)


def test_rewriting_an_unmoved_text_changes_no_offset() -> None:
    piece = Mapped("x", OffsetMap([1], [3], 4))
    assert piece.over(unmoved("abcd")).offsets.to_original(0, 1) == Span(1, 3)


def test_a_piece_is_inserted_where_its_source_stands() -> None:
    rewriting = Rewriting()
    rewriting.insert(Mapped("x", OffsetMap([1], [3], 4)), 10)
    assert rewriting.mapped(20).offsets.to_original(0, 1) == Span(11, 13)

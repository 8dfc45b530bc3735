"""Folding makes what readers take for the same the same."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postlint.text.folding import fold, fold_mapped

changing = (
    "aei İıßﬁſςΐᾳ’—…¨ͺ \n\u00a0\u0301\u0316\u0307\u0345\u0308\u1100\u1161\u11a8가ㅎㅏ\u3099かｶﾞ"
    "\u09be\u09c7\ufe0f\u200d❤😀\ud800\ufdfa"
)
any_text = st.text(st.one_of(st.characters(), st.sampled_from(changing)), max_size=16)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("STRASSE straße", "strasse strasse"),
        ("ﬁre", "fire"),
        ("İstanbul I\u0307stanbul", "istanbul istanbul"),
        ("Ｆｕｌｌ 𝐛𝐨𝐥𝐝 ⓒircle", "full bold circle"),
        ("cafe\u0301", "caf\u00e9"),
        ("CAFÉ", "café"),
        ("“It’s” `ok` don´t", "\"it's\" 'ok' don't"),
        ("a–b—c−d‑e", "a-b-c-d-e"),
        ("Wait…", "wait..."),
        ("two\u00a0words\r\n\tmore", "two words more"),
        ("\n  edge \n", " edge "),
        ("a ¨ b", "a ¨ b"),
        ("", ""),
        ("\x00", "\x00"),
    ],
)
def test_forms_of_the_same_text_fold_alike(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(any_text)
@settings(deadline=None)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(any_text)
@settings(deadline=None)
def test_composed_and_decomposed_text_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(any_text)
@settings(deadline=None)
def test_each_character_is_the_folding_of_the_letter_it_is_from(text: str) -> None:
    folded = fold_mapped(text)
    spans = [folded.offsets.to_original(i, i + 1) for i in range(len(folded.text))]
    letters = list(dict.fromkeys(spans))
    assert "".join(fold(text[span.start : span.end]) for span in letters) == folded.text


@given(any_text)
@settings(deadline=None)
def test_the_letters_of_a_folded_text_cover_the_original_in_order(text: str) -> None:
    folded = fold_mapped(text)
    spans = dict.fromkeys(folded.offsets.to_original(i, i + 1) for i in range(len(folded.text)))
    position = 0
    for span in spans:
        assert span.start == position
        position = span.end
    assert position == len(text)


def test_a_mark_of_its_own_code_point_is_part_of_its_letter() -> None:
    folded = fold_mapped("xe\u0301y")
    assert folded.text == "xéy"
    assert [folded.offsets.to_original(i, i + 1).end for i in range(3)] == [1, 3, 4]


def test_endless_marks_on_a_letter_are_kept() -> None:
    assert len(fold("a" + "\u0316\u0301" * 5000)) >= 10_000

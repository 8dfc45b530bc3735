"""Words and sentences begin and end where readers see it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postlint.text.segment import is_word_char, on_word_edges, quotations, sentences
from postlint.yaml_file import parse_yaml

CASES = parse_yaml((Path(__file__).with_name("cases") / "sentences.yml").read_text("utf-8"))
any_text = st.text(
    st.one_of(st.characters(), st.sampled_from("aA1 .!?…\n\r\"')🎉\u200d。")), max_size=40
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: repr(case["text"]))
def test_a_post_has_the_sentences_that_readers_see(case: dict[str, object]) -> None:
    text = str(case["text"])
    assert [text[span.start : span.end] for span in sentences(text)] == case["sentences"]


@given(any_text)
def test_every_character_but_white_space_is_in_exactly_one_sentence(text: str) -> None:
    position = 0
    for span in sentences(text):
        assert not text[position : span.start].strip()
        assert text[span.start : span.end].strip() == text[span.start : span.end] != ""
        position = span.end
    assert not text[position:].strip()


@pytest.mark.parametrize("char", ["a", "é", "7", "я", "字", "\u0301", "ा"])
def test_letters_digits_and_marks_are_part_of_words(char: str) -> None:
    assert is_word_char(char)


@pytest.mark.parametrize(
    "char", [" ", "'", "-", "_", "#", "😀", "\ufe0f", "\u20e3", "\u200d", "\ud800"]
)
def test_other_characters_are_no_part_of_words(char: str) -> None:
    assert not is_word_char(char)


@pytest.mark.parametrize(
    ("text", "word", "whole"),
    [
        ("kill", "kill", True),
        ("skill", "kill", False),
        ("killer", "kill", False),
        ("women's", "women", True),
        ("co-op", "op", True),
        ("naïve", "na", False),
        ("nai\u0308ve", "nai", False),
        ("_kill_", "kill", True),
        ("**kill**", "kill", True),
        ("@kill_bill", "kill", False),
        ("#kill_bill", "bill", False),
        ("❤\ufe0fkill", "kill", True),
        ("kill😀", "kill", True),
        ("kill2", "kill", False),
        ("a #kill", "#kill", True),
        ("a#kill", "#kill", True),
    ],
)
def test_a_word_is_whole_when_no_word_goes_on_beyond_it(text: str, word: str, whole: bool) -> None:
    start = text.index(word)
    assert on_word_edges(text, start, start + len(word)) is whole


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("She said “no way” and left", ["“no way”"]),
        ('"a" and "b"', ['"a"', '"b"']),
        ("we don't, you don't", []),
        ("'it's fine', he said", ["'it's fine'"]),
        ("the workers' club, the players' bus", []),
        ("«oui» and „ja“", ["«oui»", "„ja“"]),
        ('an inch is 1", a line\nis "two"', ['"two"']),
    ],
)
def test_quotations_are_what_stands_between_marks(text: str, quoted: list[str]) -> None:
    assert [text[span.start : span.end] for span in quotations(text)] == quoted


@given(any_text)
def test_quotations_stand_in_order_inside_the_text(text: str) -> None:
    position = 0
    for span in quotations(text):
        assert position <= span.start < span.end <= len(text)
        position = span.end

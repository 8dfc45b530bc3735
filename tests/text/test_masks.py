"""Half-hidden words are told by what shows."""

import pytest

from postlint.text.masks import MaskIndex

index = MaskIndex(
    ["Fuck", "flab", "bitch", "batch", "slut", "ass", "coon", "nigga", "spazz", "two words", "as"]
)


@pytest.mark.parametrize(
    ("masked", "words"),
    [
        ("f*ck", ("fuck",)),
        ("f**k", ("fuck",)),
        ("fu**", ("fuck",)),
        ("b*tch", ("bitch", "batch")),
        ("b****", ("bitch",)),
        ("f***", ("fuck",)),
        ("sl-t", ("slut",)),
        ("s-lut", ("slut",)),
        ("sl?t", ("slut",)),
        ("a*s", ("ass",)),
        ("fuuuck", ("fuck",)),
        ("nnniiiggggaaa", ("nigga",)),
        ("cooon", ("coon",)),
        ("fückk", ()),
        ("fück", ("fuck",)),
        ("fùùùck", ("fuck",)),
        ("f❤\ufe0fck", ("fuck",)),
    ],
)
def test_a_hidden_word_is_told_likeliest_first(masked: str, words: tuple[str, ...]) -> None:
    assert index.unmask(masked) == words


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("fuck", "nothing is hidden"),
        ("fuck*", "one star after a word is a footnote"),
        ("fuc*", "one star after letters is a footnote"),
        ("a&s", "only * and # hide a letter of three"),
        ("f---", "only * and # hide all but one letter"),
        ("*uck", "the first letter must show"),
        ("****", "some letter must show"),
        ("con", "a letter stands for one or more, not for none"),
        ("cconn", "two in a row are not stretched"),
        ("f1ck", "a digit alone hides nothing"),
        ("two*words", "only single words are known"),
        ("", "nothing is there"),
        ("f" + "u" * 200 + "ck", "too long to be a word"),
    ],
)
def test_other_words_stay(word: str, reason: str) -> None:
    assert index.unmask(word) == (), reason


def test_words_that_cannot_be_told_are_left_out() -> None:
    assert "fuck" in index
    assert "as" not in index
    assert "two words" not in index

import pytest

from postlint.inference.spans import toxic_words
from postlint.text.span import Span

THRESHOLD = 0.5


@pytest.mark.parametrize(
    ("post", "token", "word"),
    [
        ("You idiots again", (4, 7), "idiots"),
        ("Such «idiots» again", (8, 11), "idiots"),
        ("Don't 'idiot' me", (7, 9), "idiot"),
        ("You aren't nice", (4, 7), "aren't"),
        ("Une imbe\u0301cile", (4, 6), "imbe\u0301cile"),
        ("You 🤡🤡 there", (4, 5), "🤡"),
    ],
)
def test_a_token_is_completed_to_its_whole_word(
    post: str, token: tuple[int, int], word: str
) -> None:
    (span,) = toxic_words(post, [(Span(*token), 0.9)], THRESHOLD)

    assert post[span.start : span.end] == word


def test_neighbouring_words_become_one_span_with_the_higher_score() -> None:
    post = "You stupid idiot, you stupid"
    tokens = [(Span(11, 13), 0.7), (Span(4, 10), 0.9), (Span(22, 28), 0.6)]

    spans = toxic_words(post, tokens, THRESHOLD)

    assert [(post[s.start : s.end], s.score) for s in spans] == [
        ("stupid idiot", 0.9),
        ("stupid", 0.6),
    ]


def test_a_token_seen_by_two_windows_is_one_span() -> None:
    spans = toxic_words("You idiot", [(Span(4, 9), 0.6), (Span(4, 9), 0.8)], THRESHOLD)

    assert [(span.start, span.end, span.score) for span in spans] == [(4, 9, 0.8)]


def test_a_token_below_the_threshold_gives_no_span() -> None:
    assert toxic_words("You idiot", [(Span(4, 9), 0.49)], THRESHOLD) == ()

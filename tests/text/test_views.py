"""A post is read in every way its readers may, and every reading leads back to it."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from postlint.text.folding import fold
from postlint.text.masks import MaskIndex
from postlint.text.segment import on_word_edges
from postlint.text.views import TextViews, View, ViewName, build_views
from postlint.yaml_file import parse_yaml


def load(name: str) -> Any:
    return parse_yaml((Path(__file__).with_name("cases") / name).read_text("utf-8"))


OBFUSCATIONS = load("obfuscations.yml")
HARMLESS = load("harmless.yml")
HASHTAGS = load("hashtags.yml")
MASKABLE = MaskIndex([*OBFUSCATIONS["maskable"], "spics", "damn", "damns"])

odd = (
    "aabbssttiioull1035!|@$*#_-. '\n#＃/:AB\u200b\u200d\ufe0f\u0301\u0338\ufdfa\ud800\x00"
    "ßİﬁсаеΗπя😀🅱👨🇺字"
)
any_text = st.text(st.one_of(st.sampled_from(odd), st.characters()), max_size=40)


def readings(views: TextViews) -> list[str]:
    return [view.text for view in views.deobfuscated]


def written(text: str, views: TextViews, phrase: str) -> list[str]:
    """What stands in the text wherever the phrase is read in it."""
    found = []
    for view in views.all():
        start = view.text.find(phrase)
        while start >= 0:
            end = start + len(phrase)
            if on_word_edges(view.text, start, end):
                span = view.original(start, end)
                found.append(text[span.start : span.end])
            start = view.text.find(phrase, start + 1)
    return found


@pytest.mark.parametrize("case", OBFUSCATIONS["cases"], ids=lambda case: repr(case["text"]))
def test_an_obfuscated_word_is_read_where_it_stands(case: dict[str, str]) -> None:
    assert case["written"] in written(
        case["text"], build_views(case["text"], MASKABLE), case["reads"]
    )


@pytest.mark.parametrize("text", HARMLESS["unchanged"])
def test_ordinary_spelling_is_read_as_it_is(text: str) -> None:
    assert readings(build_views(text, MASKABLE)) == []


@pytest.mark.parametrize("case", HARMLESS["otherwise"], ids=lambda case: repr(case["text"]))
def test_playful_spelling_is_read_as_the_words_it_plays_with(case: dict[str, Any]) -> None:
    assert readings(build_views(case["text"], MASKABLE)) == case["reads"]


@pytest.mark.parametrize("case", HASHTAGS, ids=lambda case: repr(case["text"]))
def test_hashtags_are_read_as_words(case: dict[str, Any]) -> None:
    views = build_views(case["text"], MASKABLE)
    assert views.hashtags is not None
    intended = views.hashtags.text.split("\n")[0]
    assert intended.strip() == case["intended"]
    for words in case.get("also", ()):
        assert written(case["text"], views, words), f"{words} is not read"
    for words in case.get("never", ()):
        assert not written(case["text"], views, words), f"{words} is read"


@pytest.mark.parametrize(
    "text",
    ["", "no tag", "# 1", "#1 #2024", "page.html#top", "https://a.example/#top", "&#39;", "#_"],
)
def test_without_hashtags_there_is_no_such_view(text: str) -> None:
    assert build_views(text).hashtags is None


def test_the_words_of_a_hashtag_lead_back_to_its_letters() -> None:
    text = "At the #susanalbumparty!"
    assert written(text, build_views(text), "anal bum") == ["analbum"]
    assert written(text, build_views(text), "the susan") == ["the #susan"]


def test_hashtags_beyond_the_thirtieth_are_not_read() -> None:
    text = "#BigSale " * 31
    assert written(text, build_views(text), "sale") == ["Sale"] * 30


def test_a_hashtag_of_more_than_sixty_letters_is_read_as_marked() -> None:
    text = "#" + "sale" * 16 + " #" + "Sale" * 16
    assert written(text, build_views(text), "sale") == ["Sale"] * 16


def test_the_dictionary_loads_only_when_a_post_needs_it() -> None:
    program = (
        "import sys; from postlint.text.views import build_views; build_views('A plain naïve 🎉');"
        "sys.exit('wordninja' in sys.modules or 'confusable_homoglyphs' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_each_reading_of_a_spelling_is_in_some_view() -> None:
    views = build_views("p1g k1ll sooo")
    assert readings(views) == ["pig kill so", "plg klll soo"]


def test_at_most_four_readings_are_kept() -> None:
    many = MaskIndex(["bat", "bet", "bit", "bot", "but"])
    assert readings(build_views("b*t", many)) == ["bat", "bet", "bit", "bot"]


def test_a_masked_word_is_read_only_when_it_is_among_the_words_given() -> None:
    assert readings(build_views("what the f*ck")) == []


def test_phrases_are_looked_for_in_every_view_but_the_plain_one() -> None:
    views = build_views("A sh1t #HashTag")
    names = [view.name for view in views.all()]
    assert names == [
        ViewName.FOLDED,
        ViewName.DEOBFUSCATED,
        ViewName.DEOBFUSCATED,
        ViewName.HASHTAGS,
    ]
    assert views.plain.text == views.original == "A sh1t #HashTag"


def spans_of(view: View) -> list[tuple[int, int]]:
    spans = [view.original(i, i + 1) for i in range(len(view.text))]
    return [(span.start, span.end) for span in spans]


@given(any_text)
@example("\ud800")
@example("#" + "a" * 61)
@example("f u c k y o u")
@settings(deadline=None, max_examples=300)
def test_every_character_of_every_view_comes_from_the_post(text: str) -> None:
    views = build_views(text, MASKABLE)
    for view in (views.plain, *views.all()):
        assert len(view.offsets) == len(view.text)
        assert all(0 <= start <= end <= len(text) for start, end in spans_of(view))


@given(any_text)
@settings(deadline=None, max_examples=300)
def test_every_view_but_the_hashtags_keeps_the_order_of_the_post(text: str) -> None:
    views = build_views(text, MASKABLE)
    for view in (views.plain, views.folded, *views.deobfuscated):
        spans = spans_of(view)
        assert [start for start, _ in spans] == sorted(start for start, _ in spans)
        assert [end for _, end in spans] == sorted(end for _, end in spans)


@given(any_text)
@settings(deadline=None, max_examples=300)
def test_every_character_of_a_hashtag_is_from_the_letter_it_folds(text: str) -> None:
    view = build_views(text, MASKABLE).hashtags
    if view is not None:
        for char, (start, end) in zip(view.text, spans_of(view), strict=True):
            assert char in fold(text[start:end]) or char in " \n"


@given(any_text)
@settings(deadline=None, max_examples=300)
def test_views_grow_no_more_than_their_bounds(text: str) -> None:
    assert_bounded(text)


@pytest.mark.parametrize(
    "unit",
    [
        *("1l", "f*ck ", "a b ", "f u c k yo ", "f*ck-", "aaab", "1 a ", "a!", "a-", "a@", "a.a-"),
        *("#susanalbumpartyexpertsexchange", "#a", "#a_", "#", "＃", "_", "@", "*", ".", "A1"),
        *("a\u200b", "\u0301\u0316", "\ufdfa", "\ud800", "\x00", "\n \n", "👨\u200d👩\u200d👧"),
        *("сосоx ", "аb", "а"),  # Cyrillic
    ],
)
def test_adversarial_posts_stay_within_the_bounds(unit: str) -> None:
    assert_bounded((unit * 20_000)[:20_000])
    assert_bounded(("#x" + unit * 20_000)[:20_000])


def assert_bounded(text: str) -> None:
    views = build_views(text, MASKABLE)
    folded = len(views.folded.text)
    assert folded <= 18 * len(text)  # U+FDFA, the longest folding of one character
    assert len(views.deobfuscated) <= 4
    assert all(len(view.text) <= folded for view in views.deobfuscated)
    assert views.hashtags is None or len(views.hashtags.text) <= 12 * folded

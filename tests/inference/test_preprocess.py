from hypothesis import given
from hypothesis import strategies as st

from postlint.inference.preprocess import prepare
from postlint.text.span import Span

POSTS = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from("👩🏽‍🚒🇺🇸❤️🔥@#a \n"),
    ),
    max_size=80,
)


def test_emoji_become_their_names_and_keep_their_place() -> None:
    prepared = prepare("So hot 🔥!")

    start = prepared.text.index("fire")

    assert prepared.text == "So hot  fire !"
    assert prepared.offsets.to_original(start, start + 4) == Span(7, 8)
    assert prepared.offsets.to_original(len(prepared.text) - 1, len(prepared.text)) == Span(8, 9)


def test_an_emoji_of_several_code_points_is_one_range() -> None:
    post = "We thank the 👩🏽‍🚒 crews"

    prepared = prepare(post)
    start = prepared.text.index("woman firefighter")
    span = prepared.offsets.to_original(start, start + len("woman"))

    assert post[span.start : span.end] == "👩🏽‍🚒"


def test_the_skin_tone_of_an_emoji_changes_nothing() -> None:
    assert prepare("Hello 👋🏿").text == prepare("Hello 👋🏻").text


def test_links_and_handles_become_words_that_the_model_knows() -> None:
    prepared = prepare("Ask @Postlint_HQ, see https://example.org/a?b=c or mail me@example.org")

    assert prepared.text == "Ask @user, see http or mail me@example.org"


def test_an_emoji_inside_a_link_belongs_to_the_link() -> None:
    assert prepare("https://example.org/🔥 now").text == "http now"


@given(POSTS)
def test_the_characters_stand_for_the_whole_post_in_order(post: str) -> None:
    prepared = prepare(post)

    spans = [prepared.offsets.to_original(i, i + 1) for i in range(len(prepared.text))]

    assert spans == sorted(spans)
    assert {i for span in spans for i in range(span.start, span.end)} == set(range(len(post)))

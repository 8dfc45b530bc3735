"""The drafts that the model learns from, and what is made of them."""

import random
from collections import Counter

import pytest
from augment import augmented, obfuscated, rejected, swapped
from curate import Shingles, near_duplicates, near_evaluation, read
from data import Row
from drafts import CHOOSING, HELD_OUT, MEASURING, by_writers, learnt, read_drafts
from identity import held_out_term, is_held_out


def test_there_are_enough_drafts_and_at_least_half_are_harmless() -> None:
    drafts = read_drafts()
    assert len(drafts) >= 5000
    assert 0.5 <= sum(draft.harmless for draft in drafts) / len(drafts) <= 0.65


def test_a_draft_is_either_harmless_or_has_a_topic() -> None:
    assert all(draft.harmless == (not draft.topics) for draft in read_drafts())


def test_every_draft_has_an_intent() -> None:
    assert all(draft.intents for draft in read_drafts())


def test_no_weight_is_learnt_from_a_writer_who_chooses_or_measures() -> None:
    drafts = read_drafts()
    assert not {draft.writer for draft in learnt(drafts)} & set(HELD_OUT)
    assert not set(CHOOSING) & set(MEASURING)
    by_writer = Counter(draft.writer for draft in drafts)
    assert len(by_writers(drafts, HELD_OUT)) == sum(by_writer[writer] for writer in HELD_OUT)


def test_no_draft_is_there_twice_and_none_is_taken_from_the_evaluation_set() -> None:
    lines = read()
    assert not near_duplicates(lines)
    assert not near_evaluation(lines)


def test_texts_with_most_of_their_words_in_common_are_alike() -> None:
    shingles = Shingles(["a big red storm sale today", "bread and butter"])
    assert shingles.like("a big red storm sale tomorrow") == [0]
    assert shingles.like("something else") == []


def test_disguised_words_keep_the_label_and_the_rest_of_the_text() -> None:
    row = Row("what a lovely morning", "x", {"toxicity": 1.0}, toxic=frozenset({1}))
    for seed in range(30):
        changed = obfuscated(row, random.Random(seed))
        assert changed.text != row.text
        assert changed.heads == row.heads
        assert changed.toxic is None


def test_another_group_takes_the_place_of_the_one_that_was_named() -> None:
    row = Row("Muslims like muslims, tea and cake", "x", groups={"muslim": 1.0})
    changed = swapped(row, random.Random(1))
    assert changed is not None
    first, second = changed.text.split()[0], changed.text.split()[2].strip(",")
    assert first.lower() == second.lower() != "muslims"
    assert changed.groups == {}
    assert swapped(Row("tea and cake", "x"), random.Random(1)) is None


def test_what_is_quoted_to_be_rejected_attacks_nobody() -> None:
    attack = Row("they are vermin", "x", {"toxicity": 1.0, "identity_attack": 1.0})
    changed = rejected(attack, random.Random(2))
    assert "they are vermin" in changed.text
    assert changed.heads["identity_attack"] == changed.heads["risk"] == 0.0


def test_groups_of_drafts_and_of_templates_are_not_swapped() -> None:
    for source, ways in (("drafts", 1), ("identity_templates", 1), ("surge", 2)):
        rows = [Row("a jumper for muslims", source)] * 10
        assert len(augmented(rows, random.Random(0), 1.0)) == ways * len(rows)


@pytest.mark.parametrize(
    ("text", "template", "held_out", "term"),
    [
        ("You are a kind muslim", "you_are_adj", True, "muslim"),
        ("You are a kind sikh", "you_are_adj", False, None),
        ("Being sikh is nice.", "being_adj", True, None),
        ("Joe is a nice lgbtq", "name_adj", False, None),
    ],
)
def test_some_templates_and_words_are_kept_out_of_training(
    text: str, template: str, held_out: bool, term: str | None
) -> None:
    row = {"text": text, "template": template}
    assert is_held_out(row) == held_out
    assert held_out_term(row) == term

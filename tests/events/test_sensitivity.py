"""The decision table: single cells by name, and what must hold over the whole grid."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations, product

import pytest

from postlint.events.audience import Strength
from postlint.events.calendar import Relation
from postlint.events.grading import Grade, Intent
from postlint.events.observance import Custom, Evidence, Sensitivity
from postlint.events.sensitivity import Judgement, Row, Situation, Touch, judge

SITUATION = Situation(
    sensitivity=Sensitivity.NO_PROMO,
    customary=(),
    evidence=Evidence.PAGE,
    relation=Relation.DAY,
    strength=Strength.FULL,
    touch=Touch.NONE,
    intents=frozenset({Intent.PROMOTION}),
)
AVOID, SOBER, SILENT = Sensitivity
INTENTS = [frozenset(chosen) for size in range(4) for chosen in combinations(Intent, size)]
"""Up to three at once: no row looks at more."""
CUSTOMS = [(), (Custom.PROMOTION,), (Custom.GREETING,), (Custom.PROMOTION, Custom.GREETING)]


def situation(*intents: Intent, **changes: object) -> Situation:
    return replace(SITUATION, intents=frozenset(intents), **changes)  # type: ignore[arg-type]


def grade_of(judgement: Judgement | None) -> Grade:
    return judgement.grade if judgement else Grade.PASS


@pytest.fixture(scope="module")
def grid() -> Mapping[Situation, Grade]:
    """The grade of every situation of an observance that rests on a page."""
    page = (Evidence.PAGE,)
    situations = (
        Situation(*values)
        for values in product(Sensitivity, CUSTOMS, page, Relation, Strength, Touch, INTENTS)
    )
    return {each: grade_of(judge(each)) for each in situations}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (situation(Intent.PROMOTION, touch=Touch.NAME), (Grade.BLOCK, Row.O1)),
        (
            situation(Intent.PROMOTION, touch=Touch.NAME, relation=Relation.LEAD_UP),
            (Grade.BLOCK, Row.O1),
        ),
        (
            situation(
                Intent.PROMOTION, touch=Touch.NAME, relation=Relation.LEAD_UP, sensitivity=AVOID
            ),
            (Grade.REVIEW, Row.O1),
        ),
        (
            situation(Intent.HUMOUR, touch=Touch.NAME, relation=Relation.OTHER),
            (Grade.REVIEW, Row.O1),
        ),
        (situation(Intent.PRICE, touch=Touch.NAME), (Grade.REVIEW, Row.O1)),
        (situation(Intent.CHEERFUL, touch=Touch.NAME, sensitivity=SOBER), (Grade.REVIEW, Row.O2)),
        (situation(Intent.PROMOTION, touch=Touch.BOUND), (Grade.BLOCK, Row.O3)),
        (situation(Intent.CHEERFUL, touch=Touch.BOUND), (Grade.REVIEW, Row.O3)),
        (
            situation(Intent.PROMOTION, touch=Touch.PHRASE, sensitivity=AVOID),
            (Grade.REVIEW, Row.O3),
        ),
        (situation(touch=Touch.PHRASE, sensitivity=AVOID), (Grade.NOTE, Row.O3)),
        (situation(Intent.PROMOTION, touch=Touch.THEME), (Grade.REVIEW, Row.O4)),
        (situation(Intent.PROMOTION, touch=Touch.THEME, sensitivity=SOBER), (Grade.NOTE, Row.O4)),
        (situation(Intent.HUMOUR), (Grade.BLOCK, Row.O5)),
        (situation(Intent.PROMOTION), (Grade.REVIEW, Row.O5)),
        (situation(Intent.CHEERFUL), (Grade.REVIEW, Row.O5)),
        (situation(Intent.HUMOUR, sensitivity=SOBER), (Grade.REVIEW, Row.O6)),
        (situation(Intent.PROMOTION, sensitivity=SOBER), (Grade.NOTE, Row.O6)),
        (situation(Intent.CONDOLENCE, touch=Touch.NAME), (Grade.NOTE, Row.O7)),
        (situation(touch=Touch.BOUND, sensitivity=SOBER), (Grade.NOTE, Row.O7)),
    ],
)
def test_every_row_gives_the_grade_it_promises(
    given: Situation, expected: tuple[Grade, Row]
) -> None:
    assert judge(given) == Judgement(*expected)


@pytest.mark.parametrize(
    "given",
    [
        situation(Intent.SERVICE),
        situation(Intent.SERVICE, Intent.CHEERFUL),
        situation(Intent.SERVICE, touch=Touch.NAME),
        situation(Intent.CONDOLENCE, Intent.CHEERFUL),
        situation(Intent.PROMOTION, strength=Strength.ALSO),
        situation(Intent.HUMOUR, strength=Strength.DISTANT),
        situation(Intent.PROMOTION, relation=Relation.ADJACENT),
        situation(Intent.PROMOTION, sensitivity=AVOID),
        situation(Intent.PROMOTION, touch=Touch.BOUND, relation=Relation.LEAD_UP),
        situation(Intent.PROMOTION, touch=Touch.WORD, strength=Strength.ALSO, sensitivity=AVOID),
        situation(touch=Touch.NAME, relation=Relation.OTHER),
        situation(Intent.PRICE),
        situation(Intent.PRICE, Intent.SERVICE, touch=Touch.NAME),
    ],
)
def test_what_nobody_would_mind_passes(given: Situation) -> None:
    assert judge(given) is None


def test_an_offer_on_a_worldwide_known_day_is_at_most_a_note_elsewhere() -> None:
    assert grade_of(judge(situation(Intent.HUMOUR, strength=Strength.ALSO))) is Grade.NOTE


def test_where_everybody_sells_with_the_name_only_a_sober_day_asks_for_a_look() -> None:
    sells = situation(Intent.PROMOTION, touch=Touch.NAME, customary=(Custom.PROMOTION,))
    assert grade_of(judge(replace(sells, sensitivity=SOBER))) is Grade.REVIEW
    assert judge(replace(sells, sensitivity=AVOID)) is None


def test_the_custom_to_sell_is_no_custom_to_joke() -> None:
    jokes = situation(
        Intent.PROMOTION,
        Intent.HUMOUR,
        touch=Touch.NAME,
        sensitivity=SOBER,
        customary=(Custom.PROMOTION,),
    )
    assert grade_of(judge(jokes)) is Grade.BLOCK


def test_where_people_wish_each_other_a_happy_day_cheer_passes() -> None:
    cheers = situation(
        Intent.CHEERFUL, touch=Touch.NAME, sensitivity=SOBER, customary=(Custom.GREETING,)
    )
    assert judge(cheers) is None


def test_raising_money_for_the_stricken_is_one_step_milder() -> None:
    sells = situation(Intent.PROMOTION, Intent.RELIEF, touch=Touch.NAME)
    assert grade_of(judge(sells)) is Grade.REVIEW


def test_a_severer_day_is_never_judged_milder(grid: Mapping[Situation, Grade]) -> None:
    for given, grade in grid.items():
        for milder in tuple(Sensitivity)[: given.sensitivity.rank]:
            assert grid[replace(given, sensitivity=milder)] <= grade, given


def test_a_weaker_tie_is_never_judged_stricter(grid: Mapping[Situation, Grade]) -> None:
    for given, grade in grid.items():
        for weaker in tuple(Strength)[given.strength.steps + 1 :]:
            assert grid[replace(given, strength=weaker)] <= grade, given


def test_a_moment_further_away_is_never_judged_stricter(grid: Mapping[Situation, Grade]) -> None:
    relations = tuple(Relation)
    for given, grade in grid.items():
        for further in relations[relations.index(given.relation) + 1 :]:
            assert grid[replace(given, relation=further)] <= grade, given


def test_general_knowledge_never_blocks_and_never_adds(grid: Mapping[Situation, Grade]) -> None:
    for given, grade in grid.items():
        known = grade_of(judge(replace(given, evidence=Evidence.KNOWN)))
        assert known == min(grade, Grade.REVIEW), given


def test_a_joke_on_top_never_makes_it_better(grid: Mapping[Situation, Grade]) -> None:
    for given, grade in grid.items():
        joking = replace(given, intents=given.intents | {Intent.HUMOUR})
        assert grade_of(judge(joking)) >= grade, given


def test_a_post_that_is_not_loud_is_never_more_than_a_note(grid: Mapping[Situation, Grade]) -> None:
    for given, grade in grid.items():
        if not given.loud and not given.prices:
            assert grade <= Grade.NOTE, given


def test_an_untouched_day_stops_only_jokes_on_the_day_itself(
    grid: Mapping[Situation, Grade],
) -> None:
    blocked = [
        given for given, grade in grid.items() if given.touch is Touch.NONE and grade is Grade.BLOCK
    ]
    assert blocked
    assert all(
        given.jokes
        and given.relation is Relation.DAY
        and given.strength is Strength.FULL
        and given.sensitivity is SILENT
        for given in blocked
    )

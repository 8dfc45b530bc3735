"""The decision table for incidents: single cells by name, and what must hold over the grid."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise, product

import pytest

from postlint.events.grading import Grade, Intent
from postlint.events.incident_phases import Phase
from postlint.events.incident_sensitivity import Clash, Judgement, Row, Situation, judge
from postlint.events.overlap import Overlap

PROMOTION, PRICE, HUMOUR, CHEERFUL, CONDOLENCE, SERVICE, RELIEF = Intent
ACUTE, FRESH, TAIL, OVER = Phase
STRONG, WEAK, NONE = Overlap
NOTE, REVIEW, BLOCK = Grade.NOTE, Grade.REVIEW, Grade.BLOCK

SITUATION = Situation(
    withdrawn=False,
    phase=ACUTE,
    mourning=False,
    funeral=False,
    severity=3,
    overlap=STRONG,
    struck=False,
    mentions=False,
    clash=Clash.NONE,
    product=False,
    soft=False,
    queued=False,
    intents=frozenset(),
)


def situation(*intents: Intent, **changes: object) -> Situation:
    return replace(SITUATION, intents=frozenset(intents), **changes)  # type: ignore[arg-type]


def grade_of(found: Situation) -> Grade:
    # Past the cache, which would keep the whole grid.
    judgement = judge.__wrapped__(found)
    return judgement.grade if judgement else Grade.PASS


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (situation(HUMOUR, withdrawn=True, mentions=True), None),
        (situation(HUMOUR, phase=OVER, mentions=True), None),
        (situation(struck=True), (BLOCK, Row.I2)),
        (situation(SERVICE, struck=True), None),
        (situation(PROMOTION, mentions=True, overlap=NONE), (BLOCK, Row.I3)),
        (situation(mentions=True, product=True), (BLOCK, Row.I3)),
        (situation(PROMOTION, mentions=True, overlap=NONE, phase=TAIL), (REVIEW, Row.I3)),
        (situation(PROMOTION, mentions=True, phase=TAIL), (BLOCK, Row.I3)),
        # Sympathy with an offer speaks of the event without its name.
        (situation(CONDOLENCE, PROMOTION), (BLOCK, Row.I3)),
        # Help, and the offer beside a notice, are for a person to judge.
        (situation(PROMOTION, RELIEF, mentions=True), (REVIEW, Row.I3)),
        (situation(PROMOTION, SERVICE, mentions=True), (REVIEW, Row.I3)),
        (situation(CHEERFUL, clash=Clash.BOUND, overlap=WEAK), (BLOCK, Row.I4)),
        (situation(CHEERFUL, clash=Clash.GENERIC, phase=FRESH), (BLOCK, Row.I4)),
        (situation(CHEERFUL, clash=Clash.GENERIC, overlap=WEAK), (REVIEW, Row.I4)),
        (situation(clash=Clash.GENERIC), (REVIEW, Row.I4)),
        (situation(clash=Clash.BOUND, overlap=WEAK), (REVIEW, Row.I4)),
        # An everyday word, said quietly, far away.
        (situation(clash=Clash.GENERIC, overlap=WEAK), (NOTE, Row.I4)),
        # Notices and condolences mean the word itself.
        (situation(CONDOLENCE, clash=Clash.GENERIC), (NOTE, Row.I10)),
        (situation(SERVICE, clash=Clash.GENERIC), None),
        (situation(PROMOTION, clash=Clash.GENERIC, phase=TAIL), (REVIEW, Row.I5)),
        (situation(clash=Clash.GENERIC, phase=TAIL), (NOTE, Row.I5)),
        (situation(PROMOTION, clash=Clash.BOUND, overlap=NONE), (NOTE, Row.I6)),
        (situation(PROMOTION, clash=Clash.GENERIC, overlap=NONE), None),
        (situation(SERVICE), None),
        (situation(SERVICE, queued=True), (NOTE, Row.I7)),
        (situation(SERVICE, CHEERFUL), None),
        (situation(PROMOTION, phase=FRESH, mourning=True, funeral=True), (BLOCK, Row.I8)),
        (situation(HUMOUR), (BLOCK, Row.I9)),
        (situation(HUMOUR, severity=1), (REVIEW, Row.I9)),
        (situation(PROMOTION), (BLOCK, Row.I9)),
        (situation(CHEERFUL, severity=4), (BLOCK, Row.I9)),
        (situation(PROMOTION, severity=2), (REVIEW, Row.I9)),
        (situation(PROMOTION, severity=1), (NOTE, Row.I9)),
        (situation(PROMOTION, soft=True), (REVIEW, Row.I9)),
        (situation(CONDOLENCE), (NOTE, Row.I10)),
        (situation(CONDOLENCE, CHEERFUL), (NOTE, Row.I10)),
        (situation(), (NOTE, Row.I11)),
        (situation(queued=True), (REVIEW, Row.I11)),
        (situation(queued=True, severity=2), (NOTE, Row.I11)),
        (situation(HUMOUR, overlap=WEAK), (REVIEW, Row.I12)),
        (situation(PROMOTION, overlap=WEAK, severity=4, queued=True), (REVIEW, Row.I12)),
        (situation(PROMOTION, overlap=WEAK), (NOTE, Row.I12)),
        (situation(overlap=WEAK), None),
        (situation(HUMOUR, phase=FRESH), (REVIEW, Row.I13)),
        (situation(HUMOUR, phase=FRESH, severity=4), (BLOCK, Row.I13)),
        (situation(HUMOUR, phase=FRESH, severity=2, mourning=True), (BLOCK, Row.I13)),
        (situation(PROMOTION, phase=FRESH), (NOTE, Row.I13)),
        (situation(PROMOTION, phase=FRESH, queued=True), (REVIEW, Row.I13)),
        (situation(PROMOTION, phase=FRESH, mourning=True), (REVIEW, Row.I13)),
        (situation(PROMOTION, phase=FRESH, severity=4), (REVIEW, Row.I13)),
        (situation(HUMOUR, phase=FRESH, overlap=WEAK), (NOTE, Row.I14)),
        (situation(PROMOTION, phase=FRESH, overlap=WEAK), None),
        (situation(phase=FRESH), None),
        (situation(PROMOTION, phase=TAIL), None),
        (situation(HUMOUR, overlap=NONE), None),
    ],
)
def test_a_cell_of_the_table(given: Situation, expected: tuple[Grade, Row] | None) -> None:
    assert judge(given) == (Judgement(*expected) if expected else None)


MOODS = [
    (frozenset(intents), soft)
    for intents in (
        (),
        (PROMOTION,),
        (HUMOUR,),
        (CHEERFUL,),
        (CONDOLENCE,),
        (SERVICE,),
        (RELIEF,),
        (PROMOTION, SERVICE),
        (PROMOTION, CONDOLENCE),
        (PROMOTION, RELIEF),
        (PROMOTION, HUMOUR),
        (HUMOUR, SERVICE),
        (CHEERFUL, CONDOLENCE),
    )
    for soft in ([False, True] if PROMOTION in intents else [False])
]
SOLEMNITY = [(False, False), (True, False), (True, True)]
SEVERITIES = (1, 2, 3, 4)
BOTH = (False, True)
AXES = (Phase, SOLEMNITY, SEVERITIES, Overlap, BOTH, Clash, BOTH, BOTH, MOODS)
MILD_TO_STRICT = (
    (OVER, TAIL, FRESH, ACUTE),
    SOLEMNITY,
    SEVERITIES,
    (NONE, WEAK, STRONG),
    BOTH,
    None,  # a metaphor changes the row, and with it what a good purpose excuses
    BOTH,
    BOTH,
)
"""In which order the values of an axis may never become milder."""

Grid = Mapping[tuple[object, ...], Grade]


@pytest.fixture(scope="module")
def grid() -> Grid:
    """The grade of every situation of an account that is not struck itself."""
    graded = {}
    for cell in product(*AXES):
        phase, (mourning, funeral), severity, overlap, mentions, clash, shows, queued, mood = cell
        graded[cell] = grade_of(
            Situation(
                withdrawn=False,
                phase=phase,
                mourning=mourning,
                funeral=funeral,
                severity=severity,
                overlap=overlap,
                struck=False,
                mentions=mentions,
                clash=clash,
                product=shows,
                soft=mood[1],
                queued=queued,
                intents=mood[0],
            )
        )
    return graded


@pytest.mark.parametrize(
    "axis", [axis for axis, order in enumerate(MILD_TO_STRICT) if order is not None]
)
def test_more_of_anything_is_never_milder(grid: Grid, axis: int) -> None:
    order = MILD_TO_STRICT[axis]
    assert order is not None
    stricter = dict(pairwise(order))  # type: ignore[call-overload]
    broken = [
        cell
        for cell, grade in grid.items()
        if cell[axis] in stricter
        and grid[(*cell[:axis], stricter[cell[axis]], *cell[axis + 1 :])] < grade
    ]
    assert broken == []


def test_service_information_always_passes(grid: Grid) -> None:
    notices = [grade for cell, grade in grid.items() if cell[-1] == (frozenset({SERVICE}), False)]
    assert set(notices) == {Grade.PASS, Grade.NOTE}


def test_sympathy_alone_is_never_stopped(grid: Grid) -> None:
    condolences = {
        grade
        for cell, grade in grid.items()
        if cell[-1] == (frozenset({CONDOLENCE}), False) and not cell[6]  # shows no product
    }
    assert max(condolences) <= Grade.REVIEW


def test_nothing_is_said_once_it_is_over(grid: Grid) -> None:
    assert {grade for cell, grade in grid.items() if cell[0] is OVER} == {Grade.PASS}


def test_cancelling_withdraws_everything() -> None:
    for phase, overlap, clash, (intents, _) in product(Phase, Overlap, Clash, MOODS):
        cancelled = situation(
            *intents,
            withdrawn=True,
            phase=phase,
            overlap=overlap,
            clash=clash,
            mentions=True,
            struck=True,
            severity=4,
        )
        assert judge(cancelled) is None


def test_an_account_that_is_struck_may_only_serve() -> None:
    for phase, overlap, (intents, _) in product((ACUTE, FRESH, TAIL), Overlap, MOODS):
        struck = situation(*intents, struck=True, phase=phase, overlap=overlap)
        expected = Grade.PASS if intents == {SERVICE} else Grade.BLOCK
        assert grade_of(struck) is expected

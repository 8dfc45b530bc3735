"""The decision table for observances: what a post may do, and how near to the day.

Every row is a small function that grades a situation; the strictest row counts.
Where the table errs, it errs towards silence: a day that the audience merely knows
of, or the day before, never stops a post that does not touch it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from postlint.events.audience import Strength
from postlint.events.calendar import Relation
from postlint.events.grading import MITIGATING, QUIET, Grade, Intent
from postlint.events.observance import Custom, Evidence, Sensitivity


class Touch(StrEnum):
    """How the text touches the day, from calling it by name to not at all."""

    NAME = "name"
    BOUND = "bound"
    """A phrase that near the date can hardly mean anything else."""
    PRICE = "price"
    """The date written as a price."""
    PHRASE = "phrase"
    """Several everyday words that turn into a pun on the day."""
    WORD = "word"
    """One such word."""
    THEME = "theme"
    """What the day is about."""
    NONE = "none"


class Row(StrEnum):
    """The rows of the table."""

    O1 = "O1"
    """Names the day and sells or jokes."""
    O2 = "O2"
    """Names the day and is cheerful."""
    O3 = "O3"
    """Says something that reads as a play on the day."""
    O4 = "O4"
    """Is loud about what the day is about."""
    O5 = "O5"
    """Is loud on a day for tribute and service only."""
    O6 = "O6"
    """Is loud on a sober day."""
    O7 = "O7"
    """Speaks of the day without being loud."""


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything that the table looks at: one observance, one post, one way they touch."""

    sensitivity: Sensitivity
    customary: tuple[Custom, ...]
    evidence: Evidence
    relation: Relation
    strength: Strength
    touch: Touch
    intents: frozenset[Intent]

    @property
    def level(self) -> Sensitivity:
        """The sensitivity as it reaches the audience."""
        return self.sensitivity.weakened(self.strength.steps)

    @property
    def jokes(self) -> bool:
        return Intent.HUMOUR in self.intents

    @property
    def sells_or_jokes(self) -> bool:
        return self.jokes or Intent.PROMOTION in self.intents

    @property
    def prices(self) -> bool:
        """Names a price, other than as a donation, a fee or a loss."""
        return Intent.PRICE in self.intents and not self.intents & (QUIET | MITIGATING)

    @property
    def cheers(self) -> bool:
        """Cheerful where that is neither the custom nor the warmth of a tribute or a notice."""
        excused = Custom.GREETING in self.customary or self.intents & QUIET
        return Intent.CHEERFUL in self.intents and not excused

    @property
    def loud(self) -> bool:
        return self.sells_or_jokes or self.cheers

    @property
    def severe(self) -> bool:
        """Whether the day asks for more than to keep off its themes."""
        return self.level is not Sensitivity.AVOID_THEME


@dataclass(frozen=True, slots=True)
class Judgement:
    """The strictest grade and the row that gave it."""

    grade: Grade
    row: Row


@lru_cache(maxsize=8192)  # the same situations recur in every post of an hour
def judge(situation: Situation) -> Judgement | None:
    """The strictest row for this situation, the first among equals; None when all is well."""
    strictest: Judgement | None = None
    for row, grade_of in _ROWS.items():
        grade = grade_of(situation)
        if situation.intents & MITIGATING:
            grade = grade.lowered(1)
        if situation.evidence is Evidence.KNOWN:
            grade = min(grade, Grade.REVIEW)
        if grade > (strictest.grade if strictest else Grade.PASS):
            strictest = Judgement(grade, row)
    return strictest


_FAR = 3
"""Steps that leave nothing of any grade."""
_TOUCHED = {Relation.DAY: 0, Relation.UNCERTAIN: 1, Relation.ADJACENT: 1}
_UNTOUCHED = {Relation.DAY: 0, Relation.UNCERTAIN: 1, Relation.ADJACENT: 2}
"""Steps by which distance lowers a grade. A post that does not even touch the day is hardly
wrong on the one before it."""

_NAMED = {
    Relation.DAY: (Grade.BLOCK, Grade.BLOCK),
    Relation.UNCERTAIN: (Grade.BLOCK, Grade.BLOCK),
    Relation.ADJACENT: (Grade.BLOCK, Grade.BLOCK),
    Relation.LEAD_UP: (Grade.REVIEW, Grade.BLOCK),
    Relation.OTHER: (Grade.REVIEW, Grade.REVIEW),
}
_NAMED_BY_CUSTOM = {
    Relation.DAY: (Grade.PASS, Grade.REVIEW),
    Relation.UNCERTAIN: (Grade.PASS, Grade.REVIEW),
    Relation.ADJACENT: (Grade.PASS, Grade.REVIEW),
    Relation.LEAD_UP: (Grade.PASS, Grade.NOTE),
    Relation.OTHER: (Grade.PASS, Grade.PASS),
}
"""O1: (avoid_theme, severer). Where everybody sells with the day's name, only a severer day
asks for a second look."""

_CLASH = {
    (Touch.BOUND, Strength.FULL): (Grade.REVIEW, Grade.BLOCK),
    (Touch.BOUND, Strength.ALSO): (Grade.REVIEW, Grade.REVIEW),
    (Touch.BOUND, Strength.DISTANT): (Grade.NOTE, Grade.NOTE),
    (Touch.PRICE, Strength.FULL): (Grade.NOTE, Grade.REVIEW),
    (Touch.PHRASE, Strength.FULL): (Grade.REVIEW, Grade.REVIEW),
    (Touch.PHRASE, Strength.ALSO): (Grade.NOTE, Grade.NOTE),
    (Touch.WORD, Strength.FULL): (Grade.NOTE, Grade.REVIEW),
}
"""O3 for a loud post: (avoid_theme, severer)."""

_SOBER = {Strength.FULL: (Grade.NOTE, Grade.REVIEW), Strength.ALSO: (Grade.PASS, Grade.NOTE)}
"""O6: (promotion or cheer, humour)."""


def _names_it_and_sells(situation: Situation) -> Grade:
    if situation.touch is not Touch.NAME or not (situation.sells_or_jokes or situation.prices):
        return Grade.PASS
    # To sell may be the custom of a severe day, to joke is not.
    customary = Custom.PROMOTION in situation.customary and not (
        situation.jokes and situation.severe
    )
    table = _NAMED_BY_CUSTOM if customary else _NAMED
    grade = table[situation.relation][situation.severe]
    return grade if situation.sells_or_jokes else grade.lowered(1)  # a price may be no offer


def _names_it_and_cheers(situation: Situation) -> Grade:
    if situation.touch is not Touch.NAME or not situation.cheers:
        return Grade.PASS
    return Grade.REVIEW.lowered(_TOUCHED.get(situation.relation, _FAR))


def _plays_on_it(situation: Situation) -> Grade:
    grade = Grade.PASS
    if situation.loud or situation.prices:
        grades = _CLASH.get((situation.touch, situation.strength), (Grade.PASS, Grade.PASS))
        grade = grades[situation.severe]
        if not situation.sells_or_jokes:
            grade = min(grade, Grade.REVIEW)  # cheer or a price alone stops no post
    elif situation.touch is Touch.PHRASE and situation.strength is Strength.FULL:
        grade = Grade.NOTE
    return grade.lowered(_TOUCHED.get(situation.relation, _FAR))


def _touches_its_theme(situation: Situation) -> Grade:
    if (
        situation.touch is not Touch.THEME
        or not situation.loud
        or situation.strength is not Strength.FULL
    ):
        return Grade.PASS
    # A theme is one everyday word: alone it is no ground to stop sober business.
    grade = Grade.REVIEW if situation.level is Sensitivity.NO_PROMO else Grade.NOTE
    return grade.lowered(_TOUCHED.get(situation.relation, _FAR))


def _is_loud_on_a_silent_day(situation: Situation) -> Grade:
    if situation.level is not Sensitivity.NO_PROMO or not situation.loud:
        return Grade.PASS
    grade = Grade.BLOCK if situation.jokes else Grade.REVIEW
    return grade.lowered(_UNTOUCHED.get(situation.relation, _FAR))


def _is_loud_on_a_sober_day(situation: Situation) -> Grade:
    if situation.level is not Sensitivity.NO_HUMOUR or not situation.loud:
        return Grade.PASS
    grade = _SOBER[situation.strength][situation.jokes]
    return grade.lowered(_UNTOUCHED.get(situation.relation, _FAR))


def _speaks_of_it(situation: Situation) -> Grade:
    if (
        situation.touch not in (Touch.NAME, Touch.BOUND)
        or situation.loud
        or Intent.SERVICE in situation.intents
        or not situation.severe
        or situation.customary
    ):
        return Grade.PASS
    return Grade.NOTE.lowered(_TOUCHED.get(situation.relation, _FAR))


_ROWS: dict[Row, Callable[[Situation], Grade]] = {
    Row.O1: _names_it_and_sells,
    Row.O2: _names_it_and_cheers,
    Row.O3: _plays_on_it,
    Row.O4: _touches_its_theme,
    Row.O5: _is_loud_on_a_silent_day,
    Row.O6: _is_loud_on_a_sober_day,
    Row.O7: _speaks_of_it,
}

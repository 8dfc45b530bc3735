"""The decision table for incidents: what a post may do while an event is on people's minds.

Every row grades a situation or does not apply; the first that applies counts. Where the table
errs, it errs towards silence: an everyday word is no play on an event far away.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from postlint.events.grading import MITIGATING, QUIET, Grade, Intent
from postlint.events.incident_phases import Phase
from postlint.events.overlap import Overlap


class Clash(StrEnum):
    """How the words of a post sound beside an event of this kind."""

    BOUND = "bound"
    """A phrase that reads as a joke about it."""
    GENERIC = "generic"
    """An everyday word that can be read so."""
    NONE = "none"


class Row(StrEnum):
    """The rows of the table under which something is said; I0, I1 and I15 say nothing."""

    I2 = "I2"
    """The account belongs to the dead or stricken."""
    I3 = "I3"
    """Sells or jokes with the event."""
    I4 = "I4"
    """Reads as a play on it."""
    I5 = "I5"
    """Recalls it, weeks later."""
    I6 = "I6"
    """Reads as a play on what happened elsewhere."""
    I7 = "I7"
    """Service information from before."""
    I8 = "I8"
    """Is loud on the day of the funeral."""
    I9 = "I9"
    """Is loud while it goes on."""
    I10 = "I10"
    """Condoles."""
    I11 = "I11"
    """Nobody has looked at it since."""
    I12 = "I12"
    """Is loud while a part of the audience watches."""
    I13 = "I13"
    """Is loud too soon."""
    I14 = "I14"
    """Jokes while others mourn."""


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything that the table looks at: one incident, one post.

    withdrawn: the incident is cancelled. struck: the account is the stricken one's own.
    mentions: the post names the event. product: it shows one. soft: it pushes something without
    unmistakable selling. queued: it was written before.
    """

    withdrawn: bool
    phase: Phase
    mourning: bool
    funeral: bool
    severity: int
    overlap: Overlap
    struck: bool
    mentions: bool
    clash: Clash
    product: bool
    soft: bool
    queued: bool
    intents: frozenset[Intent]

    @property
    def jokes(self) -> bool:
        return Intent.HUMOUR in self.intents

    @property
    def sells_or_jokes(self) -> bool:
        return self.jokes or Intent.PROMOTION in self.intents

    @property
    def loud(self) -> bool:
        """Sells, jokes or cheers; warmth of a tribute or a notice is no cheer."""
        cheers = Intent.CHEERFUL in self.intents and not self.intents & QUIET
        return self.sells_or_jokes or cheers

    @property
    def speaks_of_it(self) -> bool:
        """Names the event; or condoles where and while nobody could mean another."""
        condoles = Intent.CONDOLENCE in self.intents and self.sells_or_jokes
        return self.mentions or (condoles and self.current and self.strong)

    @property
    def serves(self) -> bool:
        """Service information, and nothing to sell or laugh about beside it."""
        return Intent.SERVICE in self.intents and not self.sells_or_jokes

    @property
    def shows_product(self) -> bool:
        """Shows or prices one, other than in a notice or to help."""
        prices = Intent.PRICE in self.intents
        return (self.product or prices) and not self.intents & MITIGATING

    @property
    def plays(self) -> bool:
        """Whether its words clash: notices and condolences mean them literally."""
        return self.clash is not Clash.NONE and (self.loud or not self.intents & QUIET)

    @property
    def strong(self) -> bool:
        return self.overlap is Overlap.STRONG

    @property
    def current(self) -> bool:
        """Acute or fresh."""
        return self.phase in (Phase.ACUTE, Phase.FRESH)

    @property
    def grave(self) -> bool:
        """National news or more."""
        return self.severity >= 3


@dataclass(frozen=True, slots=True)
class Judgement:
    """The grade and the row that gave it."""

    grade: Grade
    row: Row


@lru_cache(maxsize=8192)  # the same situations recur in every post of an hour
def judge(situation: Situation) -> Judgement | None:
    """The first row that applies to this situation; None when all is well."""
    if situation.withdrawn or situation.phase is Phase.OVER:
        return None  # I0, I1
    for row, grade_of in _ROWS.items():
        grade = grade_of(situation)
        if grade is None:
            continue
        if row not in _UNCONDITIONAL and situation.intents & MITIGATING:
            grade = grade.lowered(1)
        return Judgement(grade, row) if grade is not Grade.PASS else None
    return None  # I15


_UNCONDITIONAL = frozenset({Row.I2, Row.I7, Row.I10, Row.I11})
"""Rows that a good purpose does not soften."""

_ACUTE = {1: Grade.NOTE, 2: Grade.REVIEW, 3: Grade.BLOCK, 4: Grade.BLOCK}
"""I9 for promotion and cheer, by severity."""


def _is_struck(situation: Situation) -> Grade | None:
    return Grade.BLOCK if situation.struck and not situation.serves else None


def _sells_with_it(situation: Situation) -> Grade | None:
    if not situation.speaks_of_it or situation.serves:
        return None
    if not situation.loud and not situation.shows_product:
        return None
    distant = situation.phase is Phase.TAIL and situation.overlap is Overlap.NONE
    return Grade.REVIEW if distant else Grade.BLOCK


def _plays_on_it(situation: Situation) -> Grade | None:
    if not situation.plays or not situation.current or situation.overlap is Overlap.NONE:
        return None
    generic_and_weak = situation.clash is Clash.GENERIC and not situation.strong
    if situation.loud:
        return Grade.REVIEW if generic_and_weak else Grade.BLOCK
    return Grade.NOTE if generic_and_weak else Grade.REVIEW


def _recalls_it(situation: Situation) -> Grade | None:
    if not situation.plays or situation.phase is not Phase.TAIL or not situation.strong:
        return None
    return Grade.REVIEW if situation.loud else Grade.NOTE


def _plays_from_afar(situation: Situation) -> Grade | None:
    bound = situation.clash is Clash.BOUND
    afar = situation.overlap is Overlap.NONE or not situation.current
    return Grade.NOTE if situation.plays and bound and afar and situation.loud else None


def _serves(situation: Situation) -> Grade | None:
    if not situation.serves:
        return None
    stale = situation.queued and situation.phase is Phase.ACUTE and situation.strong
    return Grade.NOTE if stale else Grade.PASS


def _is_loud_at_the_funeral(situation: Situation) -> Grade | None:
    return Grade.BLOCK if situation.funeral and situation.strong and situation.loud else None


def _is_loud_while_it_goes_on(situation: Situation) -> Grade | None:
    if situation.phase is not Phase.ACUTE or not situation.strong or not situation.loud:
        return None
    if situation.jokes:
        return Grade.BLOCK if situation.severity > 1 or situation.mourning else Grade.REVIEW
    grade = max(_ACUTE[situation.severity], Grade.REVIEW if situation.mourning else Grade.PASS)
    return min(grade, Grade.REVIEW) if situation.soft else grade


def _condoles(situation: Situation) -> Grade | None:
    applies = situation.phase is Phase.ACUTE and situation.strong
    return Grade.NOTE if applies and Intent.CONDOLENCE in situation.intents else None


def _was_not_looked_at(situation: Situation) -> Grade | None:
    if situation.phase is not Phase.ACUTE or not situation.strong:
        return None
    return Grade.REVIEW if situation.grave and situation.queued else Grade.NOTE


def _is_loud_elsewhere(situation: Situation) -> Grade | None:
    if situation.phase is not Phase.ACUTE or situation.overlap is not Overlap.WEAK:
        return None
    if not situation.loud:
        return None
    sells = Intent.PROMOTION in situation.intents
    stale = sells and situation.queued and situation.severity == 4
    return Grade.REVIEW if situation.jokes or stale else Grade.NOTE


def _is_loud_too_soon(situation: Situation) -> Grade | None:
    if situation.phase is not Phase.FRESH or not situation.strong or not situation.loud:
        return None
    solemn = situation.severity == 4 or situation.mourning
    if situation.jokes:
        return Grade.BLOCK if solemn else Grade.REVIEW
    stale = situation.severity == 3 and situation.queued
    return Grade.REVIEW if solemn or stale else Grade.NOTE


def _jokes_while_others_mourn(situation: Situation) -> Grade | None:
    applies = situation.phase is Phase.FRESH and situation.overlap is Overlap.WEAK
    return Grade.NOTE if applies and situation.jokes else None


_ROWS: dict[Row, Callable[[Situation], Grade | None]] = {
    Row.I2: _is_struck,
    Row.I3: _sells_with_it,
    Row.I4: _plays_on_it,
    Row.I5: _recalls_it,
    Row.I6: _plays_from_afar,
    Row.I7: _serves,
    Row.I8: _is_loud_at_the_funeral,
    Row.I9: _is_loud_while_it_goes_on,
    Row.I10: _condoles,
    Row.I11: _was_not_looked_at,
    Row.I12: _is_loud_elsewhere,
    Row.I13: _is_loud_too_soon,
    Row.I14: _jokes_while_others_mourn,
}

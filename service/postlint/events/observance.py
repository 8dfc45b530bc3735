"""An observance: a sensitive day that a calendar rule brings back."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from postlint.events.rules import DateRule, parse_rule
from postlint.events.zones import EVERYWHERE
from postlint.finding import Frozen
from postlint.regions import is_region

EUROPEAN_UNION = "EU"
"""Stands for the member states in a list of regions."""


class Sensitivity(StrEnum):
    """How a brand should behave on the day, from mild to severe."""

    AVOID_THEME = "avoid_theme"
    """Only a post that touches the day's themes or phrases is out of place."""
    NO_HUMOUR = "no_humour"
    """Sober business is fine; jokes and party tone are not."""
    NO_PROMO = "no_promo"
    """Tribute and service only."""

    @property
    def rank(self) -> int:
        """0 for the mildest, 2 for the severest."""
        return _MILD_TO_SEVERE.index(self)

    def weakened(self, steps: int) -> "Sensitivity":
        """So many steps milder, never milder than avoid_theme."""
        return _MILD_TO_SEVERE[max(self.rank - steps, 0)]


_MILD_TO_SEVERE = tuple(Sensitivity)


class Evidence(StrEnum):
    """What the entry rests on; what is only general knowledge may never block."""

    PAGE = "page"
    LIB = "lib"
    KNOWN = "known"
    OWN = "own"
    """A team's own word, in its own calendar."""


class Custom(StrEnum):
    """What is ordinary on the day although it is a sensitive one."""

    PROMOTION = "promotion"
    """Shops name the day in offers, and nobody minds (Mother's Day)."""
    GREETING = "greeting"
    """People wish each other a happy one (Juneteenth)."""


def _check_region(value: str) -> str:
    if value not in (EVERYWHERE, EUROPEAN_UNION) and not is_region(value):
        raise ValueError(f"{value!r} is no ISO 3166 code; '*' and 'EU' are allowed too")
    return value


Region = Annotated[str, AfterValidator(_check_region)]
Identifier = Annotated[str, Field(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$", max_length=60)]
Phrase = Annotated[str, Field(min_length=1, max_length=120, pattern=r"\S")]


def _read_rule(value: object) -> object:
    return parse_rule(value) if isinstance(value, str) else value


Rule = Annotated[DateRule, BeforeValidator(_read_rule)]


class Observance(Frozen):
    """One sensitive day, as written in rules/calendar/observances; its README has the words.

    span: first and last day relative to the rule's date. starts: local time at which
    the day begins, or "sunset" of the evening before. tolerance: days on either side
    that may be the day as well. regions, also: ISO 3166 codes, "*", "EU". since,
    until: years in which it is kept. groups: who is hurt, where the kind does not say.
    """

    id: Identifier
    name: Annotated[str, Field(min_length=3, max_length=160)]
    names: Annotated[tuple[Phrase, ...], Field(min_length=1)]
    rule: Rule
    span: tuple[Annotated[int, Field(ge=-40, le=0)], Annotated[int, Field(ge=0, le=40)]] = (0, 0)
    starts: Literal["sunset"] | time = time(0)
    tolerance: Annotated[int, Field(ge=0, le=7)] = 0
    regions: tuple[Region, ...]
    also: tuple[Region, ...] = ()
    kind: Identifier
    since: Annotated[int, Field(ge=1, le=2100)]
    until: Annotated[int, Field(le=2100)] | None = None
    sensitivity: Sensitivity
    customary: tuple[Custom, ...] = ()
    groups: tuple[str, ...] = ()
    themes: tuple[Phrase, ...] = ()
    bound: tuple[Phrase, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    half_mast: str | None = None
    source: Annotated[str, Field(pattern=r"^https?://\S+$")] | None = None
    evidence: Evidence
    lib: Annotated[str, Field(pattern=r"^[A-Z]{2}:.+$")] | None = None

    @model_validator(mode="after")
    def _is_kept_somewhere_and_sometime(self) -> "Observance":
        if not self.regions and not self.also:
            raise ValueError("name at least one region under 'regions' or 'also'")
        if self.until is not None and self.until < self.since:
            raise ValueError(f"until: must not be before since ({self.since})")
        if self.source is None and self.evidence is not Evidence.OWN:
            raise ValueError("source: name a page, or say 'evidence: own'")
        return self

    def days(self, year: int) -> Iterator[tuple[date, date]]:
        """First and last day of each time that its rule dates to this Gregorian year."""
        if year < self.since or (self.until is not None and year > self.until):
            return
        first, last = self.span
        for day in self.rule.dates(year):
            yield day + timedelta(days=first), day + timedelta(days=last)

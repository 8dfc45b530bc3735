"""How much an observance concerns an audience."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from enum import StrEnum

from postlint.events.observance import EUROPEAN_UNION, Observance
from postlint.events.zones import EVERYWHERE
from postlint.regions import country_of

_MEMBERS = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
MEMBER_STATES = frozenset(_MEMBERS.split())
"""Members of the European Union since February 2020."""


class Strength(StrEnum):
    """How much of the sensitivity reaches the audience, from full to faint."""

    FULL = "full"
    """The day is the audience's own."""
    ALSO = "also"
    """Known to it, or kept in a part of it: one step milder."""
    DISTANT = "distant"
    """Kept by an unknown part of it: two steps milder, and only where the post names it."""

    @property
    def steps(self) -> int:
        """By how many steps the sensitivity is milder."""
        return _FULL_TO_FAINT.index(self)


_FULL_TO_FAINT = tuple(Strength)


def reach(observance: Observance, audience: Collection[str]) -> Mapping[Strength, tuple[str, ...]]:
    """The regions whose clocks count, by how much the observance concerns them.

    audience: ISO 3166 codes; empty means worldwide. Regions that it does not concern
    are left out, so an empty answer means: not this audience's day.
    """
    if not audience:
        return _reach_worldwide((*observance.regions, *observance.also))
    concerned: dict[Strength, list[str]] = defaultdict(list)
    for region in dict.fromkeys(audience):
        strength = _strength(observance, region)
        if strength is not None:
            concerned[strength].append(region)
    return {strength: tuple(regions) for strength, regions in concerned.items()}


def _reach_worldwide(codes: tuple[str, ...]) -> Mapping[Strength, tuple[str, ...]]:
    """The observance's own clocks first, so that they are the ones that a reader is shown."""
    members = sorted(MEMBER_STATES) if EUROPEAN_UNION in codes else ()
    own = (*(code for code in codes if code != EUROPEAN_UNION), *members)
    return {Strength.ALSO if EVERYWHERE in codes else Strength.DISTANT: own}


def _strength(observance: Observance, region: str) -> Strength | None:
    if _covers(observance.regions, region):
        return Strength.FULL
    if _covers(observance.also, region) or _lies_within(observance.regions, region):
        return Strength.ALSO
    return Strength.DISTANT if _lies_within(observance.also, region) else None


def _covers(codes: Collection[str], region: str) -> bool:
    country = country_of(region)
    return (
        region in codes
        or country in codes
        or EVERYWHERE in codes
        or (EUROPEAN_UNION in codes and country in MEMBER_STATES)
    )


def _lies_within(codes: Collection[str], region: str) -> bool:
    """Whether a subdivision of this country is among the codes."""
    return any(country_of(code) == region != code for code in codes)

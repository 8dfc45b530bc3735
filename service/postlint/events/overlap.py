"""How much of an audience an incident reaches."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from postlint.events.geography import line_of, near, neighbours, subdivisions
from postlint.events.incident import Incident
from postlint.events.zones import EVERYWHERE
from postlint.regions import country_of

NATIONAL = 3
"""From this severity on the whole country is hit, and the neighbours look on."""
WORLDWIDE = 4
"""From this severity on everybody has heard of it."""

NEIGHBOURHOOD_KM = 100.0
"""How far from the place of an event its neighbourhood reaches, where nobody says otherwise."""


class Overlap(StrEnum):
    """How the audience is related to the event."""

    STRONG = "strong"
    """It happened among them."""
    WEAK = "weak"
    """They have heard of it, or it may have happened among a part of them."""
    NONE = "none"

    @property
    def steps(self) -> int:
        """0 for strong, 2 for none."""
        return tuple(Overlap).index(self)


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom an incident reaches.

    areas: ISO 3166 codes of where it happened, or "*"; around: subdivisions in its
    neighbourhood; beside: countries that border on its own.
    """

    severity: int
    areas: frozenset[str]
    around: frozenset[str]
    beside: frozenset[str]

    @property
    def countries(self) -> frozenset[str]:
        """Countries of which a part may be reached; with "*" or severity 4 all the others are."""
        return frozenset(map(country_of, self.areas | self.around)) | self.beside

    @property
    def reaches_all(self) -> bool:
        """Whether any audience is reached."""
        return EVERYWHERE in self.areas or self.severity >= WORLDWIDE

    @property
    def reaches_worldwide(self) -> bool:
        """Whether an audience is reached that is the whole world, or unknown."""
        return EVERYWHERE in self.areas or self.severity >= NATIONAL

    def overlap(self, audience: Collection[str]) -> Mapping[Overlap, tuple[str, ...]]:
        """The regions of an audience by how the event reaches them, the strongest first; those
        that it does not reach are left out.

        audience: ISO 3166 codes. Empty means worldwide: the answer then has no regions, either.
        """
        if not audience:
            return {self._worldwide: ()} if self.reaches_worldwide else {}
        met = {region: self._meets(region) for region in audience}
        by_overlap = {
            overlap: tuple(region for region, found in met.items() if found is overlap)
            for overlap in (Overlap.STRONG, Overlap.WEAK)
        }
        return {overlap: regions for overlap, regions in by_overlap.items() if regions}

    @property
    def _worldwide(self) -> Overlap:
        all_hit = EVERYWHERE in self.areas and self.severity >= NATIONAL
        return Overlap.STRONG if all_hit else Overlap.WEAK

    def _meets(self, region: str) -> Overlap:
        if self._is_neighbourhood(region):
            return Overlap.STRONG
        country = country_of(region)
        if EVERYWHERE in self.areas or country in map(country_of, self.areas):
            return Overlap.STRONG if self.severity >= NATIONAL else Overlap.WEAK
        if self.severity >= WORLDWIDE or country in self.beside:
            return Overlap.WEAK
        return Overlap.NONE

    def _is_neighbourhood(self, region: str) -> bool:
        """Whether a subdivision is the event's own, lies in it, holds it or is near to it."""
        if not _is_subdivision(region):
            return False
        return (
            region in self.around
            or any(area in line_of(region) for area in self.areas if _is_subdivision(area))
            or any(region in line_of(area) for area in self.areas)
        )


def reach_of(incident: Incident) -> Reach:
    """Whom an incident reaches; its neighbourhood is that of its coordinates, else of the
    middles of its subdivisions.
    """
    areas = frozenset(incident.regions)
    beside: frozenset[str] = frozenset()
    if incident.severity >= NATIONAL:
        beside = beside.union(*(neighbours().get(country_of(area), ()) for area in areas))
    return Reach(incident.severity, areas, _around(incident), beside)


def _around(incident: Incident) -> frozenset[str]:
    radius = incident.radius_km or NEIGHBOURHOOD_KM
    if incident.latitude is not None and incident.longitude is not None:
        return near(incident.latitude, incident.longitude, radius)
    middles = (subdivisions().get(region) for region in incident.regions)
    return frozenset().union(
        *(near(place.latitude, place.longitude, radius) for place in middles if place is not None)
    )


def _is_subdivision(code: str) -> bool:
    return "-" in code

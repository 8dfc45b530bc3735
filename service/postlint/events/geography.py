"""Where countries and subdivisions lie: who shares a land border, and what is near a point."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from math import asin, cos, radians, sin, sqrt
from types import MappingProxyType
from typing import NamedTuple

from postlint.regions import country_of

_EARTH_KM = 6371.0
"""Mean radius."""
_KM_A_DEGREE = 110.5
"""Least length of a degree of latitude."""


class Subdivision(NamedTuple):
    """An ISO 3166-2 subdivision. part_of: code of the one above it, "" where there is none;
    latitude, longitude: of its middle, in degrees.
    """

    code: str
    part_of: str
    latitude: float
    longitude: float


@cache
def neighbours() -> Mapping[str, frozenset[str]]:
    """By ISO 3166-1 code the countries on the other side of its land borders, where it has any."""
    return MappingProxyType(
        {country: frozenset(others.split(" ")) for country, others in _table("borders.tsv")}
    )


@cache
def subdivisions() -> Mapping[str, Subdivision]:
    """Subdivisions by their code."""
    rows = _table("subdivisions.tsv")
    return MappingProxyType(
        {code: Subdivision(code, above, float(lat), float(lon)) for code, above, lat, lon in rows}
    )


@lru_cache(maxsize=16384)
def line_of(code: str) -> tuple[str, ...]:
    """A region code and all that it lies in, from the smallest: GB-MAN, GB-ENG, GB."""
    place = subdivisions().get(code)
    if place is not None and place.part_of:
        return (code, *line_of(place.part_of))
    country = country_of(code)
    return (code,) if code == country else (code, country)


@lru_cache(maxsize=16384)
def near(latitude: float, longitude: float, radius_km: float) -> frozenset[str]:
    """The subdivisions whose middle lies within a distance of a point."""
    margin = radius_km / _KM_A_DEGREE
    places = _from_south_to_north()
    first = bisect_left(places, latitude - margin, key=_latitude)
    last = bisect_right(places, latitude + margin, key=_latitude)
    return frozenset(
        place.code
        for place in places[first:last]
        if distance_km(latitude, longitude, place.latitude, place.longitude) <= radius_km
    )


def distance_km(latitude: float, longitude: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance of two points given in degrees, by the haversine formula."""
    north, east = radians(other_lat - latitude), radians(other_lon - longitude)
    along = cos(radians(latitude)) * cos(radians(other_lat)) * sin(east / 2) ** 2
    return 2 * _EARTH_KM * asin(min(1.0, sqrt(sin(north / 2) ** 2 + along)))


@cache
def _from_south_to_north() -> tuple[Subdivision, ...]:
    return tuple(sorted(subdivisions().values(), key=_latitude))


def _latitude(place: Subdivision) -> float:
    return place.latitude


def _table(name: str) -> list[list[str]]:
    """The fields of every line of a table beside this module."""
    text = files("postlint.events").joinpath(name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if not line.startswith("#")]

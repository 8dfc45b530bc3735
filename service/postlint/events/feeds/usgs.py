"""Earthquakes as the United States Geological Survey lists them: GeoJSON, public domain.

How bad it is says the PAGER alert, an estimate of deaths and losses some 30 minutes after
the event; magnitude alone says nothing about people.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, Field, ValidationError

from postlint.draft import Instant
from postlint.events.feeds.bulletin import Bulletin, Reading
from postlint.events.feeds.collection import read_collection
from postlint.events.incident import Kind

FEED = "usgs"

_SEVERITY = {"green": 1, "yellow": 2, "orange": 3, "red": 4, None: 1}


class _Point(BaseModel):
    coordinates: Annotated[tuple[float, ...], Field(min_length=2)]
    """Longitude, latitude in degrees, depth in km."""


class _Properties(BaseModel):
    mag: float | None = None
    place: str | None = None
    time: Instant
    """Milliseconds since 1970, as is `updated`."""
    updated: Instant
    alert: Literal["green", "yellow", "orange", "red"] | None = None
    status: str | None = None
    ids: str = ""
    """Every id that any network has given it, as ",us7000abcd,ci123,"."""
    type: str


class _Feature(BaseModel):
    id: str
    properties: _Properties
    geometry: _Point


def read(body: bytes) -> Reading:
    """The earthquakes of a summary feed; explosions and quarry blasts are left out.

    Raises FeedError where it is no GeoJSON.
    """
    found: list[Bulletin] = []
    rejected = 0
    for feature in read_collection(body):
        try:
            parsed = _Feature.model_validate(feature)
        except ValidationError:
            rejected += 1
            continue
        if parsed.properties.type == "earthquake":
            found.append(_bulletin(parsed))
    return Reading(tuple(found), rejected)


def _bulletin(feature: _Feature) -> Bulletin:
    quake = feature.properties
    longitude, latitude = feature.geometry.coordinates[:2]
    names = {feature.id, *filter(None, quake.ids.split(","))}
    size = "" if quake.mag is None else f" of magnitude {quake.mag:.1f}"
    return Bulletin(
        feed=FEED,
        ids=frozenset(f"{FEED}:{name}" for name in names),
        kind=Kind.EARTHQUAKE_COLLAPSE,
        name=f"Earthquake{size}" + (f", {quake.place}" if quake.place else ""),
        place=_town(quake.place or ""),
        severity=_SEVERITY[quake.alert],
        regions=(),
        coordinates=(latitude, longitude),
        starts_at=quake.time,
        # Its entry is revised for weeks, long after the ground has come to rest.
        last_sign=quake.time,
        ends_at=quake.time,
        revision=quake.updated,
        withdrawn=quake.status == "deleted",
    )


def _town(place: str) -> str:
    """ "10 km SSE of Mandalay, Burma (Myanmar)" -> "Mandalay"."""
    return place.rpartition(" of ")[2].partition(",")[0]

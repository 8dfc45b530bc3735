"""Disasters as GDACS alerts to them: RSS of the European Union and the United Nations.

Attribution to the European Union is asked for; docs/feeds.md has the words.
"""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ValidationError

from postlint.draft import Instant
from postlint.events.feeds.bulletin import Bulletin, FeedError, Reading
from postlint.events.feeds.places import from_alpha3, from_names
from postlint.events.feeds.xml import fields, parse
from postlint.events.incident import Kind

FEED = "gdacs"

_KINDS = {
    "EQ": (Kind.EARTHQUAKE_COLLAPSE, "Earthquake"),
    "FL": (Kind.FLOOD_STORM, "Flood"),
    "TC": (Kind.FLOOD_STORM, "Cyclone"),
    "TS": (Kind.FLOOD_STORM, "Tsunami"),
    "VO": (Kind.DISASTER, "Volcanic eruption"),
    "WF": (Kind.FIRE, "Wildfire"),
}
_DROUGHT = "DR"
"""Lasts for seasons: no moment in which a post is wrong."""
_SEVERITY = {"Green": 1, "Orange": 3, "Red": 4}


def _rfc2822(value: str) -> datetime:
    found = parsedate_to_datetime(value)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _latitude_longitude(value: str) -> list[str]:
    return value.split()


Moment = Annotated[Instant, BeforeValidator(_rfc2822)]


class _Item(BaseModel):
    eventtype: Literal["EQ", "FL", "TC", "TS", "VO", "WF"]
    eventid: str
    alertlevel: Literal["Green", "Orange", "Red"]
    fromdate: Moment
    todate: Moment
    pubDate: Moment  # noqa: N815 - as RSS spells it
    iscurrent: bool
    point: Annotated[tuple[float, float], BeforeValidator(_latitude_longitude)]
    iso3: str = ""
    """The first country only."""
    country: str = ""
    """All of them by name, or the name of a sea."""
    eventname: str = ""
    glide: str = ""


def read(body: bytes) -> Reading:
    """The events of an RSS document, without droughts. Raises FeedError where it is none."""
    channel = parse(body).find("channel")
    if channel is None:
        raise FeedError("is no RSS: it has no channel")
    found: list[Bulletin] = []
    rejected = 0
    for item in channel.iter("item"):
        texts = fields(item)
        if texts.get("eventtype") == _DROUGHT:
            continue
        try:
            found.append(_bulletin(_Item.model_validate(texts)))
        except ValidationError:
            rejected += 1
    return Reading(tuple(found), rejected)


def _bulletin(item: _Item) -> Bulletin:
    kind, words = _KINDS[item.eventtype]
    ids = {f"{FEED}:{item.eventtype}{item.eventid}"}
    if item.glide:
        ids.add(f"glide:{item.glide}")
    first = from_alpha3(item.iso3)
    countries = dict.fromkeys([*([first] if first else []), *from_names(item.country)])
    last_sign = max(item.fromdate, item.todate)
    return Bulletin(
        feed=FEED,
        ids=frozenset(ids),
        kind=kind,
        name=_name(item, words),
        # A list of countries is nothing by which people call it.
        place="" if "," in item.country else item.country,
        severity=_SEVERITY[item.alertlevel],
        regions=tuple(countries),
        coordinates=item.point,
        starts_at=item.fromdate,
        last_sign=last_sign,
        ends_at=None if item.iscurrent and item.eventtype != "EQ" else last_sign,
        revision=item.pubDate,
    )


def _name(item: _Item, words: str) -> str:
    """Storms are called by the name they were given, all else by the country.

    "CALVINIA-19" is the Calvinia of 2019.
    """
    if item.eventtype == "TC" and item.eventname:
        return f"{words} {item.eventname.partition('-')[0].title()}"
    return f"{words}, {item.country}" if item.country else words

"""What nobody has to say of an incident: everything that follows from name, kind and start."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from postlint.events.incident import Incident, Kind
from postlint.events.incident_phases import last_sign_of, phase_windows
from postlint.events.overlap import NEIGHBOURHOOD_KM

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_LEAD = re.compile(r"^(?:the|death of|passing of)\s+", re.IGNORECASE)

_STORM = re.compile(r"^(?:hurricane|typhoon|cyclone|(?:tropical )?storm)\s+(?=\w+$)", re.IGNORECASE)
"""Before the name that was given to a storm."""

_WORDS: Mapping[Kind, tuple[str, ...]] = MappingProxyType(
    {
        Kind.SHOOTING: ("shooting", "shootings", "massacre", "attack"),
        Kind.EXPLOSION: ("explosion", "blast", "bombing", "attack"),
        Kind.FIRE: ("fire", "fires", "wildfire", "wildfires"),
        Kind.FLOOD_STORM: ("flood", "floods", "flooding", "storm"),
        Kind.EARTHQUAKE_COLLAPSE: ("earthquake", "quake", "collapse"),
        Kind.CRASH_AIR: ("plane crash", "air crash", "crash"),
        Kind.CRASH_RAIL_ROAD: ("train crash", "bus crash", "crash"),
        Kind.DROWNING_SEA: ("sinking", "shipwreck", "ferry disaster"),
        Kind.STABBING: ("stabbing", "stabbings", "knife attack", "attack"),
        Kind.VEHICLE_ATTACK: ("attack", "car attack", "van attack"),
        Kind.CROWD_CRUSH: ("crush", "stampede", "crowd crush"),
        Kind.KIDNAPPING_HOSTAGE: ("hostages", "siege", "kidnapping"),
        Kind.EPIDEMIC: ("outbreak", "epidemic"),
        Kind.WAR: ("war", "invasion", "conflict"),
        Kind.NUCLEAR_GAS: ("gas leak", "nuclear accident", "disaster"),
        Kind.ATTACK: ("attack", "attacks"),
        Kind.DISASTER: ("disaster",),
        Kind.ACCIDENT: ("accident", "crash"),
        Kind.PROTEST: ("protest", "protests", "riots", "unrest"),
        Kind.PANDEMIC: ("pandemic", "outbreak"),
        Kind.TRIAL: ("trial", "verdict"),
        Kind.OUTAGE: ("outage",),
    }
)
"""What people call such an event after the place where it happened."""

_ANY_EVENT = frozenset(word for words in _WORDS.values() for each in words for word in each.split())
"""A name of nothing but these ("Fire") names no event: posts use the words every day."""

_TAGS = ("pray for {}", "{} strong", "stand with {}")
"""What they write in hashtags; the search reads tags as words."""


def completed(incident: Incident) -> Incident:
    """The incident with a value for everything that was left open.

    The phases of its severity stand before the windows that were given. Place, end and
    coordinates stay unknown.
    """
    return incident.model_copy(
        update={
            "last_sign": last_sign_of(incident),
            "windows": (*phase_windows(incident), *incident.windows),
            "keywords": incident.keywords or tuple(dict.fromkeys(_keywords(incident))),
            "radius_km": incident.radius_km or NEIGHBOURHOOD_KM,
        }
    )


def _keywords(incident: Incident) -> Iterator[str]:
    """The name and its hashtag, also without article and year; the place with what happened.

    A place alone is left out: its shops write its name every day.
    """
    bare = " ".join(_YEAR.sub(" ", _LEAD.sub("", incident.name)).split())
    names_it = not _ANY_EVENT.issuperset(bare.casefold().split())
    for name in (incident.name, bare) if names_it else ():
        if any(map(str.isalnum, name)):
            yield name
            yield "#" + "".join(filter(str.isalnum, name))
    if _STORM.match(bare):
        yield "#" + _STORM.sub("", bare)
    if incident.place is not None:
        for word in _WORDS.get(incident.kind, ()):
            yield f"{incident.place} {word}"
        yield from (tag.format(incident.place) for tag in _TAGS)

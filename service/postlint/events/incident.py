"""An incident: a sensitive event that happens once, declared by a person or proposed by a feed."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, ConfigDict, Field, ValidationInfo, field_validator

from postlint.draft import Instant, Name, Until
from postlint.events.zones import EVERYWHERE
from postlint.finding import Frozen
from postlint.regions import is_region
from postlint.text.folding import fold

DEFAULT_SEVERITY = 3
"""National news until somebody knows better: too loud a warning is taken back in a second."""


class Kind(StrEnum):
    """What happened. The wide kinds serve the first minutes, when nobody knows more."""

    SHOOTING = "shooting"
    EXPLOSION = "explosion"
    FIRE = "fire"
    FLOOD_STORM = "flood_storm"
    EARTHQUAKE_COLLAPSE = "earthquake_collapse"
    CRASH_AIR = "crash_air"
    CRASH_RAIL_ROAD = "crash_rail_road"
    DROWNING_SEA = "drowning_sea"
    STABBING = "stabbing"
    VEHICLE_ATTACK = "vehicle_attack"
    CROWD_CRUSH = "crowd_crush"
    KIDNAPPING_HOSTAGE = "kidnapping_hostage"
    EPIDEMIC = "epidemic"
    WAR = "war"
    DEATH_PERSON = "death_person"
    NUCLEAR_GAS = "nuclear_gas"

    ATTACK = "attack"
    DISASTER = "disaster"
    ACCIDENT = "accident"
    DEATH = "death"
    PANDEMIC = "pandemic"
    PROTEST = "protest"
    TRIAL = "trial"
    OUTAGE = "outage"
    OWN_CRISIS = "own_crisis"
    OTHER = "other"


class WindowKind(StrEnum):
    """What a window of time is to the event: a phase of it, or a day that was set aside."""

    ACUTE = "acute"
    """It goes on, or has just ended."""
    FRESH = "fresh"
    TAIL = "tail"
    """No longer in the news, not yet forgotten."""
    MOURNING = "mourning"
    """Days of mourning that an authority declared."""
    FUNERAL = "funeral"
    SILENCE = "silence"
    """A day or an hour of silence."""


class Status(StrEnum):
    """Where the incident stands in its life."""

    ACTIVE = "active"
    CLOSED = "closed"
    """It has ended; what its phases ask for still holds."""
    CANCELLED = "cancelled"
    """It never was, or is withdrawn: it is kept on file and judges nothing."""


class Standing(StrEnum):
    """Whether anybody stands behind it."""

    DECLARED = "declared"
    """By a person, or by a feed that may: it judges posts."""
    PROPOSED = "proposed"
    """By a feed: it judges nothing until a person declares it."""


def _known_region(value: str) -> str:
    code = value.upper()
    if code != EVERYWHERE and not is_region(code):
        raise ValueError(
            "must be an ISO 3166-1 country code such as US, an ISO 3166-2 subdivision "
            "such as US-CA, or * for everywhere"
        )
    return code


def _has_letters(value: str) -> str:
    if not any(map(str.isalnum, fold(value))):
        raise ValueError("must have letters or digits to look for")
    return value


Title = Annotated[Name, AfterValidator(_has_letters)]
"""A name that can be looked for in a text."""

Keyword = Annotated[Name, Field(min_length=2, max_length=120), AfterValidator(_has_letters)]
"""A phrase or hashtag by which a post names the event."""

Place = Annotated[str, AfterValidator(_known_region)]
"""ISO 3166-1 alpha-2 or ISO 3166-2, upper case, or "*" for everywhere."""


def _not_empty(value: tuple[str, ...]) -> tuple[str, ...]:
    if not value:
        raise ValueError("must name at least one region, or * for everywhere")
    return value


# A least length of pydantic's own would be missed, too, wherever a code is wrong.
Places = Annotated[
    tuple[Place, ...],
    Field(max_length=300, json_schema_extra={"minItems": 1}),
    AfterValidator(_not_empty),
]
"""One region or more."""

Severity = Annotated[int, Field(ge=1, le=4)]
"""1 local, no deaths; 2 deaths, regional; 3 national, about ten or more dead, a national figure;
4 national mourning, war, red alert."""

Identifier = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=120)]


class Window(Frozen):
    """A time in which the event asks for care, both ends included where they are days.

    begin ("from" outside): a moment or a day; until: the same, None for the day of `begin`.
    Days are those of the event's own regions.
    """

    model_config = ConfigDict(validate_by_name=True)

    kind: WindowKind
    begin: Annotated[Until, Field(alias="from")]
    until: Annotated[Until | None, Field(validate_default=True)] = None

    @field_validator("until", mode="after")
    @classmethod
    def _lies_behind(cls, until: date | None, info: ValidationInfo) -> date | None:
        begin: date | None = info.data.get("begin")
        if until is None and isinstance(begin, datetime):
            raise ValueError("must be given where 'from' is no whole day")
        if until is not None and begin is not None and _is_before(until, begin):
            raise ValueError("must not be before 'from'")
        return until


def _is_before(end: date, begin: date) -> bool:
    if isinstance(end, datetime) and isinstance(begin, datetime):
        return end < begin
    return (end.year, end.month, end.day) < (begin.year, begin.month, begin.day)


class Declaration(Frozen):
    """What somebody says of an incident; name, kind, regions and starts_at are enough.

    Everything else is filled in by `postlint.events.incident_defaults.completed`.
    place: town or area, as people write it. ends_at: None while nobody knows.
    last_sign: the last time that somebody saw it go on; None for starts_at.
    windows: days of mourning and funerals, or phases other than those of the severity.
    keywords: instead of those made from the name. latitude, longitude: degrees, WGS 84.
    radius_km: how far from there its neighbourhood reaches. struck: organisations whose
    own account the event silences. external_ids: names that others give it (GLIDE, feeds).
    risk: a warning; nobody has come to harm, so only words that play on it are wrong.
    """

    name: Title
    kind: Kind
    regions: Places
    starts_at: Instant
    place: Title | None = None
    severity: Severity = DEFAULT_SEVERITY
    ends_at: Instant | None = None
    last_sign: Instant | None = None
    windows: Annotated[tuple[Window, ...], Field(max_length=50)] = ()
    keywords: Annotated[tuple[Keyword, ...], Field(max_length=50)] = ()
    latitude: Annotated[float, Field(ge=-90, le=90)] | None = None
    longitude: Annotated[
        Annotated[float, Field(ge=-180, le=180)] | None, Field(validate_default=True)
    ] = None
    radius_km: Annotated[float, Field(gt=0, le=5000)] | None = None
    struck: Annotated[tuple[Title, ...], Field(max_length=50)] = ()
    external_ids: Annotated[tuple[Name, ...], Field(max_length=50)] = ()
    risk: bool = False

    @field_validator("ends_at", "last_sign", mode="after")
    @classmethod
    def _follows_the_start(cls, moment: datetime | None, info: ValidationInfo) -> datetime | None:
        start: datetime | None = info.data.get("starts_at")
        if moment is not None and start is not None and moment < start:
            raise ValueError("must not be before starts_at")
        return moment

    @field_validator("longitude", mode="after")
    @classmethod
    def _goes_with_latitude(cls, longitude: float | None, info: ValidationInfo) -> float | None:
        if "latitude" in info.data and (longitude is None) != (info.data["latitude"] is None):
            raise ValueError("latitude and longitude must be given together")
        return longitude


class Incident(Declaration):
    """A declaration on file. revision: counts its own changes, from 1. source: who said so."""

    id: Identifier
    revision: Annotated[int, Field(ge=1)] = 1
    status: Status = Status.ACTIVE
    standing: Standing = Standing.DECLARED
    source: Name = "person"

    @property
    def judges(self) -> bool:
        """Whether posts are judged by it: somebody stands behind it, and nobody withdrew it."""
        return self.standing is Standing.DECLARED and self.status is not Status.CANCELLED

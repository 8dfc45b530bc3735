"""Weather warnings of the United States: GeoJSON of api.weather.gov, public domain.

Every update is a message of its own under a new id, and a warning may be continued for some
counties and cancelled for others, in two messages. What holds them together is the VTEC
code; messages without one name those that they replace.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, Field, ValidationError

from postlint.draft import Instant
from postlint.events.feeds import warnings
from postlint.events.feeds.bulletin import Bulletin, Reading
from postlint.events.feeds.collection import read_collection
from postlint.events.feeds.places import from_ugc
from postlint.events.feeds.vtec import parse_vtec

FEED = "nws"


class _Geocode(BaseModel):
    UGC: tuple[str, ...] = ()


class _Reference(BaseModel):
    identifier: str


class _Parameters(BaseModel):
    VTEC: list[str] = Field(default_factory=list)


class _Alert(BaseModel):
    id: str
    event: str
    areaDesc: str  # noqa: N815 - as CAP spells it, and so below
    status: Literal["Actual", "Exercise", "System", "Test", "Draft"]
    messageType: Literal["Alert", "Update", "Cancel", "Ack", "Error"]  # noqa: N815
    severity: warnings.Severity
    certainty: warnings.Certainty
    urgency: warnings.Urgency
    sent: Instant
    effective: Instant
    onset: Instant | None = None
    expires: Instant
    """When the message runs out, not the weather: that is `ends`."""
    ends: Instant | None = None
    geocode: _Geocode = _Geocode()
    references: tuple[_Reference, ...] = ()
    parameters: _Parameters = _Parameters()


class _Feature(BaseModel):
    properties: _Alert


@dataclass(frozen=True, slots=True)
class _Part:
    """What one message says of one warning. ids: of the warning, as in `Bulletin`."""

    ids: frozenset[str]
    alert: _Alert
    over: bool


def read(body: bytes) -> Reading:
    """The warnings of a list of alerts; tests and exercises are left out.

    Raises FeedError where it is no GeoJSON.
    """
    parts: dict[frozenset[str], list[_Part]] = defaultdict(list)
    rejected = 0
    for feature in read_collection(body):
        try:
            alert = _Feature.model_validate(feature).properties
        except ValidationError:
            rejected += 1
            continue
        if alert.status == "Actual" and alert.messageType in ("Alert", "Update", "Cancel"):
            for part in _parts(alert):
                parts[part.ids].append(part)
    return Reading(tuple(_bulletin(of_one) for of_one in parts.values()), rejected)


def _parts(alert: _Alert) -> Iterator[_Part]:
    cancelled = alert.messageType == "Cancel"
    codes = parse_vtec(alert.parameters.VTEC, alert.sent)
    for code in codes:
        yield _Part(frozenset({f"{FEED}:{code.event}"}), alert, code.over or cancelled)
    if not alert.parameters.VTEC:
        names = {alert.id, *(reference.identifier for reference in alert.references)}
        yield _Part(frozenset(f"{FEED}:{name}" for name in names), alert, cancelled)


def _bulletin(parts: Iterable[_Part]) -> Bulletin:
    """All messages about one warning as one; it is over when it is so everywhere."""
    parts = sorted(parts, key=lambda part: part.alert.sent)
    alerts = [part.alert for part in parts if not part.over]
    withdrawn = not alerts
    alerts = alerts or [part.alert for part in parts]
    latest = alerts[-1]
    zones = [zone for alert in alerts for zone in alert.geocode.UGC]
    starts = min(alert.onset or alert.effective for alert in alerts)
    ends = max(alert.ends or alert.expires for alert in alerts)
    return Bulletin(
        feed=FEED,
        ids=parts[-1].ids,
        kind=warnings.kind_of(latest.event),
        name=f"{latest.event}, {latest.areaDesc.partition(';')[0]}",
        place="",
        severity=max(
            warnings.grade(alert.severity, alert.certainty, alert.urgency) for alert in alerts
        ),
        regions=from_ugc(zones),
        coordinates=None,
        starts_at=starts,
        last_sign=max(starts, latest.sent),
        ends_at=max(starts, ends),
        revision=parts[-1].alert.sent,
        warning=True,
        withdrawn=withdrawn,
    )

"""Warnings in the Common Alerting Protocol 1.2, as national services and Meteoalarm send them.

Source: OASIS CAP 1.2. A document is one alert, several of them in an envelope, or an index
(Atom or RSS) that links to alerts.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, Field, ValidationError

from postlint.draft import Instant
from postlint.events.feeds import warnings
from postlint.events.feeds.bulletin import Bulletin, FeedError, Reading
from postlint.events.feeds.places import from_geocode
from postlint.events.feeds.xml import fields, local, parse
from postlint.events.incident import Kind

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_CAP = "{urn:oasis:names:tc:emergency:cap:1.2}"
_ATOM = "{http://www.w3.org/2005/Atom}"
_DOCUMENT = "application/cap+xml"
_LONGEST = 200
"""Code points of a name that an incident keeps."""


class _Info(BaseModel):
    """What is to be expected, in one language. geocodes: (scheme, value) of all areas."""

    language: str = "en-US"
    event: str
    urgency: warnings.Urgency
    severity: warnings.Severity
    certainty: warnings.Certainty
    effective: Instant | None = None
    onset: Instant | None = None
    expires: Instant | None = None
    responseType: str = ""  # noqa: N815 - as CAP spells it, and so below
    awareness: str = ""
    """Meteoalarm's English word for what other services name in their own language."""
    areas: tuple[str, ...]
    """Descriptions for people."""
    geocodes: tuple[tuple[str, str], ...]


class _Alert(BaseModel):
    identifier: Annotated[str, Field(min_length=1)]
    sender: Annotated[str, Field(min_length=1)]
    sent: Instant
    status: Literal["Actual", "Exercise", "System", "Test", "Draft"]
    msgType: Literal["Alert", "Update", "Cancel", "Ack", "Error"]  # noqa: N815
    references: str = ""
    """Space-separated triples "sender,identifier,sent"."""
    infos: tuple[_Info, ...]


def read(body: bytes, feed: str) -> Reading:
    """The alerts of a document, or the links of an index. feed: name of the source.

    Tests and exercises are left out. Raises FeedError where it is neither.
    """
    root = parse(body)
    alerts = list(root.iter(f"{_CAP}alert"))
    if not alerts:
        if local(root.tag) not in ("feed", "rss"):
            raise FeedError("is neither CAP 1.2 nor an index of it")
        return Reading((), links=tuple(dict.fromkeys(_links(root))))
    found: list[Bulletin] = []
    rejected = 0
    for element in alerts:
        try:
            alert = _Alert.model_validate({**fields(element), "infos": _infos(element)})
        except ValidationError:
            rejected += 1
            continue
        if alert.status == "Actual" and alert.msgType in ("Alert", "Update", "Cancel"):
            found.append(_bulletin(alert, feed))
    return Reading(tuple(found), rejected)


def _links(index: "Element") -> Iterator[str]:
    """Addresses of alerts: typed links of Atom entries, links of RSS items."""
    for entry in index.iter(f"{_ATOM}entry"):
        for link in entry.iter(f"{_ATOM}link"):
            if link.get("type") == _DOCUMENT and link.get("href"):
                yield link.get("href", "")
    for item in index.iter("item"):
        address = fields(item).get("link")
        if address:
            yield address


def _infos(alert: "Element") -> list[dict[str, Any]]:
    return [
        {
            **fields(info),
            "awareness": dict(_pairs(info, "parameter")).get("awareness_type", ""),
            "areas": [fields(area).get("areaDesc", "") for area in info.iter(f"{_CAP}area")],
            "geocodes": [*_pairs(info, "geocode")],
        }
        for info in alert.iter(f"{_CAP}info")
    ]


def _pairs(info: "Element", tag: str) -> Iterator[tuple[str, str]]:
    """(valueName, value) of parameters or geocodes."""
    for element in info.iter(f"{_CAP}{tag}"):
        pair = fields(element)
        if "valueName" in pair and "value" in pair:
            yield pair["valueName"], pair["value"]


def _bulletin(alert: _Alert, feed: str) -> Bulletin:
    infos: Sequence[_Info] = sorted(alert.infos, key=_english_first)
    starts = min((_start(info, alert) for info in infos), default=alert.sent)
    ends = [info.expires for info in infos if info.expires is not None]
    regions = (region for info in infos for code in info.geocodes for region in from_geocode(*code))
    first = infos[0] if infos else None
    return Bulletin(
        feed=feed,
        ids=frozenset(_ids(alert)),
        kind=warnings.kind_of(f"{first.awareness} {first.event}") if first else Kind.OTHER,
        name=", ".join(filter(None, (first.event, *first.areas[:1]))) if first else "Warning",
        place="",
        severity=max(
            (warnings.grade(info.severity, info.certainty, info.urgency) for info in infos),
            default=1,
        ),
        regions=tuple(dict.fromkeys(regions)),
        coordinates=None,
        starts_at=starts,
        last_sign=max(starts, alert.sent),
        ends_at=max(starts, *ends) if ends else None,
        revision=alert.sent,
        warning=True,
        withdrawn=alert.msgType == "Cancel" or _all_clear(alert, infos),
    )


def _ids(alert: _Alert) -> Iterator[str]:
    """Of the alert and of those that it replaces; an identifier is unique with its sender."""
    yield f"cap:{alert.sender},{alert.identifier}"[:_LONGEST]
    for reference in alert.references.split():
        parts = reference.split(",")
        if len(parts) == 3:
            yield f"cap:{parts[0]},{parts[1]}"[:_LONGEST]


def _start(info: _Info, alert: _Alert) -> Instant:
    return info.onset or info.effective or alert.sent


def _all_clear(alert: _Alert, infos: Sequence[_Info]) -> bool:
    return alert.msgType == "Update" and {info.responseType for info in infos} == {"AllClear"}


def _english_first(info: _Info) -> bool:
    return not info.language.lower().startswith("en")

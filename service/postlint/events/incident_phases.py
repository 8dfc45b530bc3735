"""The phases of an incident: how long it asks for care, by its severity."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple
from zoneinfo import ZoneInfo

from postlint.events.incident import Incident, Window, WindowKind
from postlint.events.zones import zones_of

_DAY = timedelta(days=1)


class Span(NamedTuple):
    """How long after the last sign of the event a phase ends."""

    acute: timedelta
    fresh: timedelta
    tail: timedelta


SPANS: Mapping[int, Span] = MappingProxyType(
    {
        1: Span(timedelta(hours=6), timedelta(hours=12), timedelta(hours=24)),
        2: Span(timedelta(hours=24), timedelta(hours=72), timedelta(days=7)),
        3: Span(timedelta(hours=48), timedelta(days=7), timedelta(days=30)),
        4: Span(timedelta(hours=72), timedelta(days=14), timedelta(days=60)),
    }
)
"""By severity. Written guidance backs only the 24 to 48 hours; the rest is judgement."""

SILENCE: Mapping[int, timedelta] = MappingProxyType(
    {2: timedelta(hours=24), 3: timedelta(hours=72), 4: timedelta(hours=72)}
)
"""By severity: after how long without a sign a person is asked whether it has ended."""


class Phase(StrEnum):
    """Where a moment lies in the course of an event, from the midst of it to far away."""

    ACUTE = "acute"
    FRESH = "fresh"
    TAIL = "tail"
    OVER = "over"
    """Outside of every window, before it or after."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What holds at one moment. mourning: on a day of mourning; funeral: on that of the funeral,
    or of a silence, which are days of mourning, too.
    """

    phase: Phase
    mourning: bool = False
    funeral: bool = False


class Stretch(NamedTuple):
    """A window in UTC: from `begin` until just before `end`."""

    kind: WindowKind
    begin: datetime
    end: datetime


_DAYS_SET_ASIDE = frozenset({WindowKind.MOURNING, WindowKind.FUNERAL, WindowKind.SILENCE})
_FUNERALS = frozenset({WindowKind.FUNERAL, WindowKind.SILENCE})


def last_sign_of(incident: Incident) -> datetime:
    """When it was last known to go on: from here its phases are counted."""
    return incident.ends_at or incident.last_sign or incident.starts_at


def phase_windows(incident: Incident) -> Iterator[Window]:
    """The windows that follow from severity and last sign, one after the other."""
    begin, since = incident.starts_at, last_sign_of(incident)
    spans = SPANS[incident.severity]
    for kind, lasts in (
        (WindowKind.ACUTE, spans.acute),
        (WindowKind.FRESH, spans.fresh),
        (WindowKind.TAIL, spans.tail),
    ):
        # Not validated: the last phase may reach beyond the years in which posts are scheduled.
        yield Window.model_construct(kind=kind, begin=begin, until=since + lasts)
        begin = since + lasts


def stretches(incident: Incident) -> tuple[Stretch, ...]:
    """The windows of a completed incident in UTC. Its days last as long as they last anywhere in
    its regions.
    """
    zones = tuple(dict.fromkeys(zone for region in incident.regions for zone in zones_of(region)))
    return tuple(_stretch(window, zones) for window in incident.windows)


def stage_at(windows: Iterable[Stretch], moment: datetime) -> Stage:
    """What holds at an aware moment; the strictest window counts. On a day of mourning nothing is
    less than fresh, however long ago it happened.
    """
    kinds = {window.kind for window in windows if window.begin <= moment < window.end}
    mourning = not kinds.isdisjoint(_DAYS_SET_ASIDE)
    if WindowKind.ACUTE in kinds:
        phase = Phase.ACUTE
    elif WindowKind.FRESH in kinds or mourning:
        phase = Phase.FRESH
    else:
        phase = Phase.TAIL if WindowKind.TAIL in kinds else Phase.OVER
    return Stage(phase, mourning, not kinds.isdisjoint(_FUNERALS))


def changes_after(windows: Iterable[Stretch], moment: datetime) -> Sequence[datetime]:
    """When, after a moment, something else may hold, in order."""
    edges = {edge for window in windows for edge in (window.begin, window.end)}
    return sorted(edge for edge in edges if edge > moment)


def is_silent(incident: Incident, now: datetime) -> bool:
    """Whether a person should say that it has ended: nobody knows, and no sign came for long."""
    patience = SILENCE.get(incident.severity)
    if patience is None or incident.ends_at is not None:
        return False
    return now - last_sign_of(incident) >= patience


def _stretch(window: Window, zones: Sequence[str]) -> Stretch:
    until = window.begin if window.until is None else window.until
    begin = (
        window.begin
        if isinstance(window.begin, datetime)
        else min(_midnight(window.begin, zone) for zone in zones)
    )
    end = (
        until
        if isinstance(until, datetime)
        else max(_midnight(until + _DAY, zone) for zone in zones)
    )
    return Stretch(window.kind, begin, end)


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(0), ZoneInfo(zone)).astimezone(UTC)

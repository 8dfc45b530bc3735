"""Sensitive days as an iCalendar file (RFC 5545) that planners subscribe to."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from icalendar import Calendar, Event

from postlint.events.advice import advice
from postlint.events.calendar import DatedObservance

_NAME = "Sensitive days (postlint)"
_REFRESH = timedelta(days=1)


def as_ics(days: Iterable[DatedObservance], now: datetime) -> bytes:
    """One all-day event a day. now: UTC, when this was written.

    The same day keeps its UID, so that a subscriber sees it change and never twice.
    """
    calendar = Calendar()
    calendar.add("PRODID", "-//postlint//sensitive days//EN")
    calendar.add("VERSION", "2.0")
    calendar.add("X-WR-CALNAME", _NAME)
    calendar.add("NAME", _NAME)
    calendar.add("REFRESH-INTERVAL", _REFRESH, parameters={"VALUE": "DURATION"})
    for dated in days:
        calendar.add_component(_event(dated, now))
    written: bytes = calendar.to_ical()
    return written


def _event(dated: DatedObservance, now: datetime) -> Event:
    observance = dated.observance
    event = Event()
    event.add("UID", f"{observance.id}-{dated.first:%Y%m%d}@postlint")
    event.add("DTSTAMP", now)
    event.add("DTSTART", dated.first)
    event.add("DTEND", dated.last + timedelta(days=1))  # exclusive
    event.add("SUMMARY", observance.name)
    event.add("DESCRIPTION", _description(dated))
    event.add("CATEGORIES", [observance.sensitivity.value, observance.kind])
    event.add("TRANSP", "TRANSPARENT")  # nobody is busy because of it
    if observance.source is not None:
        event.add("URL", observance.source)
    return event


def _description(dated: DatedObservance) -> str:
    observance = dated.observance
    where = [f"Kept in: {', '.join(observance.regions)}"] if observance.regions else []
    known = [f"Known in: {', '.join(observance.also)}"] if observance.also else []
    return "\n".join([advice(observance), *where, *known])

"""Reads sensitive days from an iCalendar file (RFC 5545), as calendar programs export them.

Categories say what a calendar program has no field for: regions ("DE", "US-CA"), the
sensitivity ("no_humour") and the kind of the day ("accident"); others are ignored.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from dateutil.rrule import rrule, rruleset, rrulestr
from icalendar import Calendar, Event
from pydantic import ValidationError

from postlint.events.observance import Evidence, Observance, Sensitivity
from postlint.events.rules import DateRule
from postlint.events.zones import EVERYWHERE
from postlint.regions import is_region

DEFAULT_KIND = "own"
"""Who would be hurt is not known."""
DEFAULT_SENSITIVITY = Sensitivity.NO_PROMO
"""Whoever puts a day here wants to be told before anything cheerful goes out on it."""

_DAY = timedelta(days=1)
_REPEATS = frozenset({"YEARLY", "MONTHLY", "WEEKLY", "DAILY"})


class IcsError(ValueError):
    """What is wrong with an iCalendar file; its text names the event and is for people."""


@dataclass(frozen=True, slots=True)
class _Recurrence:
    """When an event falls: by its own rule, without some dates, and on some others."""

    starts: rruleset

    def __call__(self, year: int) -> Iterable[date | None]:
        first, last = datetime(year, 1, 1), datetime(year, 12, 31)
        return [found.date() for found in self.starts.between(first, last, inc=True)]


def read_ics(text: str, kinds: Collection[str]) -> tuple[Observance, ...]:
    """The observances of an iCalendar file. kinds: those that findings.yml knows.

    Of several versions of an event the one with the highest SEQUENCE counts; cancelled
    events are left out. Raises IcsError for the first thing that is wrong.
    """
    try:
        calendars = Calendar.from_ical(text, multiple=True)
    except (ValueError, IndexError) as error:
        raise IcsError(f"is no iCalendar file: {type(error).__name__}") from None
    if not calendars:
        raise IcsError("is no iCalendar file: it has no VCALENDAR")
    events: dict[str, list[Event]] = defaultdict(list)
    for calendar in calendars:
        for event in calendar.walk("VEVENT"):
            if isinstance(event, Event):
                events[_uid(event)].append(event)
    found = (_observance(uid, versions, kinds) for uid, versions in events.items())
    return tuple(observance for observance in found if observance is not None)


def _uid(event: Event) -> str:
    uid = str(event.get("UID", "")).strip()
    if not uid:
        raise IcsError(f"{_name(event)!r}: has no UID")
    if event.errors:
        field, problem = event.errors[0]
        raise IcsError(f"{_name(event)!r}: {field}: {problem}")
    return uid


def _observance(uid: str, versions: Sequence[Event], kinds: Collection[str]) -> Observance | None:
    masters = [event for event in versions if "RECURRENCE-ID" not in event]
    if not masters:
        raise IcsError(f"{_name(versions[0])!r}: changes an event that is not in the file")
    event = max(masters, key=_sequence)
    if _is_cancelled(event):
        return None
    moved = [event for event in versions if "RECURRENCE-ID" in event]
    categories = list(_categories(event))
    regions = tuple(code for code in map(str.upper, categories) if is_region(code))
    words = [category.lower() for category in categories]
    url = str(event.get("URL", ""))
    first, last = _days(event)
    try:
        return Observance(
            id=f"ics_{hashlib.sha256(uid.encode()).hexdigest()[:12]}",
            name=_name(event),
            names=(_name(event),),
            rule=DateRule(f"ics {uid}", _Recurrence(_starts(event, moved))),
            span=(0, (last - first).days),
            regions=regions or (EVERYWHERE,),
            kind=next((word for word in words if word in kinds), DEFAULT_KIND),
            since=first.year,
            sensitivity=next((each for each in Sensitivity if each in words), DEFAULT_SENSITIVITY),
            source=url if url.startswith(("http://", "https://")) else None,
            evidence=Evidence.OWN,
        )
    except ValidationError as error:
        problem = error.errors(include_url=False)[0]
        field = ".".join(map(str, problem["loc"]))
        raise IcsError(f"{_name(event)!r}: {field}: {problem['msg']}") from None


def _name(event: Event) -> str:
    return " ".join(str(event.get("SUMMARY", "")).split())


def _sequence(event: Event) -> int:
    return int(event.get("SEQUENCE", 0))


def _is_cancelled(event: Event) -> bool:
    return str(event.get("STATUS", "")).upper() == "CANCELLED"


def _categories(event: Event) -> Iterator[str]:
    given: Any = event.get("CATEGORIES", [])
    for each in given if isinstance(given, list) else [given]:
        yield from (str(category).strip() for category in each.cats)


def _day(event: Event, field: str) -> date:
    """The date of a DATE or DATE-TIME property, by the clock that the file was written by."""
    value: date | datetime = event.decoded(field)
    return value.date() if isinstance(value, datetime) else value


def _days(event: Event) -> tuple[date, date]:
    """First and last day of its first occurrence."""
    if "DTSTART" not in event:
        raise IcsError(f"{_name(event)!r}: has no DTSTART")
    first = _day(event, "DTSTART")
    if "DTEND" in event:
        end: date | datetime = event.decoded("DTEND")
        # The end is exclusive, also that of an evening that lasts until midnight.
        last = _day(event, "DTEND")
        if not isinstance(end, datetime) or end.time() == time(0):
            last -= _DAY
    elif "DURATION" in event:
        duration: timedelta = event.decoded("DURATION")
        last = first + max(duration - _DAY, timedelta(0))
    else:
        last = first
    return first, max(first, last)


def _starts(event: Event, moved: Iterable[Event]) -> rruleset:
    """The days on which it begins. moved: its occurrences that were put elsewhere."""
    first = _midnight(_day(event, "DTSTART"))
    starts = rruleset()
    rules: Any = event.get("RRULE", [])
    for rule in rules if isinstance(rules, list) else [rules]:
        if rule.get("FREQ", [""])[0] not in _REPEATS:
            raise IcsError(f"{_name(event)!r}: RRULE: must repeat by days or longer")
        repeat = rrulestr(rule.to_ical().decode(), dtstart=first, ignoretz=True)
        assert isinstance(repeat, rrule)
        starts.rrule(repeat)
    if not rules:
        starts.rdate(first)
    for day in _listed(event, "RDATE"):
        starts.rdate(day)
    for day in _listed(event, "EXDATE"):
        starts.exdate(day)
    for occurrence in moved:
        starts.exdate(_midnight(_day(occurrence, "RECURRENCE-ID")))
        if not _is_cancelled(occurrence):
            starts.rdate(_midnight(_day(occurrence, "DTSTART")))
    return starts


def _listed(event: Event, field: str) -> Iterator[datetime]:
    given: Any = event.get(field, [])
    for dates in given if isinstance(given, list) else [given]:
        for each in dates.dts:
            day = each.dt.date() if isinstance(each.dt, datetime) else each.dt
            yield _midnight(day)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0))

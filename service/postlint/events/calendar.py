"""The calendar: which observances are near an instant, for an audience.

Pure: it is built from parsed observances. Dates are computed once a year and kept.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType

from postlint.events.audience import Strength, reach
from postlint.events.observance import Observance
from postlint.events.zones import Clock, clocks

LEAD_DAYS = 45
"""How long before a day a promotion can already be hung on it. Woolworths sold with ANZAC
Day eleven days before it, Walmart with Juneteenth four weeks before."""

_DAY = timedelta(days=1)
_SUNSET = (time(16), time(22))
"""Local times between which the sun sets almost everywhere: then either day may count."""
_EARLIEST, _LATEST = timedelta(hours=14), timedelta(hours=-12)
"""Offsets from UTC of the first and the last clock on Earth."""
_YEARS = range(1901, 2100)
"""What all the lunar calendars know; outside of these years nothing is observed."""


class Relation(StrEnum):
    """Where a moment lies relative to an observance, from the day itself to far away."""

    DAY = "day"
    UNCERTAIN = "uncertain"
    """It may be the day: around sunset, or where the sighting of the moon decides."""
    ADJACENT = "adjacent"
    """One day before or after."""
    LEAD_UP = "lead-up"
    """Up to `LEAD_DAYS` before."""
    OTHER = "other"


_NEAR = (Relation.DAY, Relation.UNCERTAIN, Relation.ADJACENT)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """An observance as it meets one post.

    date: local date of the observance, the nearest where it has several days; zone:
    IANA zone of the audience in which the relation holds; strength: how much of the
    sensitivity reaches that part of the audience.
    """

    observance: Observance
    date: date
    zone: str
    relation: Relation
    strength: Strength


@dataclass(frozen=True, slots=True)
class DatedObservance:
    """An observance with its first and last day of one year."""

    observance: Observance
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class _Window:
    """One time that an observance comes round, in naive local time; ends are exclusive."""

    dated: DatedObservance
    certain: tuple[datetime, datetime]
    possible: tuple[datetime, datetime]

    def bounds(self, relation: Relation) -> tuple[datetime, datetime]:
        """Between which local times the relation, or a closer one, holds."""
        begin, end = self.possible
        match relation:
            case Relation.DAY:
                return self.certain
            case Relation.UNCERTAIN:
                return self.possible
            case Relation.ADJACENT:
                return begin - _DAY, end + _DAY
            case Relation.LEAD_UP:
                return begin - LEAD_DAYS * _DAY, end
            case Relation.OTHER:
                return datetime.min, datetime.max


@dataclass(frozen=True, slots=True)
class _Year:
    """All windows dated to one year: by observance, and by the UTC dates they are near to."""

    by_observance: Mapping[str, Sequence[_Window]]
    by_date: Mapping[date, Sequence[_Window]]


class Calendar:
    """Immutable set of observances. Safe to call from several threads."""

    def __init__(self, observances: Iterable[Observance]) -> None:
        self._observances = {observance.id: observance for observance in observances}
        self._years: dict[int, _Year] = {}

    @property
    def observances(self) -> Mapping[str, Observance]:
        """Every observance by its id."""
        return MappingProxyType(self._observances)

    def occurring(self, instant: datetime, regions: Collection[str]) -> tuple[Occurrence, ...]:
        """What the audience observes at this instant, on the day before or the day after.

        instant: aware; regions: ISO 3166 codes, empty means worldwide. An observance
        occurs once for each strength with which it reaches a part of the audience.
        """
        today = instant.astimezone(UTC).date()
        return tuple(
            occurrence
            for year in self._years_near(today, today)
            for window in year.by_date.get(today, ())
            for occurrence in _occurrences([window], instant, regions, _NEAR)
        )

    def nearest(
        self, observance_id: str, instant: datetime, regions: Collection[str]
    ) -> tuple[Occurrence, ...]:
        """How one observance lies to an instant, however far away; once for each strength.

        Empty when it does not concern the audience. Arguments as for `occurring`.
        """
        today = instant.astimezone(UTC).date()
        windows = sorted(
            (
                window
                for year in range(today.year - 1, today.year + 2)
                for window in self._year(year).by_observance.get(observance_id, ())
            ),
            key=lambda window: abs(window.dated.first - today),
        )
        return tuple(_occurrences(windows, instant, regions, tuple(Relation)))

    def upcoming(
        self, first: date, last: date, region: str | None = None
    ) -> tuple[DatedObservance, ...]:
        """What is kept between two dates (both included), in order of date.

        region: only what fully or partly concerns this ISO 3166 code.
        """
        found = [
            window.dated
            for year in self._years_near(first, last)
            for windows in year.by_observance.values()
            for window in windows
            if window.dated.first <= last and first <= window.dated.last
        ]
        if region is not None:
            found = [dated for dated in found if reach(dated.observance, (region,))]
        return tuple(sorted(found, key=lambda dated: (dated.first, dated.observance.id)))

    def _years_near(self, first: date, last: date) -> Iterator[_Year]:
        """Years whose observances may touch the dates: none reaches further than a season."""
        begin = first.year - 1 if first.month <= 3 else first.year
        end = last.year + 1 if last.month >= 10 else last.year
        for year in range(begin, end + 1):
            yield self._year(year)

    def _year(self, year: int) -> _Year:
        known = self._years.get(year)
        if known is None:
            known = self._years[year] = _year(self._observances.values(), year)
        return known


def _occurrences(
    windows: Sequence[_Window],
    instant: datetime,
    regions: Collection[str],
    relations: Sequence[Relation],
) -> Iterator[Occurrence]:
    """For each strength the closest relation that holds in any zone; windows of one observance."""
    if not windows:
        return
    observance = windows[0].dated.observance
    utc = instant.astimezone(UTC).replace(tzinfo=None)
    for strength, concerned in reach(observance, regions).items():
        met = _closest(windows, utc, clocks(concerned, instant), relations)
        if met is not None:
            relation, dated, clock = met
            day = min(max((utc + clock.ahead).date(), dated.first), dated.last)
            yield Occurrence(observance, day, clock.zone, relation, strength)


def _closest(
    windows: Sequence[_Window],
    utc: datetime,
    local_clocks: Sequence[Clock],
    relations: Sequence[Relation],
) -> tuple[Relation, DatedObservance, Clock] | None:
    for relation in relations:
        for window in windows:
            begin, end = window.bounds(relation)
            begins_ahead, ends_ahead = begin - utc, end - utc
            for clock in local_clocks:
                if begins_ahead <= clock.ahead < ends_ahead:
                    return relation, window.dated, clock
    return None


def _year(observances: Iterable[Observance], year: int) -> _Year:
    if year not in _YEARS:
        return _Year({}, {})
    by_observance: dict[str, list[_Window]] = defaultdict(list)
    by_date: dict[date, list[_Window]] = defaultdict(list)
    for observance in observances:
        for first, last in observance.days(year):
            window = _window(DatedObservance(observance, first, last))
            by_observance[observance.id].append(window)
            begin, end = window.possible
            day, until = (begin - _DAY - _EARLIEST).date(), (end + _DAY - _LATEST).date()
            while day <= until:
                by_date[day].append(window)
                day += _DAY
    return _Year(dict(by_observance), dict(by_date))


def _window(dated: DatedObservance) -> _Window:
    starts = dated.observance.starts
    margin = dated.observance.tolerance * _DAY
    if starts == "sunset":
        eve = dated.first - _DAY
        certain = datetime.combine(eve, _SUNSET[1]), datetime.combine(dated.last, _SUNSET[0])
        begin, end = datetime.combine(eve, _SUNSET[0]), datetime.combine(dated.last, _SUNSET[1])
    else:
        begin = datetime.combine(dated.first, starts)
        end = datetime.combine(dated.last + _DAY, starts)
        certain = begin, end
    return _Window(dated, certain, (begin - margin, end + margin))

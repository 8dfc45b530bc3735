"""When an observance falls in a Gregorian year: the forms that a calendar rule may take.

A form is a pattern and a factory that turns its parts into an evaluator. Calendars
that count months and days of their own share one form and differ in a table.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from typing import Any

import holidays
from convertdate import bahai, persian
from dateutil.easter import EASTER_ORTHODOX, easter
from dateutil.relativedelta import relativedelta, weekday
from hijridate import Hijri
from holidays.calendars.balinese_saka import _BalineseSakaLunar
from holidays.calendars.buddhist import _BuddhistLunisolar
from holidays.calendars.chinese import _ChineseLunisolar
from holidays.calendars.hindu import _HinduLunisolar
from holidays.calendars.thai import _ThaiLunisolar
from korean_lunar_calendar import KoreanLunarCalendar
from lunarcalendar import Converter, Lunar
from lunarcalendar.converter import DateNotExist
from pyluach.dates import HebrewDate

Evaluator = Callable[[int], Iterable[date | None]]

FORMS = (
    "MM-DD; 2nd Sun of May; last Mon of May; Sun on-or-after MM-DD; Sun on-or-before MM-DD; "
    "easter-2; orthodox-easter+9; advent1-7; hebrew 10 Tishrei [shift fri-1 sun+1]; "
    "hijri 10 Muharram; persian 14 Khordad; bahai 13 Azamat; chinese 7/15; korean 4/8; "
    "table <calendar> <name>; lib <country> <name>"
)
"""What to tell somebody whose rule has none of the forms."""

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class DateRule:
    """A parsed calendar rule. fixed: (month, day) where the date is the same every year."""

    text: str
    evaluate: Evaluator = field(repr=False, compare=False)
    fixed: tuple[int, int] | None = None

    def dates(self, year: int) -> tuple[date, ...]:
        """The days of this Gregorian year on which it falls, in order.

        Usually one. A Hijri date may occur twice, a lunar one not at all, and the
        Hindu tables of the `holidays` package end in 2035.
        """
        found = {day for day in self.evaluate(year) if day is not None and day.year == year}
        return tuple(sorted(found))


def parse_rule(text: str) -> DateRule:
    """Read a rule such as "last Mon of May"; ValueError says what is allowed."""
    for pattern, factory in _FORMS:
        match = pattern.fullmatch(text)
        if match is not None:
            fixed = (int(text[:2]), int(text[3:])) if factory is _fixed else None
            return DateRule(text, factory(*match.groups()), fixed)
    raise ValueError(f"{text!r} is no calendar rule; allowed: {FORMS}")


def _fixed(month: str, day: str) -> Evaluator:
    date(2024, int(month), int(day))  # ValueError for a day that no year has

    def evaluate(year: int) -> Iterable[date | None]:
        try:
            return [date(year, int(month), int(day))]
        except ValueError:  # 29 February of a common year
            return []

    return evaluate


def _of_month(position: str, day: str, month: str) -> Evaluator:
    last = position == "last"
    nth = weekday(_WEEKDAYS.index(day))(-1 if last else int(position[0]))
    step = relativedelta(day=31 if last else 1, weekday=nth)
    return lambda year: [date(year, _MONTHS.index(month) + 1, 1) + step]


def _next_to(day: str, side: str, month: str, day_of_month: str) -> Evaluator:
    anchor = date(2023, int(month), int(day_of_month))  # ValueError for a day some years lack
    nearest = relativedelta(weekday=weekday(_WEEKDAYS.index(day))(1 if side == "after" else -1))
    return lambda year: [anchor.replace(year=year) + nearest]


def _around_easter(church: str | None, days: str | None) -> Evaluator:
    offset = timedelta(days=int(days or 0))
    if church:
        return lambda year: [easter(year, EASTER_ORTHODOX) + offset]
    return lambda year: [easter(year) + offset]


def _around_advent(days: str | None) -> Evaluator:
    """Advent begins on the fourth Sunday before Christmas: 27 November to 3 December."""
    sunday = relativedelta(month=11, day=27, weekday=weekday(6)(1))
    return lambda year: [date(year, 1, 1) + sunday + timedelta(days=int(days or 0))]


def _hebrew(year: int, month: int, day: int) -> date | None:
    try:
        converted: date = HebrewDate(year, month, day).to_pydate()
    except ValueError:  # the thirtieth of a month that has twenty-nine days this year
        return None
    return converted


def _hijri(year: int, month: int, day: int) -> date | None:
    try:
        return date(*Hijri(year, month, day).to_gregorian().datetuple())
    except (OverflowError, ValueError):  # Umm al-Qura is tabulated for 1343 to 1500 AH
        return None


def _with_convertdate(calendar: Any, year: int, month: int, day: int) -> date | None:
    return date(*calendar.to_gregorian(year, month, day))


def _chinese(year: int, month: int, day: int) -> date | None:
    try:
        converted: date = Converter.Lunar2Solar(Lunar(year, month, day)).to_date()
    except DateNotExist:  # the thirtieth of a month that has twenty-nine days this year
        return None
    return converted


def _korean(year: int, month: int, day: int) -> date | None:
    calendar = KoreanLunarCalendar()
    found = calendar.setLunarDate(year, month, day, False)
    return date.fromisoformat(calendar.SolarIsoFormat()) if found else None


@dataclass(frozen=True, slots=True)
class _Reckoning:
    """A calendar with years, months and days of its own.

    years: those of its years that may meet a Gregorian year; convert: (year,
    month, day) of it as a Gregorian date, None where there is no such day; months:
    their names from the first on, none where months are only numbered.
    """

    years: Callable[[int], range]
    convert: Callable[[int, int, int], date | None]
    months: str = ""


_RECKONINGS = {
    "hebrew": _Reckoning(
        lambda year: range(year + 3760, year + 3762),
        _hebrew,
        "Nisan Iyar Sivan Tammuz Av Elul Tishrei Cheshvan Kislev Tevet Shvat",
    ),
    "hijri": _Reckoning(
        lambda year: range((year - 622) * 33 // 32 - 1, (year - 622) * 33 // 32 + 2),
        _hijri,
        "Muharram Safar Rabi-I Rabi-II Jumada-I Jumada-II "
        "Rajab Shaban Ramadan Shawwal Dhu-al-Qada Dhu-al-Hijja",
    ),
    "persian": _Reckoning(
        lambda year: range(year - 622, year - 620),
        partial(_with_convertdate, persian),
        "Farvardin Ordibehesht Khordad Tir Mordad Shahrivar Mehr Aban Azar Dey Bahman Esfand",
    ),
    "bahai": _Reckoning(
        lambda year: range(year - 1844, year - 1842),
        partial(_with_convertdate, bahai),
        "Baha Jalal Jamal Azamat Nur Rahmat Kalimat Kamal Asma Izzat "
        "Mashiyyat Ilm Qudrat Qawl Masail Sharaf Sultan Mulk",
    ),
    "chinese": _Reckoning(lambda year: range(year - 1, year + 1), _chinese),
    "korean": _Reckoning(lambda year: range(year - 1, year + 1), _korean),
}


def _by_month_name(calendar: str, day: str, month: str, shifts: str | None) -> Evaluator:
    months = _RECKONINGS[calendar].months.split()
    if month not in months:
        raise ValueError(f"{month!r} is no {calendar} month; allowed: {', '.join(months)}")
    moved = {_WEEKDAYS.index(part[:3].title()): int(part[3:]) for part in (shifts or "").split()}
    return _reckoned(_RECKONINGS[calendar], months.index(month) + 1, int(day), moved)


def _by_month_number(calendar: str, month: str, day: str) -> Evaluator:
    return _reckoned(_RECKONINGS[calendar], int(month), int(day), {})


def _reckoned(reckoning: _Reckoning, month: int, day: int, moved: dict[int, int]) -> Evaluator:
    """moved: days by which a date is moved that falls on a weekday (0 is Monday)."""

    def evaluate(year: int) -> Iterable[date | None]:
        for own_year in reckoning.years(year):
            found = reckoning.convert(own_year, month, day)
            if found is not None:
                yield found + timedelta(days=moved.get(found.weekday(), 0))

    return evaluate


_TABLES: dict[str, Callable[[], Any]] = {
    "balinese": _BalineseSakaLunar,
    "buddhist": _BuddhistLunisolar,
    "chinese": _ChineseLunisolar,
    "hindu": _HinduLunisolar,
    "thai": _ThaiLunisolar,
}
"""Calendars that the `holidays` package has as tables, in classes it does not publish."""


def _in_table(calendar: str, name: str) -> Evaluator:
    if calendar not in _TABLES:
        raise ValueError(f"there is no table {calendar!r}; allowed: {', '.join(_TABLES)}")
    look_up = getattr(_TABLES[calendar](), f"{name}_date", None)
    if look_up is None:
        raise ValueError(f"the {calendar} table has no day {name!r}")

    def evaluate(year: int) -> Iterable[date | None]:
        found = look_up(year)
        return found[:1] if isinstance(found, tuple) else [found]

    return evaluate


def _statutory(country: str, name: str) -> Evaluator:
    if country not in holidays.list_supported_countries():
        raise ValueError(f"the holidays package does not know the country {country!r}")
    categories = holidays.country_holidays(country).supported_categories

    def evaluate(year: int) -> Iterable[date | None]:
        known = holidays.country_holidays(
            country, years=year, categories=categories, language="en_US"
        )
        return known.get_named(name, lookup="iexact")

    return evaluate


_WEEKDAY = f"({'|'.join(_WEEKDAYS)})"
_SHIFT = f"(?:{'|'.join(_WEEKDAYS).lower()})[+-][1-6]"
_FORMS: tuple[tuple[re.Pattern[str], Callable[..., Evaluator]], ...] = tuple(
    (re.compile(pattern), factory)
    for pattern, factory in (
        (r"(\d\d)-(\d\d)", _fixed),
        (rf"(1st|2nd|3rd|4th|last) {_WEEKDAY} of ({'|'.join(_MONTHS)})", _of_month),
        (rf"{_WEEKDAY} on-or-(after|before) (\d\d)-(\d\d)", _next_to),
        (r"(orthodox-)?easter([+-]\d+)?", _around_easter),
        (r"advent1([+-]\d+)?", _around_advent),
        (
            rf"(hebrew|hijri|persian|bahai) (\d+) (\S+)(?: shift ({_SHIFT}(?: {_SHIFT})*))?",
            _by_month_name,
        ),
        (r"(chinese|korean) (\d+)/(\d+)", _by_month_number),
        (r"table (\w+) (\w+)", _in_table),
        (r"lib ([A-Z]{2}) (.+)", _statutory),
    )
)

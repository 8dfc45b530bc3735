"""When calendar rules fall. Dates beside them were looked up in published calendars."""

from datetime import date

import pytest

from postlint.events.calendar import Calendar
from postlint.events.rules import parse_rule


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("09-11", "2026-09-11"),
        ("last Mon of May", "2026-05-25"),
        ("last Sun of Apr", "2026-04-26"),
        ("2nd Sun of Nov", "2026-11-08"),
        ("4th Thu of Nov", "2026-11-26"),
        ("1st Thu of Jan", "2026-01-01"),
        ("Sun on-or-after 07-16", "2026-07-19"),
        ("Sun on-or-after 07-19", "2026-07-19"),
        ("Mon on-or-before 05-24", "2026-05-18"),
        ("Sun on-or-before 05-24", "2026-05-24"),
        ("easter-2", "2026-04-03"),
        ("easter", "2026-04-05"),
        ("orthodox-easter-2", "2026-04-10"),
        ("orthodox-easter+9", "2026-04-21"),
        ("advent1", "2026-11-29"),
        ("advent1-14", "2026-11-15"),
        ("hebrew 10 Tishrei", "2026-09-21"),
        ("hebrew 27 Nisan shift fri-1 sun+1", "2026-04-14"),
        ("hijri 10 Muharram", "2026-06-25"),
        ("hijri 1 Ramadan", "2026-02-18"),
        ("persian 14 Khordad", "2026-06-04"),
        ("bahai 13 Azamat", "2026-05-29"),
        ("chinese 7/15", "2026-08-27"),
        ("korean 4/8", "2026-05-24"),
        ("table balinese nyepi", "2026-03-19"),
        ("table chinese qingming", "2026-04-05"),
        ("lib JP Showa Day", "2026-04-29"),
    ],
)
def test_a_rule_falls_on_its_published_date(rule: str, expected: str) -> None:
    assert parse_rule(rule).dates(2026) == (date.fromisoformat(expected),)


@pytest.mark.parametrize(
    ("year", "expected"),
    [(2021, "2021-04-08"), (2024, "2024-05-06"), (2025, "2025-04-24"), (2027, "2027-05-04")],
)
def test_yom_hashoah_keeps_away_from_the_sabbath(year: int, expected: str) -> None:
    rule = parse_rule("hebrew 27 Nisan shift fri-1 sun+1")
    assert rule.dates(year) == (date.fromisoformat(expected),)


def test_a_hijri_date_may_fall_twice_in_one_year() -> None:
    assert len(parse_rule("hijri 1 Ramadan").dates(2030)) == 2


def test_a_leap_day_is_kept_only_in_leap_years() -> None:
    rule = parse_rule("02-29")
    assert rule.dates(2028) == (date(2028, 2, 29),)
    assert rule.dates(2027) == ()


def test_a_table_that_has_ended_gives_no_date() -> None:
    rule = parse_rule("table hindu samvatsari_parva")
    assert rule.dates(2035)
    assert rule.dates(2036) == ()


def test_only_a_fixed_rule_has_a_fixed_date() -> None:
    assert parse_rule("12-07").fixed == (12, 7)
    assert parse_rule("last Mon of May").fixed is None


@pytest.mark.parametrize(
    ("rule", "complaint"),
    [
        ("whenever", "allowed: MM-DD; 2nd Sun of May"),
        ("5th Sun of May", "is no calendar rule"),
        ("13-01", "month must be in 1..12"),
        ("02-30", "day"),
        ("Sun on-or-after 02-29", "day"),
        ("hijri 10 May", "is no hijri month; allowed: Muharram, Safar"),
        ("hebrew 10 Tishrei shift fri-9", "is no calendar rule"),
        ("table maya tun", "there is no table 'maya'; allowed: balinese"),
        ("table hindu brunch", "the hindu table has no day 'brunch'"),
        ("lib ZZ Some Day", "does not know the country 'ZZ'"),
    ],
)
def test_a_rule_that_cannot_be_read_says_what_is_allowed(rule: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint.replace(".", r"\.")):
        parse_rule(rule)


def test_every_carried_rule_has_a_date_in_every_year_to_come(shipped: Calendar) -> None:
    undated = [
        (observance.id, year)
        for observance in shipped.observances.values()
        for year in range(2025, 2036)
        if not observance.rule.dates(year)
    ]
    assert undated == []


def test_no_carried_rule_fails_at_the_ends_of_the_years_served(shipped: Calendar) -> None:
    for year in (1901, 2099):
        for observance in shipped.observances.values():
            assert all(day.year == year for day in observance.rule.dates(year))

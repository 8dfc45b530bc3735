"""The calendar beside the `holidays` package, which knows statutory days of most countries.

They are two sources, not one: where they differ, either is wrong or the difference has a
reason that stands here.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache

import holidays

from postlint.events.calendar import Calendar
from postlint.events.observance import Observance

YEARS = range(2024, 2033)

EXPLAINED = {
    ("emancipation_caribbean", "GD", 2024): "until 2024 Grenada kept the first Monday of August",
    ("nl_keti_koti", "SX", 2029): "a substitute day off; the day itself stays",
}
"""Observance, country and year of what may differ."""


@cache
def published(country: str) -> Mapping[str, frozenset[date]]:
    """The days of a country by their names, in small letters and English where there is any."""
    known = holidays.country_holidays(country)
    days = holidays.country_holidays(
        country,
        years=YEARS,
        categories=known.supported_categories,
        language="en_US" if "en_US" in known.supported_languages else None,
    )
    found: dict[str, set[date]] = defaultdict(set)
    for day, names in days.items():
        for name in names.split("; "):
            found[name.casefold()].add(day)
    return {name: frozenset(dates) for name, dates in found.items()}


def differences(observance: Observance, country: str, days: frozenset[date]) -> Iterator[str]:
    """Years in which both know the day and no date of ours is near enough to theirs."""
    margin = timedelta(days=observance.tolerance)
    for year in YEARS:
        theirs = [day for day in days if day.year == year]
        spans = list(observance.days(year))
        agree = any(
            first - margin <= day <= last + margin for first, last in spans for day in theirs
        )
        if theirs and spans and not agree and (observance.id, country, year) not in EXPLAINED:
            yield f"{observance.id} {country} {year}: {spans}, published {sorted(theirs)}"


def test_entries_that_rest_on_the_package_agree_with_it(shipped: Calendar) -> None:
    resting = [each for each in shipped.observances.values() if each.lib]
    assert len(resting) > 50
    found = []
    for observance in resting:
        country, _, part = (observance.lib or "").partition(":")
        days = frozenset[date]().union(
            *(dates for name, dates in published(country).items() if part.casefold() in name)
        )
        assert days, observance.id
        found += differences(observance, country, days)
    assert found == []


def test_days_that_both_know_by_one_name_fall_together(shipped: Calendar) -> None:
    compared = 0
    found = []
    for observance in shipped.observances.values():
        countries = {region[:2] for region in observance.regions}
        for country in countries.intersection(holidays.list_supported_countries()):
            for name in {observance.name.casefold(), *map(str.casefold, observance.names)}:
                days = published(country).get(name)
                if days:
                    compared += 1
                    found += differences(observance, country, days)
    assert compared > 90
    assert found == []

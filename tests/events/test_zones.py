from datetime import UTC, datetime, timedelta
from zoneinfo import available_timezones

import pytest

from postlint.events.zones import EVERYWHERE, clocks, zones_of
from postlint.regions import countries


def test_every_country_has_clocks_that_exist() -> None:
    known = available_timezones()
    for country in countries():
        zones = zones_of(country)
        assert zones
        assert set(zones) <= known, country


@pytest.mark.parametrize(
    ("region", "first"),
    [
        ("US", "America/New_York"),
        ("AU", "Australia/Sydney"),
        ("CA", "America/Toronto"),
        ("GB-NIR", "Europe/London"),
        ("US-HI", "Pacific/Honolulu"),
    ],
)
def test_the_zone_in_which_most_people_live_comes_first(region: str, first: str) -> None:
    assert zones_of(region)[0] == first


def test_every_zone_of_a_state_is_one_of_its_country() -> None:
    for state in ("US-TX", "US-AK", "CA-QC", "CA-NU", "AU-ACT"):
        assert set(zones_of(state)) <= set(zones_of(state[:2]))


def test_a_state_does_not_keep_the_clocks_of_the_other_states() -> None:
    assert zones_of("US-HI") == ("Pacific/Honolulu",)


def test_one_instant_is_two_dates_in_new_york_and_sydney() -> None:
    instant = datetime(2026, 9, 11, 1, tzinfo=UTC)
    shown = {
        clock.zone: (instant + clock.ahead).date().day for clock in clocks(("US", "AU"), instant)
    }
    assert shown["America/New_York"] == 10
    assert shown["Australia/Sydney"] == 11


def test_a_calendar_day_lasts_fifty_hours_on_earth() -> None:
    ahead = [clock.ahead for clock in clocks((EVERYWHERE,), datetime(2026, 9, 11, tzinfo=UTC))]
    assert timedelta(days=1) + max(ahead) - min(ahead) >= timedelta(hours=49)


def test_clocks_that_agree_are_shown_once() -> None:
    shown = clocks(("DE", "AT", "FR"), datetime(2026, 7, 1, tzinfo=UTC))
    assert [clock.zone for clock in shown] == ["Europe/Berlin"]


def test_summer_time_is_followed_to_the_minute() -> None:
    before = clocks(("DE",), datetime(2026, 3, 29, 0, 59, tzinfo=UTC))
    after = clocks(("DE",), datetime(2026, 3, 29, 1, 0, tzinfo=UTC))
    assert before[0].ahead == timedelta(hours=1)
    assert after[0].ahead == timedelta(hours=2)

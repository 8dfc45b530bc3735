from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from postlint.events.audience import Strength
from postlint.events.calendar import LEAD_DAYS, Calendar, Occurrence, Relation
from tests.events.conftest import MakeObservance


def local(zone: str, *moment: int) -> datetime:
    return datetime(*moment, tzinfo=ZoneInfo(zone))  # type: ignore[arg-type, misc]


def only(occurrences: tuple[Occurrence, ...]) -> Occurrence:
    assert len(occurrences) == 1
    return occurrences[0]


@pytest.mark.parametrize(
    ("moment", "relation"),
    [
        ((2026, 6, 13, 23, 59), None),
        ((2026, 6, 14, 0, 0), Relation.ADJACENT),
        ((2026, 6, 14, 23, 59), Relation.ADJACENT),
        ((2026, 6, 15, 0, 0), Relation.DAY),
        ((2026, 6, 15, 23, 59), Relation.DAY),
        ((2026, 6, 16, 0, 0), Relation.ADJACENT),
        ((2026, 6, 17, 0, 0), None),
    ],
)
def test_a_day_runs_from_midnight_to_midnight_of_the_audience(
    make_observance: MakeObservance, moment: tuple[int, ...], relation: Relation | None
) -> None:
    calendar = Calendar([make_observance(regions=["JP"])])
    occurrences = calendar.occurring(local("Asia/Tokyo", *moment), ("JP",))
    assert [occurrence.relation for occurrence in occurrences] == ([relation] if relation else [])


def test_the_strictest_zone_counts_and_is_named(make_observance: MakeObservance) -> None:
    calendar = Calendar([make_observance(rule="09-11", regions=["US", "AU"])])
    occurrence = only(calendar.occurring(datetime(2026, 9, 11, 1, tzinfo=UTC), ("US", "AU")))
    assert occurrence.relation is Relation.DAY
    assert occurrence.zone == "Australia/Sydney"
    assert occurrence.date == date(2026, 9, 11)


def test_zones_where_the_day_is_not_kept_do_not_count(make_observance: MakeObservance) -> None:
    calendar = Calendar([make_observance(rule="09-11", regions=["US"])])
    occurrence = only(calendar.occurring(datetime(2026, 9, 11, 1, tzinfo=UTC), ("US", "AU")))
    assert occurrence.relation is Relation.ADJACENT


def test_each_strength_is_judged_by_its_own_clocks(make_observance: MakeObservance) -> None:
    calendar = Calendar([make_observance(rule="09-11", regions=["US"], also=["AU"])])
    occurrences = calendar.occurring(datetime(2026, 9, 11, 1, tzinfo=UTC), ("US", "AU"))
    assert {occurrence.strength: occurrence.relation for occurrence in occurrences} == {
        Strength.FULL: Relation.ADJACENT,
        Strength.ALSO: Relation.DAY,
    }


@pytest.mark.parametrize(
    ("moment", "relation"),
    [
        ((2026, 6, 13, 15), None),
        ((2026, 6, 13, 16), Relation.ADJACENT),
        ((2026, 6, 14, 15), Relation.ADJACENT),
        ((2026, 6, 14, 16), Relation.UNCERTAIN),
        ((2026, 6, 14, 22), Relation.DAY),
        ((2026, 6, 15, 15), Relation.DAY),
        ((2026, 6, 15, 16), Relation.UNCERTAIN),
        ((2026, 6, 15, 22), Relation.ADJACENT),
    ],
)
def test_a_day_that_starts_at_sunset_is_uncertain_from_four_to_ten(
    make_observance: MakeObservance, moment: tuple[int, ...], relation: Relation | None
) -> None:
    calendar = Calendar([make_observance(regions=["IL"], starts="sunset")])
    occurrences = calendar.occurring(local("Asia/Jerusalem", *moment), ("IL",))
    assert [occurrence.relation for occurrence in occurrences] == ([relation] if relation else [])
    assert all(occurrence.date == date(2026, 6, 15) for occurrence in occurrences)


def test_a_day_that_starts_in_the_morning_ends_in_the_next(
    make_observance: MakeObservance,
) -> None:
    calendar = Calendar([make_observance(regions=["ID-BA"], starts="06:00")])
    bali = "Asia/Makassar"
    before = only(calendar.occurring(local(bali, 2026, 6, 15, 5, 59), ("ID-BA",)))
    night = only(calendar.occurring(local(bali, 2026, 6, 16, 4, 59), ("ID-BA",)))
    assert (before.relation, night.relation) == (Relation.DAY, Relation.DAY)


def test_days_within_the_tolerance_are_uncertain(make_observance: MakeObservance) -> None:
    calendar = Calendar([make_observance(regions=["JP"], tolerance=1)])
    relations = {
        day: [
            occurrence.relation
            for occurrence in calendar.occurring(local("Asia/Tokyo", 2026, 6, day, 12), ("JP",))
        ]
        for day in range(12, 19)
    }
    assert relations == {
        12: [],
        13: [Relation.ADJACENT],
        14: [Relation.UNCERTAIN],
        15: [Relation.DAY],
        16: [Relation.UNCERTAIN],
        17: [Relation.ADJACENT],
        18: [],
    }


def test_a_span_counts_from_its_first_to_its_last_day(make_observance: MakeObservance) -> None:
    calendar = Calendar([make_observance(regions=["JP"], span=[-2, 1])])
    dates = {
        day: [
            (occurrence.relation, occurrence.date.day)
            for occurrence in calendar.occurring(local("Asia/Tokyo", 2026, 6, day, 12), ("JP",))
        ]
        for day in (12, 13, 16, 17)
    }
    assert dates == {
        12: [(Relation.ADJACENT, 13)],
        13: [(Relation.DAY, 13)],
        16: [(Relation.DAY, 16)],
        17: [(Relation.ADJACENT, 16)],
    }


def test_a_day_of_the_next_year_is_seen_from_this_one(make_observance: MakeObservance) -> None:
    calendar = Calendar([make_observance(rule="01-01", regions=["JP"])])
    occurrence = only(calendar.occurring(local("Asia/Tokyo", 2026, 12, 31, 12), ("JP",)))
    assert (occurrence.relation, occurrence.date) == (Relation.ADJACENT, date(2027, 1, 1))


def test_a_day_is_kept_from_its_first_to_its_last_year(make_observance: MakeObservance) -> None:
    calendar = Calendar([make_observance(regions=["JP"], since=2025, until=2026)])
    kept = [
        year
        for year in range(2023, 2029)
        if calendar.occurring(local("Asia/Tokyo", year, 6, 15, 12), ("JP",))
    ]
    assert kept == [2025, 2026]


@pytest.mark.parametrize(
    ("days_before", "relation"),
    [
        (0, Relation.DAY),
        (1, Relation.ADJACENT),
        (2, Relation.LEAD_UP),
        (LEAD_DAYS, Relation.LEAD_UP),
        (LEAD_DAYS + 1, Relation.OTHER),
        (-1, Relation.ADJACENT),
        (-2, Relation.OTHER),
    ],
)
def test_a_named_day_is_found_however_far_away(
    make_observance: MakeObservance, days_before: int, relation: Relation
) -> None:
    calendar = Calendar([make_observance(regions=["JP"])])
    moment = local("Asia/Tokyo", 2026, 6, 15, 12) - timedelta(days=days_before)
    occurrence = only(calendar.nearest("test_day", moment, ("JP",)))
    assert occurrence.relation is relation
    assert occurrence.date == date(2026, 6, 15)


def test_a_named_day_of_others_concerns_nobody_here(make_observance: MakeObservance) -> None:
    calendar = Calendar([make_observance(regions=["JP"])])
    assert calendar.nearest("test_day", local("Asia/Tokyo", 2026, 6, 15, 12), ("FR",)) == ()


@pytest.mark.parametrize("year", [1, 1899, 2150, 9999])
def test_years_that_no_calendar_knows_observe_nothing(
    make_observance: MakeObservance, year: int
) -> None:
    calendar = Calendar([make_observance(since=1)])
    moment = datetime(year, 6, 15, 12, tzinfo=UTC)
    assert calendar.occurring(moment, ("US",)) == ()
    assert calendar.nearest("test_day", moment, ("US",)) == ()


def test_what_is_coming_is_listed_in_order_of_date(make_observance: MakeObservance) -> None:
    calendar = Calendar(
        [
            make_observance(id="late", rule="12-31"),
            make_observance(id="early", rule="01-01"),
            make_observance(id="long", rule="12-30", span=[0, 5]),
            make_observance(id="elsewhere", rule="12-31", regions=["JP"]),
        ]
    )
    coming = calendar.upcoming(date(2026, 12, 31), date(2027, 1, 1), "US")
    assert [(dated.observance.id, dated.first, dated.last) for dated in coming] == [
        ("long", date(2026, 12, 30), date(2027, 1, 4)),
        ("late", date(2026, 12, 31), date(2026, 12, 31)),
        ("early", date(2027, 1, 1), date(2027, 1, 1)),
    ]
    everywhere = calendar.upcoming(date(2026, 12, 31), date(2026, 12, 31))
    assert {dated.observance.id for dated in everywhere} == {"late", "long", "elsewhere"}


def test_a_worldwide_post_meets_the_day_as_long_as_it_lasts_anywhere(
    make_observance: MakeObservance,
) -> None:
    calendar = Calendar([make_observance(regions=["US"], also=["*"])])
    noon = datetime(2026, 6, 15, 12, tzinfo=UTC)
    hours = [
        hour
        for hour in range(-48, 49)
        if any(
            occurrence.relation is Relation.DAY
            for occurrence in calendar.occurring(noon + timedelta(hours=hour), ())
        )
    ]
    assert hours == list(range(-26, 23))

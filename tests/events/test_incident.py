"""What somebody may say of an incident, and what follows from it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from postlint.events.incident import Incident, Kind, Status, WindowKind
from postlint.events.incident_defaults import completed
from postlint.events.incident_phases import (
    SPANS,
    Phase,
    Stage,
    changes_after,
    is_silent,
    stage_at,
    stretches,
)
from postlint.text.folding import fold

START = datetime(2026, 3, 10, 12, tzinfo=UTC)
LEAST: dict[str, Any] = {
    "id": "x",
    "name": "Springfield mall shooting",
    "kind": "shooting",
    "regions": ["US-IL"],
    "starts_at": START.isoformat(),
}


def incident(**fields: Any) -> Incident:
    return Incident.model_validate(LEAST | fields)


def stage(moment: datetime, **fields: Any) -> Stage:
    return stage_at(stretches(completed(incident(**fields))), moment)


def test_name_kind_regions_and_start_are_enough() -> None:
    whole = completed(incident())
    assert (whole.severity, whole.status, whole.last_sign) == (3, Status.ACTIVE, START)
    assert [window.kind for window in whole.windows] == [
        WindowKind.ACUTE,
        WindowKind.FRESH,
        WindowKind.TAIL,
    ]
    assert whole.keywords == ("Springfield mall shooting", "#Springfieldmallshooting")
    assert whole.radius_km == 100


def test_what_was_said_is_kept_by_the_defaults() -> None:
    whole = completed(incident(keywords=["#Mall"], radius_km=5, ends_at=START + timedelta(hours=1)))
    assert (whole.keywords, whole.radius_km) == (("#Mall",), 5)
    assert whole.last_sign == START + timedelta(hours=1)


@pytest.mark.parametrize(
    ("fields", "keyword"),
    [
        ({"place": "Springfield"}, "Springfield shooting"),
        ({"place": "Springfield"}, "pray for Springfield"),
        ({"name": "The Springfield shooting 2026"}, "Springfield shooting"),
        ({"name": "Death of Ada Lovelace", "kind": "death"}, "Ada Lovelace"),
        ({"name": "Hurricane Zelda", "kind": "flood_storm"}, "#Zelda"),
    ],
)
def test_keywords_come_from_name_kind_and_place(fields: dict[str, Any], keyword: str) -> None:
    assert keyword in completed(incident(**fields)).keywords


@pytest.mark.parametrize("name", ["Fire", "Train crash", "The Earthquake"])
def test_everyday_words_name_no_event(name: str) -> None:
    assert completed(incident(name=name)).keywords == ()


def test_a_place_alone_names_no_event() -> None:
    assert "springfield" not in map(fold, completed(incident(place="Springfield")).keywords)


@pytest.mark.parametrize(
    ("fields", "location", "complaint"),
    [
        ({"name": "🔥"}, ("name",), "letters or digits"),
        ({"kind": "boom"}, ("kind",), "'shooting', 'explosion'"),
        ({"regions": []}, ("regions",), "at least one"),
        ({"regions": ["XX"]}, ("regions", 0), "ISO 3166"),
        ({"starts_at": "2026-03-10T12:00:00"}, ("starts_at",), "timezone"),
        ({"severity": 5}, ("severity",), "less than or equal to 4"),
        ({"ends_at": "2026-03-09T12:00:00Z"}, ("ends_at",), "before starts_at"),
        ({"last_sign": "2026-03-09T12:00:00Z"}, ("last_sign",), "before starts_at"),
        ({"latitude": 3.0}, ("longitude",), "given together"),
        ({"longitude": 3.0}, ("longitude",), "given together"),
        ({"windows": [{"kind": "party", "from": "2026-03-12"}]}, ("windows", 0, "kind"), "acute"),
        (
            {"windows": [{"kind": "funeral", "from": "2026-03-12", "until": "2026-03-11"}]},
            ("windows", 0, "until"),
            "before 'from'",
        ),
        (
            {"windows": [{"kind": "silence", "from": "2026-03-12T11:00:00Z"}]},
            ("windows", 0, "until"),
            "no whole day",
        ),
        ({"colour": "red"}, ("colour",), "Extra inputs"),
    ],
)
def test_what_makes_no_sense_is_told_by_field(
    fields: dict[str, Any], location: tuple[str | int, ...], complaint: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        incident(**fields)
    (found,) = [error for error in caught.value.errors() if complaint in error["msg"]]
    assert found["loc"] == location


@pytest.mark.parametrize("severity", SPANS)
def test_each_phase_lasts_as_long_as_the_severity_says(severity: int) -> None:
    acute, fresh, tail = SPANS[severity]
    moments = [
        (timedelta(seconds=-1), Phase.OVER),
        (timedelta(0), Phase.ACUTE),
        (acute - timedelta(seconds=1), Phase.ACUTE),
        (acute, Phase.FRESH),
        (fresh, Phase.TAIL),
        (tail, Phase.OVER),
    ]
    for after, phase in moments:
        assert stage(START + after, severity=severity).phase is phase


def test_the_phases_of_the_table() -> None:
    hours = {
        severity: [phase.total_seconds() / 3600 for phase in spans]
        for severity, spans in SPANS.items()
    }
    assert hours == {
        1: [6, 12, 24],
        2: [24, 72, 7 * 24],
        3: [48, 7 * 24, 30 * 24],
        4: [72, 14 * 24, 60 * 24],
    }


def test_the_clock_runs_from_the_last_sign() -> None:
    later = START + timedelta(days=20)
    assert stage(later + timedelta(hours=47), last_sign=later).phase is Phase.ACUTE
    assert stage(later, ends_at=START + timedelta(days=1)).phase is Phase.TAIL


def test_a_funeral_weeks_later_brings_it_back() -> None:
    funeral = {"windows": [{"kind": "funeral", "from": "2026-05-04"}]}
    day = datetime(2026, 5, 4, 15, tzinfo=UTC)
    assert stage(day, **funeral) == Stage(Phase.FRESH, mourning=True, funeral=True)
    assert stage(day + timedelta(days=1), **funeral) == Stage(Phase.OVER)


def test_a_day_lasts_as_long_as_it_is_that_day_in_its_regions() -> None:
    whole = completed(
        incident(regions=["US-HI", "US-NY"], windows=[{"kind": "mourning", "from": "2026-05-04"}])
    )
    mourning = stretches(whole)[-1]
    assert mourning.begin == datetime(2026, 5, 4, 4, tzinfo=UTC)
    assert mourning.end == datetime(2026, 5, 5, 10, tzinfo=UTC)


def test_an_incident_at_the_end_of_the_years_still_has_phases() -> None:
    late = datetime(2100, 12, 30, tzinfo=UTC)
    assert stage(late, starts_at=late.isoformat()).phase is Phase.ACUTE


def test_changes_are_told_in_order() -> None:
    windows = stretches(completed(incident()))
    changes = changes_after(windows, START)
    assert [(change - START).days for change in changes] == [2, 7, 30]


@pytest.mark.parametrize(
    ("severity", "hours", "silent"),
    [(1, 1000, False), (2, 23, False), (2, 24, True), (3, 71, False), (3, 72, True), (4, 72, True)],
)
def test_who_hears_nothing_for_long_is_asked(severity: int, hours: int, silent: bool) -> None:
    now = START + timedelta(hours=hours)
    assert is_silent(incident(severity=severity), now) is silent
    assert not is_silent(incident(severity=severity, ends_at=START), now)


def test_a_proposal_and_a_cancelled_incident_judge_nothing() -> None:
    assert incident().judges
    assert incident(status="closed").judges
    assert not incident(status="cancelled").judges
    assert not incident(standing="proposed").judges


def test_a_day_stays_a_day() -> None:
    (window,) = incident(windows=[{"kind": "funeral", "from": "2026-05-04"}]).windows
    assert window.begin == date(2026, 5, 4)
    assert window.model_dump(mode="json", by_alias=True) == {
        "kind": "funeral",
        "from": "2026-05-04",
        "until": None,
    }


def test_every_kind_can_be_completed() -> None:
    for kind in Kind:
        assert completed(incident(kind=kind, place="Springfield")).keywords

from datetime import date

import pytest

from postlint.events.ics import IcsError, read_ics
from postlint.events.observance import Evidence, Observance, Sensitivity

KINDS = {"own", "accident"}


def calendar(*events: str) -> str:
    inner = "".join(f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:test\n{inner}END:VCALENDAR\n".replace(
        "\n", "\r\n"
    )


def only(*events: str) -> Observance:
    (observance,) = read_ics(calendar(*events), KINDS)
    return observance


def starts(observance: Observance, *years: int) -> list[str]:
    return [first.isoformat() for year in years for first, _ in observance.days(year)]


DAY = """
UID:crash@example.org
SUMMARY:Plant accident
DTSTART;VALUE=DATE:20200229
"""


def test_a_day_without_more_is_worldwide_and_keeps_promotions_away() -> None:
    day = only(DAY)
    assert (day.name, day.names) == ("Plant accident", ("Plant accident",))
    assert (day.regions, day.kind, day.sensitivity) == (("*",), "own", Sensitivity.NO_PROMO)
    assert (day.evidence, day.source) == (Evidence.OWN, None)
    assert starts(day, 2019, 2020, 2024) == ["2020-02-29"]


def test_categories_say_where_how_much_and_what() -> None:
    day = only(DAY + "CATEGORIES:DE,no_humour,Accident\nCATEGORIES:us-ca,Marketing\n")
    assert (day.regions, day.kind) == (("DE", "US-CA"), "accident")
    assert day.sensitivity is Sensitivity.NO_HUMOUR


def test_a_yearly_day_comes_round_without_end() -> None:
    day = only(DAY.replace("0229", "0301") + "RRULE:FREQ=YEARLY\n")
    assert starts(day, 2019, 2020, 2026) == ["2020-03-01", "2026-03-01"]


def test_until_exceptions_additions_and_moved_days_count() -> None:
    day = only(
        DAY.replace("0229", "0301")
        + "RRULE:FREQ=YEARLY;UNTIL=20250101T000000Z\nEXDATE;VALUE=DATE:20210301\n"
        + "RDATE;VALUE=DATE:20300505\n",
        DAY.replace("0229", "0301").replace("2020", "2022").replace("0301", "0303")
        + "RECURRENCE-ID;VALUE=DATE:20220301\n",
    )
    assert starts(day, *range(2020, 2031)) == [
        "2020-03-01",
        "2022-03-03",
        "2023-03-01",
        "2024-03-01",
        "2030-05-05",
    ]


@pytest.mark.parametrize(
    ("end", "last"),
    [
        ("DTEND;VALUE=DATE:20200303", "2020-03-02"),
        ("DURATION:P2D", "2020-03-01"),
        ("DTEND;VALUE=DATE:20200229", "2020-02-29"),
    ],
)
def test_the_end_is_exclusive(end: str, last: str) -> None:
    assert list(only(DAY + end).days(2020)) == [(date(2020, 2, 29), date.fromisoformat(last))]


def test_a_vigil_at_an_hour_is_a_day() -> None:
    evening = DAY.replace(";VALUE=DATE:20200229", ":20200229T180000Z")
    assert list(only(evening + "DTEND:20200301T000000Z").days(2020)) == [
        (date(2020, 2, 29), date(2020, 2, 29))
    ]


def test_the_latest_version_counts_and_what_is_cancelled_is_none() -> None:
    newer = DAY.replace("Plant accident", "Accident of 2020") + "SEQUENCE:2\n"
    assert only(newer, DAY + "SEQUENCE:1\n").name == "Accident of 2020"
    assert read_ics(calendar(DAY, newer + "STATUS:CANCELLED\n"), KINDS) == ()


def test_an_event_keeps_its_id_when_it_changes() -> None:
    assert only(DAY).id == only(DAY.replace("Plant", "Works")).id


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "is no iCalendar file"),
        ("hello", "is no iCalendar file"),
        (calendar("SUMMARY:Nameless\nDTSTART;VALUE=DATE:20200101"), "'Nameless': has no UID"),
        (calendar("UID:a\nSUMMARY:Some day"), "'Some day': has no DTSTART"),
        (calendar("UID:a\nSUMMARY:X\nDTSTART;VALUE=DATE:20200101"), "'X': name: "),
        (calendar(DAY.replace("20200229", "2020XX29")), "'Plant accident': DTSTART: "),
        (calendar(DAY + "RRULE:FREQ=SECONDLY"), "must repeat by days or longer"),
        (calendar(DAY + "RECURRENCE-ID;VALUE=DATE:20200229"), "is not in the file"),
        (calendar(DAY + "DTEND;VALUE=DATE:20210229"), "'Plant accident'"),
    ],
)
def test_what_is_wrong_is_said_with_the_name_of_the_event(text: str, complaint: str) -> None:
    with pytest.raises(IcsError, match=complaint):
        read_ics(text, KINDS)

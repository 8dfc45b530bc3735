from datetime import UTC, datetime

import pytest

from postlint.events.feeds.bulletin import FeedError
from postlint.events.feeds.usgs import read
from postlint.events.incident import Kind
from tests.events.feeds.messages import usgs


def test_a_quake_is_graded_by_its_estimate_of_harm() -> None:
    (quake,) = read(usgs({})).bulletins
    assert (quake.kind, quake.severity) == (Kind.EARTHQUAKE_COLLAPSE, 3)
    assert quake.name == "Earthquake of magnitude 7.1, 16 km NW of Mandalay, Burma (Myanmar)"
    assert quake.place == "Mandalay"
    assert quake.ids == {"usgs:us7000abcd", "usgs:pt26060000"}
    assert quake.coordinates == (22.0, 95.9)
    assert quake.regions == ()
    assert quake.starts_at == quake.last_sign == datetime(2026, 3, 1, 6, tzinfo=UTC)
    assert quake.revision == datetime(2026, 3, 1, 6, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("alert", "severity"), [("green", 1), ("yellow", 2), ("red", 4), (None, 1)]
)
def test_every_alert_has_its_severity(alert: str | None, severity: int) -> None:
    assert read(usgs({"alert": alert})).bulletins[0].severity == severity


def test_a_deleted_quake_is_withdrawn() -> None:
    assert read(usgs({"status": "deleted"})).bulletins[0].withdrawn


def test_blasts_in_quarries_are_no_quakes() -> None:
    assert read(usgs({"type": "quarry blast"})).bulletins == ()


def test_one_message_that_is_wrong_does_not_cost_the_others() -> None:
    reading = read(usgs({"time": "yesterday"}, {}, {"alert": "purple"}))
    assert (len(reading.bulletins), reading.rejected) == (1, 2)


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'{"features": 1}', b"\xff", b"[" * 10**5])
def test_what_is_no_geojson_is_an_error(body: bytes) -> None:
    with pytest.raises(FeedError):
        read(body)

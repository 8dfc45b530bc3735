from datetime import UTC, datetime

import pytest

from postlint.events.feeds.bulletin import FeedError
from postlint.events.feeds.gdacs import read
from postlint.events.incident import Kind
from tests.events.feeds.messages import gdacs


def test_an_alert_says_where_and_how_bad() -> None:
    (quake,) = read(gdacs({"gdacs:glide": "EQ-2026-000031-MMR"})).bulletins
    assert (quake.severity, quake.regions) == (3, ("MM",))
    assert quake.ids == {"gdacs:EQ1500001", "glide:EQ-2026-000031-MMR"}
    assert quake.name == "Earthquake, Myanmar"
    assert quake.starts_at == quake.ends_at == datetime(2026, 3, 1, 6, 0, 3, tzinfo=UTC)


def test_a_storm_is_called_by_its_name_and_goes_on() -> None:
    storm = {
        "gdacs:eventtype": "TC",
        "gdacs:eventname": "PHANFONE-19",
        "gdacs:alertlevel": "Red",
        "gdacs:todate": "Tue, 03 Mar 2026 18:00:00 GMT",
    }
    (cyclone,) = read(gdacs(storm)).bulletins
    assert (cyclone.kind, cyclone.name, cyclone.severity) == (
        Kind.FLOOD_STORM,
        "Cyclone Phanfone",
        4,
    )
    assert cyclone.ends_at is None
    assert cyclone.last_sign == datetime(2026, 3, 3, 18, tzinfo=UTC)


def test_what_is_no_longer_current_has_ended() -> None:
    over = {"gdacs:eventtype": "FL", "gdacs:iscurrent": "false"}
    assert read(gdacs(over)).bulletins[0].ends_at is not None


def test_all_countries_count_and_seas_do_not() -> None:
    wide = {"gdacs:iso3": "BGR", "gdacs:country": "Bulgaria, Iraq, South of Nowhere"}
    (flood,) = read(gdacs(wide)).bulletins
    assert (flood.regions, flood.place) == (("BG", "IQ"), "")


def test_droughts_are_left_out_and_unknown_kinds_are_counted() -> None:
    reading = read(gdacs({"gdacs:eventtype": "DR"}, {"gdacs:eventtype": "XX"}))
    assert (reading.bulletins, reading.rejected) == ((), 1)


def test_one_message_that_is_wrong_does_not_cost_the_others() -> None:
    wrong = ({"gdacs:fromdate": "soon"}, {"georss:point": "here"}, {"gdacs:alertlevel": ""})
    reading = read(gdacs(*wrong, {}))
    assert (len(reading.bulletins), reading.rejected) == (1, 3)


BOMB = b"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "boom"><!ENTITY b "&a;&a;">]>
<rss><channel><item>&b;</item></channel></rss>"""
OTHER_FILE = b"""<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]><rss>&x;</rss>"""


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"<rss>",
        b"<html/>",
        BOMB,
        OTHER_FILE,
        b'<?xml version="1.0" encoding="no"?><a/>',
    ],
)
def test_what_is_no_rss_or_no_safe_one_is_an_error(body: bytes) -> None:
    with pytest.raises(FeedError):
        read(body)

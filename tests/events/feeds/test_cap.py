from datetime import UTC, datetime

import pytest

from postlint.events.feeds.bulletin import FeedError
from postlint.events.feeds.cap import read
from postlint.events.incident import Kind
from tests.events.feeds.messages import cap, index


def test_an_alert_is_read_in_any_language() -> None:
    (storm,) = read(cap("one"), "cap:x").bulletins
    assert (storm.feed, storm.kind, storm.severity) == ("cap:x", Kind.FLOOD_STORM, 2)
    assert storm.name == "STURMBÖEN, Kreis Aurich"
    assert storm.ids == {"cap:warn@example.org,one"}
    assert (storm.regions, storm.warning) == (("DE",), True)
    assert storm.starts_at == datetime(2026, 3, 1, 11, tzinfo=UTC)
    assert storm.ends_at == datetime(2026, 3, 1, 19, tzinfo=UTC)


REFERENCE = "warn@example.org,one,2026-03-01T09:00:00+01:00"


def test_an_update_names_what_it_replaces() -> None:
    (storm,) = read(cap("two", kind="Update", references=REFERENCE), "cap:x").bulletins
    assert storm.ids == {"cap:warn@example.org,one", "cap:warn@example.org,two"}
    assert not storm.withdrawn


@pytest.mark.parametrize("how", [{"kind": "Cancel"}, {"kind": "Update", "response": "AllClear"}])
def test_a_cancel_and_an_all_clear_withdraw(how: dict[str, str]) -> None:
    assert read(cap("two", references=REFERENCE, **how), "cap:x").bulletins[0].withdrawn


def test_exercises_and_receipts_are_left_out() -> None:
    assert read(cap("one", status="Exercise"), "cap:x").bulletins == ()
    assert read(cap("one", kind="Ack"), "cap:x").bulletins == ()


def test_an_alert_without_what_is_needed_is_counted() -> None:
    assert read(cap(""), "cap:x").rejected == 1


def test_an_index_gives_the_addresses_of_its_alerts() -> None:
    assert read(index("https://a/1", "https://a/2", "https://a/1"), "cap:x").links == (
        "https://a/1",
        "https://a/2",
    )


@pytest.mark.parametrize("body", [b"", b"<html/>", b"{}"])
def test_what_is_neither_is_an_error(body: bytes) -> None:
    with pytest.raises(FeedError):
        read(body, "cap:x")

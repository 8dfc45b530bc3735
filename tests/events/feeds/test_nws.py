from datetime import UTC, datetime

from postlint.events.feeds.nws import read
from postlint.events.incident import Kind
from tests.events.feeds.messages import nws

CONTINUED = "/O.CON.KPQR.FA.A.0004.000000T0000Z-260302T1800Z/"
CANCELLED = "/O.CAN.KPQR.FA.A.0004.000000T0000Z-260302T1800Z/"


def test_a_warning_is_a_risk_with_an_end() -> None:
    (flood,) = read(nws({})).bulletins
    assert (flood.kind, flood.severity, flood.warning) == (Kind.FLOOD_STORM, 2, True)
    assert flood.ids == {"nws:KPQR.FA.A.0004.2026"}
    assert flood.name == "Flood Watch, North Oregon Coast"
    assert flood.regions == ("US-OR", "US-WA")
    assert flood.starts_at == datetime(2026, 3, 1, 20, tzinfo=UTC)
    assert flood.ends_at == datetime(2026, 3, 2, 18, tzinfo=UTC)


def test_the_worst_warning_is_no_tragedy_yet() -> None:
    assert read(nws({"severity": "Extreme"})).bulletins[0].severity == 3


def test_what_is_mild_unlikely_or_past_weighs_little() -> None:
    mild = ({"severity": "Minor"}, {"certainty": "Unlikely"}, {"urgency": "Past"})
    assert [read(nws(each)).bulletins[0].severity for each in mild] == [1, 1, 1]


def test_an_update_has_a_new_id_and_is_the_same_warning() -> None:
    update = {
        "id": "urn:oid:2",
        "messageType": "Update",
        "sent": "2026-03-01T09:00:00-08:00",
        "parameters": {"VTEC": [CONTINUED]},
    }
    assert read(nws(update)).bulletins[0].ids == read(nws({})).bulletins[0].ids


def test_a_warning_cancelled_for_some_counties_goes_on_for_the_others() -> None:
    part = {"parameters": {"VTEC": [CANCELLED]}, "geocode": {"UGC": ["WAZ021"]}}
    rest = {"parameters": {"VTEC": [CONTINUED]}, "geocode": {"UGC": ["ORZ001"]}}
    (flood,) = read(nws(part, rest)).bulletins
    assert (flood.withdrawn, flood.regions) == (False, ("US-OR",))
    assert read(nws(part)).bulletins[0].withdrawn


def test_a_watch_that_becomes_a_warning_ends_under_its_own_name() -> None:
    codes = [
        "/O.UPG.KPQR.FA.A.0004.000000T0000Z-260302T1800Z/",
        "/O.NEW.KPQR.FA.W.0001.260301T2000Z-260302T1800Z/",
    ]
    watch, warning = read(nws({"parameters": {"VTEC": codes}})).bulletins
    assert (watch.withdrawn, warning.withdrawn) == (True, False)


def test_a_message_without_a_code_names_those_that_it_replaces() -> None:
    plain = {"id": "b", "parameters": {}, "references": [{"identifier": "a"}]}
    assert read(nws(plain)).bulletins[0].ids == {"nws:a", "nws:b"}
    assert read(nws(plain | {"messageType": "Cancel"})).bulletins[0].withdrawn


def test_tests_and_zones_at_sea_are_left_out() -> None:
    test_code = {"VTEC": ["/T.NEW.KPQR.FA.A.0004.260301T2000Z-260302T1800Z/"]}
    assert read(nws({"status": "Test"}, {"parameters": test_code})).bulletins == ()
    sea = {"geocode": {"UGC": ["PZZ210", "PRZ001"]}}
    assert read(nws(sea)).bulletins[0].regions == ("PR",)


def test_one_message_that_is_wrong_does_not_cost_the_others() -> None:
    reading = read(nws({"sent": "now"}, {"severity": "Terrible"}, {}))
    assert (len(reading.bulletins), reading.rejected) == (1, 2)

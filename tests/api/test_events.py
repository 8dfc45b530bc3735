"""GET /v1/events.ics, and feeds in /readyz."""

from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime

import httpx2
import pytest
from anyio import fail_after, sleep
from icalendar import Calendar

from postlint.settings import Settings
from tests.api.conftest import running
from tests.events.feeds.conftest import Answer, Stage, stage
from tests.events.feeds.messages import gdacs

__all__ = ["stage"]

pytestmark = pytest.mark.anyio

SEPTEMBER = {"from": "2026-09-11", "to": "2026-09-11", "region": "US"}


async def test_a_planner_subscribes_to_what_is_coming(client: httpx2.AsyncClient) -> None:
    response = await client.get("/v1/events.ics", params=SEPTEMBER)
    assert response.headers["content-type"].startswith("text/calendar")
    events = {str(event["UID"]): event for event in Calendar.from_ical(response.text).events}
    event = events["us_911-20260911@postlint"]
    assert event.decoded("DTSTART") == date(2026, 9, 11)
    assert event.decoded("DTEND") == date(2026, 9, 12)
    assert "no promotion" in event["DESCRIPTION"]


async def test_both_forms_list_the_same_days(client: httpx2.AsyncClient) -> None:
    query = {"from": "2026-11-01", "to": "2026-11-30", "region": "DE"}
    listed = (await client.get("/v1/events", params=query)).json()
    calendar = Calendar.from_ical((await client.get("/v1/events.ics", params=query)).text)
    assert [str(event["SUMMARY"]) for event in calendar.events] == [day["name"] for day in listed]


async def test_a_subscription_covers_a_year(client: httpx2.AsyncClient) -> None:
    calendar = Calendar.from_ical((await client.get("/v1/events.ics?region=DE")).text)
    days = [event.decoded("DTSTART") for event in calendar.events]
    assert max(days) - min(days) > timedelta(days=200)
    assert len({str(event["UID"]) for event in calendar.events}) == len(days)


async def test_a_wrong_range_is_explained(client: httpx2.AsyncClient) -> None:
    response = await client.get("/v1/events.ics?from=2026-02-01&to=2026-01-01")
    assert response.status_code == 422
    assert response.json()["errors"][0]["field"] == "to"


async def test_a_feed_that_is_down_is_told_and_harms_no_check() -> None:
    settings = Settings(model="none", feeds="usgs=http://127.0.0.1:9/x")
    async with running(settings) as client:
        assert (await client.post("/v1/lint", json={"text": "Hello"})).status_code == 200
        (feed,) = (await client.get("/readyz")).json()["feeds"]
    assert feed["name"] == "usgs"
    assert feed["last_read"] is None


async def test_what_a_feed_declares_judges_the_next_post(stage: Stage) -> None:
    now = format_datetime(datetime.now(UTC), usegmt=True)
    quake = {"gdacs:alertlevel": "Red", "gdacs:fromdate": now, "gdacs:todate": now, "pubDate": now}
    stage.answers["/gdacs"] = Answer(gdacs(quake))
    settings = Settings(model="none", feeds=f"gdacs={stage.address}/gdacs")
    draft = {"text": "Prices collapse! 40% off, buy now!", "regions": ["MM"]}
    async with running(settings) as client:
        names: list[str] = []
        with fail_after(20):
            while "Earthquake, Myanmar" not in names:
                await sleep(0.02)
                findings = (await client.post("/v1/lint", json=draft)).json()["findings"]
                names = [(finding["event"] or {}).get("name") for finding in findings]


async def test_no_feed_is_followed_unless_named(client: httpx2.AsyncClient) -> None:
    assert (await client.get("/readyz")).json()["feeds"] == []

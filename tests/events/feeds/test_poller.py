"""A day of messages, played by a server."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from random import Random

import pytest

from postlint.events.feeds import client, subscription
from postlint.events.feeds.client import http_client
from postlint.events.feeds.declaring import FeedPolicy
from postlint.events.feeds.desk import IncidentDesk
from postlint.events.feeds.poller import Poller
from postlint.events.feeds.register import Change
from postlint.events.feeds.sources import Source, parse_sources
from postlint.events.feeds.subscription import Subscription
from postlint.events.incident import Incident, Standing, Status
from postlint.events.incidents import MemoryIncidentStore
from tests.events.feeds.conftest import Answer, Stage
from tests.events.feeds.messages import MILLISECONDS, cap, gdacs, index, usgs

HOUR = 3_600_000


def sources(stage: Stage, *names: str) -> list[Source]:
    """Feeds of the stage, asked every few milliseconds."""
    setting = ",".join(f"{name}={stage.address}/{name}" for name in names)
    return [replace(source, every=0.01) for source in parse_sources(setting)]


@asynccontextmanager
async def following(poller: Poller) -> AsyncIterator[None]:
    task = asyncio.create_task(poller.run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def until(seen: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not seen():  # noqa: ASYNC110 - it waits for another thread
            await asyncio.sleep(0.01)


def test_a_day_of_one_earthquake(stage: Stage) -> None:
    store = MemoryIncidentStore()
    desk = IncidentDesk(store, FeedPolicy(frozenset({"usgs", "gdacs"})))

    def incident() -> Incident:
        (only,) = store.snapshot().incidents.values()
        return only

    async def day() -> None:
        # The quake is known before anybody has an idea of the harm.
        stage.answers["/usgs"] = Answer(usgs({"alert": None}), etag='"1"')
        stage.answers["/gdacs"] = Answer(gdacs())
        poller = Poller(sources(stage, "usgs", "gdacs"), http_client(""), desk, Random(0))
        async with following(poller):
            await until(lambda: len(stage.asked) > 6)
            assert not store.snapshot().incidents
            assert any("If-None-Match" in headers for _, headers in stage.asked)

            changed = {"updated": MILLISECONDS + HOUR}
            stage.answers["/usgs"] = Answer(usgs(changed), etag='"2"')
            await until(lambda: bool(store.snapshot().incidents))
            assert incident().standing is Standing.PROPOSED

            stage.answers["/gdacs"] = Answer(gdacs({}))
            await until(lambda: incident().standing is Standing.DECLARED)
            assert incident().regions == ("MM",)

            worse = {"alert": "red", "updated": MILLISECONDS + 2 * HOUR, "ids": ",pt26060000,"}
            stage.answers["/usgs"] = Answer(usgs(worse), etag='"3"')
            await until(lambda: incident().severity == 4)

            for trouble in (Answer(b"<html>down</html>"), Answer(status=500)):
                before = poller.status[0].failures
                stage.answers["/usgs"] = trouble
                await until(lambda before=before: poller.status[0].failures > before)
            assert (incident().severity, incident().status) == (4, Status.ACTIVE)
            assert poller.status[0].problem is not None

            gone = {"status": "deleted", "updated": MILLISECONDS + 3 * HOUR}
            stage.answers["/usgs"] = Answer(usgs(gone), etag='"4"')
            await until(lambda: incident().severity == 3)
            assert poller.status[0].problem is None
        assert len(store.snapshot().incidents) == 1

    asyncio.run(day())


def test_a_slow_feed_is_a_status_and_no_harm(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "DEADLINE", 0.2)
    stage.answers["/usgs"] = Answer(usgs({}), delay=5)

    async def once() -> None:
        slow = Subscription(sources(stage, "usgs")[0], Random(0))
        async with http_client("") as http:
            assert await slow.read(http) == ()
        assert (slow.status.failures, slow.status.last_read) == (1, None)
        assert slow.wait > 0

    asyncio.run(once())


def test_an_index_is_followed_to_what_is_new_on_its_own_host(stage: Stage) -> None:
    alerts = {"/a": cap("a"), "/b": cap("b"), "/broken": b"<alert"}
    stage.answers.update({path: Answer(body) for path, body in alerts.items()})
    links = [f"{stage.address}{path}" for path in ("/a", "/b", "/broken", "/missing")]
    stage.answers["/cap"] = Answer(index(*links, "http://192.0.2.1/inside"), etag='"1"')

    async def twice() -> None:
        feed = Subscription(sources(stage, "cap")[0], Random(0))
        async with http_client("") as http:
            assert len(await feed.read(http)) == 2
            assert feed.status.rejected == 1
            stage.asked.clear()
            stage.answers["/missing"] = Answer(cap("missing"))
            assert len(await feed.read(http)) == 1
        assert [path for path, _ in stage.asked] == ["/cap", "/missing"]

    asyncio.run(twice())


def test_a_long_index_is_read_in_parts(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subscription, "MOST_LINKS", 2)
    paths = ["/a", "/b", "/c"]
    stage.answers.update({path: Answer(cap(path)) for path in paths})
    stage.answers["/cap"] = Answer(index(*(stage.address + path for path in paths)), etag='"1"')

    async def thrice() -> None:
        feed = Subscription(sources(stage, "cap")[0], Random(0))
        async with http_client("") as http:
            assert [len(await feed.read(http)) for _ in range(3)] == [2, 1, 0]

    asyncio.run(thrice())


def test_what_the_desk_could_not_take_is_told_again(stage: Stage) -> None:
    class FullDesk:
        def __init__(self) -> None:
            self.told = 0

        async def tell(self, change: Change) -> None:
            self.told += 1
            if self.told < 3:
                raise OSError("disk full")

    stage.answers["/gdacs"] = Answer(gdacs({}))
    desk = FullDesk()

    async def trouble() -> None:
        poller = Poller(sources(stage, "gdacs"), http_client(""), desk, Random(0))
        async with following(poller):
            await until(lambda: desk.told == 3)
            asked = len(stage.asked)
            await until(lambda: len(stage.asked) > asked + 3)
        assert desk.told == 3

    asyncio.run(trouble())


def test_an_event_that_makes_no_sense_keeps_no_other_back(stage: Stage) -> None:
    class PickyDesk:
        def __init__(self) -> None:
            self.taken: set[str] = set()

        async def tell(self, change: Change) -> None:
            if any("first" in name for name in change.event.ids):
                raise ValueError("ends before it starts")
            self.taken |= change.event.ids

    later = {"time": MILLISECONDS + 90 * HOUR, "updated": MILLISECONDS + 91 * HOUR}
    quakes = {"id": "first", "ids": ""}, {"id": "second", "ids": "", **later}
    stage.answers["/usgs"] = Answer(usgs(*quakes))
    desk = PickyDesk()

    async def day() -> None:
        poller = Poller(sources(stage, "usgs"), http_client(""), desk, Random(0))
        async with following(poller):
            await until(lambda: any("second" in name for name in desk.taken))

    asyncio.run(day())

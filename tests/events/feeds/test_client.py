import asyncio
from random import Random

import pytest

from postlint.events.feeds import client
from postlint.events.feeds.backoff import LONGEST, delay
from postlint.events.feeds.bulletin import FeedError
from postlint.events.feeds.client import Document, Validators, fetch, http_client
from tests.events.feeds.conftest import Answer, Stage


def get(stage: Stage, path: str, known: Validators, limit: int = 1000) -> Document | None:
    async def run() -> Document | None:
        async with http_client("ops@example.org") as http:
            return await fetch(http, stage.address + path, known, limit)

    return asyncio.run(run())


def test_a_document_is_fetched_again_only_when_it_has_changed(stage: Stage) -> None:
    stage.answers["/feed"] = Answer(b"one", etag='"1"')
    first = get(stage, "/feed", Validators())
    assert first is not None
    assert first.body == b"one"
    assert get(stage, "/feed", first.validators) is None
    stage.answers["/feed"] = Answer(b"two", etag='"2"')
    second = get(stage, "/feed", first.validators)
    assert second is not None
    assert second.body == b"two"


def test_the_feed_is_told_who_asks(stage: Stage) -> None:
    stage.answers["/feed"] = Answer(b"")
    get(stage, "/feed", Validators())
    agent = stage.asked[0][1]["User-Agent"]
    assert agent.startswith("postlint/")
    assert "ops@example.org" in agent


@pytest.mark.parametrize(
    ("answer", "complaint"),
    [
        (Answer(status=500), "status 500"),
        (Answer(b"x" * 1001), "larger than 1000 bytes"),
    ],
)
def test_what_cannot_be_used_is_an_error(stage: Stage, answer: Answer, complaint: str) -> None:
    stage.answers["/feed"] = answer
    with pytest.raises(FeedError, match=complaint):
        get(stage, "/feed", Validators())


def test_a_feed_that_drips_is_given_up(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "DEADLINE", 0.2)
    stage.answers["/feed"] = Answer(b"late", delay=5)
    with pytest.raises(FeedError, match="takes longer"):
        get(stage, "/feed", Validators())


def test_nobody_at_home_is_an_error() -> None:
    with pytest.raises(FeedError, match="cannot be read: ConnectError"):
        get(Stage("http://127.0.0.1:9"), "/feed", Validators())


def test_after_errors_it_waits_longer_and_never_at_the_same_time() -> None:
    random = Random(1)
    assert delay(0, 60, random) == 60
    assert 60 <= delay(1, 60, random) <= 120
    assert 120 <= delay(2, 60, random) <= 240
    assert LONGEST / 2 <= delay(1000, 60, random) <= LONGEST
    assert delay(3, 60, random) != delay(3, 60, random)

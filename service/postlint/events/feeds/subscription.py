"""One feed as it is followed: what was read last, how it is doing, when to ask again."""

from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from urllib.parse import urlsplit

import httpx2
import structlog

from postlint.events.feeds.backoff import delay
from postlint.events.feeds.bulletin import Bulletin, FeedError, Reading
from postlint.events.feeds.client import Validators, fetch
from postlint.events.feeds.sources import Source

MOST_LINKS = 100
"""Documents of an index that are fetched at a time; the rest waits for the next time."""
_PATIENCE = 3
"""Documents of an index that cannot be had before the rest waits for the next time."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class FeedStatus:
    """How a feed is doing. last_read: when it was last had or seen unchanged (UTC), None for
    never; failures: in a row; problem: the last one, None while all is well; rejected:
    messages of the last document that could not be understood.
    """

    name: str
    last_read: datetime | None = None
    failures: int = 0
    problem: str | None = None
    rejected: int = 0


class Subscription:
    """Follows one source. `read` never raises: a feed that is down is a status, no error."""

    def __init__(self, source: Source, random: Random) -> None:
        self._source = source
        self._random = random
        self._validators = Validators()
        self._seen: frozenset[str] = frozenset()
        self.status = FeedStatus(source.name)

    @property
    def wait(self) -> float:
        """Seconds until the feed should be read again."""
        return delay(self.status.failures, self._source.every, self._random)

    async def read(self, http: httpx2.AsyncClient) -> tuple[Bulletin, ...]:
        """What the feed says; nothing where it has not changed or cannot be had."""
        try:
            reading = await self._read(http)
        except FeedError as error:
            return self._failed(str(error))
        except Exception as error:
            # A bug in reading one feed must stop neither the others nor the service.
            return self._failed(f"cannot be understood: {type(error).__name__}")
        if self.status.failures:
            _log.info("feed back", feed=self._source.name)
        rejected = self.status.rejected if reading is None else reading.rejected
        if reading is not None and reading.rejected:
            _log.warning("feed messages rejected", feed=self._source.name, count=rejected)
        self.status = FeedStatus(self._source.name, datetime.now(UTC), rejected=rejected)
        return () if reading is None else reading.bulletins

    async def _read(self, http: httpx2.AsyncClient) -> Reading | None:
        source = self._source
        document = await fetch(http, source.url, self._validators, source.limit)
        if document is None:
            return None
        reading = source.read(document.body)
        complete = True
        if reading.links:
            reading, complete = await self._follow(http, reading)
        # Only now: whoever stops halfway has to be given the same again.
        self._validators = document.validators if complete else Validators()
        return reading

    async def _follow(self, http: httpx2.AsyncClient, index: Reading) -> tuple[Reading, bool]:
        """Read the documents of an index that are new, and whether all of them could be had.

        Only of the same host: an index must not send us anywhere else.
        """
        host = _host(self._source.url)
        links = [link for link in index.links if _host(link) == host]
        fresh = [link for link in links if link not in self._seen]
        seen = self._seen.intersection(links)
        bulletins: list[Bulletin] = []
        rejected, failures = index.rejected, 0
        for link in fresh[:MOST_LINKS]:
            try:
                limit = self._source.limit
                document = await fetch(http, link, Validators(), limit, redirects=False)
            except FeedError:
                failures += 1
                if failures == _PATIENCE:
                    break
                continue
            seen |= {link}
            try:
                reading = self._source.read(document.body if document else b"")
            except FeedError:
                rejected += 1
                continue
            bulletins += reading.bulletins
            rejected += reading.rejected
        self._seen = seen
        return Reading(tuple(bulletins), rejected), seen.issuperset(links)

    def _failed(self, problem: str) -> tuple[Bulletin, ...]:
        before = self.status
        if before.problem != problem:
            _log.warning("feed not read", feed=self._source.name, problem=problem)
        self.status = FeedStatus(
            before.name, before.last_read, before.failures + 1, problem, before.rejected
        )
        return ()


def _host(url: str) -> tuple[str, str] | None:
    """Scheme and host of an address; None of what is no address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return parts.scheme, parts.netloc

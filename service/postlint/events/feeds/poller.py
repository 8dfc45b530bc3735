"""Follows all feeds for ever and hands on what changes."""

import asyncio
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from random import Random
from typing import Protocol

import httpx2
import structlog

from postlint.events.feeds.bulletin import Bulletin
from postlint.events.feeds.register import Change, News, Register
from postlint.events.feeds.sources import Source
from postlint.events.feeds.subscription import FeedStatus, Subscription

_log = structlog.get_logger(__name__)


class Desk(Protocol):
    """Where changes go. It may have been told of an event by an earlier process."""

    async def tell(self, change: Change) -> None:
        """Take a change in; being told the same twice changes nothing."""


class Poller:
    """Reads every source in its own rhythm. Nothing is asked before `run`."""

    def __init__(
        self, sources: Iterable[Source], http: httpx2.AsyncClient, desk: Desk, random: Random
    ) -> None:
        self._subscriptions = [Subscription(source, random) for source in sources]
        self._http = http
        self._desk = desk
        self._register = Register()
        self._untold: dict[int, Change] = {}
        self._telling = asyncio.Lock()

    @property
    def status(self) -> Sequence[FeedStatus]:
        """How each feed is doing, in the order of the setting."""
        return [subscription.status for subscription in self._subscriptions]

    async def run(self) -> None:
        """Follow the feeds until cancelled."""
        async with self._http:
            # All of them before the first word: what one feed knows of an event must not
            # undo, at each start, what another one had added.
            readings = await asyncio.gather(
                *(subscription.read(self._http) for subscription in self._subscriptions)
            )
            await self._tell(bulletin for reading in readings for bulletin in reading)
            await asyncio.gather(*map(self._follow, self._subscriptions))

    async def _follow(self, subscription: Subscription) -> None:
        while True:
            await asyncio.sleep(subscription.wait)
            await self._tell(await subscription.read(self._http))

    async def _tell(self, bulletins: Iterable[Bulletin]) -> None:
        """Hand on what is new; what the desk cannot take is handed to it again next time."""
        async with self._telling:
            try:
                for change in self._register.take(bulletins, datetime.now(UTC)):
                    self._untold[change.event.number] = change
            except Exception as error:
                # Whatever it is, the feeds are followed on, and the next word tries again.
                _log.error("feeds not taken in", kind=type(error).__name__)
            # What is withdrawn first: of two events that turn out to be one, the one that stays
            # takes over the names of the other, by which the desk would find it.
            waiting = sorted(
                self._untold.items(), key=lambda item: item[1].news is not News.CANCELLED
            )
            for number, change in waiting:
                try:
                    await self._desk.tell(change)
                    del self._untold[number]
                except Exception as error:
                    # One event that makes no sense must not keep the others back.
                    _log.error("incident not taken in", kind=type(error).__name__)

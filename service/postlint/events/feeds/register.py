"""Which bulletins are about the same event, and what is new in them.

One event has several messages over time, several names, and often several feeds. Nothing is
cancelled because a feed falls silent about it; only a warning ends with its time, for then
there is nothing left to be careful about.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from postlint.events.feeds.bulletin import Bulletin
from postlint.events.geography import distance_km

NEAR_KM = 200.0
NEAR_TIME = timedelta(hours=24)
"""Within these, bulletins of different feeds about the same kind are about the same event:
networks place an earthquake up to a degree apart."""

KEPT = timedelta(days=60)
"""How long an event is remembered after the last word on it: the longest tail of any."""

_ALWAYS = datetime.min


class News(StrEnum):
    """What a round of bulletins means for one event."""

    NEW = "new"
    UPDATED = "updated"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class FeedEvent:
    """An event as its feeds describe it: bulletins has the latest of each, never empty.

    number: of this process, by the order of appearance. ids: all names that it ever had.
    """

    number: int
    ids: frozenset[str]
    bulletins: tuple[Bulletin, ...]

    @property
    def cancelled(self) -> bool:
        """Whether every feed that told of it has taken it back."""
        return all(bulletin.withdrawn for bulletin in self.bulletins)

    @property
    def standing(self) -> tuple[Bulletin, ...]:
        """What is still said, the gravest first; when all is withdrawn, what was said."""
        said = [bulletin for bulletin in self.bulletins if not bulletin.withdrawn]
        return tuple(sorted(said or self.bulletins, key=lambda bulletin: -bulletin.severity))


@dataclass(frozen=True, slots=True)
class Change:
    """An event and why it is worth a word."""

    news: News
    event: FeedEvent


class Register:
    """Remembers the events of all feeds. Not for several threads."""

    def __init__(self) -> None:
        self._events: dict[int, FeedEvent] = {}
        self._by_id: dict[str, int] = {}
        self._appeared = 0

    def take(self, bulletins: Iterable[Bulletin], now: datetime) -> tuple[Change, ...]:
        """What these bulletins change, once an event; messages seen before change nothing.

        now: aware; warnings whose time is over by then are withdrawn.
        """
        before: dict[int, FeedEvent | None] = {}
        # In the order in which they were said, or an old message would undo a newer one.
        for bulletin in sorted(bulletins, key=lambda bulletin: bulletin.revision):
            self._add(bulletin, before)
        self._end_warnings(now, before)
        changes = (self._change(number, event) for number, event in before.items())
        found = tuple(change for change in changes if change is not None)
        self._forget()
        return found

    def _add(self, bulletin: Bulletin, before: dict[int, FeedEvent | None]) -> None:
        known = self._known(bulletin)
        if not known:
            if bulletin.withdrawn:
                return
            self._appeared += 1
            before[self._appeared] = None
            self._keep(FeedEvent(self._appeared, bulletin.ids, (bulletin,)))
            return
        for event in known:
            before.setdefault(event.number, event)
        first, *others = known
        for other in others:  # a message that says of two events that they are one
            del self._events[other.number]
        said = {each.feed: each for event in reversed(known) for each in event.bulletins}
        earlier = said.get(bulletin.feed)
        if earlier is None or earlier.revision <= bulletin.revision:
            said[bulletin.feed] = bulletin
        ids = bulletin.ids.union(*(event.ids for event in known))
        self._keep(FeedEvent(first.number, ids, tuple(said.values())))

    def _end_warnings(self, now: datetime, before: dict[int, FeedEvent | None]) -> None:
        for event in list(self._events.values()):
            said = tuple(_at(now, bulletin) for bulletin in event.bulletins)
            if said != event.bulletins:
                before.setdefault(event.number, event)
                self._keep(replace(event, bulletins=said))

    def _known(self, bulletin: Bulletin) -> list[FeedEvent]:
        """The events of this name, else the nearest that another feed reports; oldest first."""
        numbers = {self._by_id[name] for name in bulletin.ids if name in self._by_id}
        if numbers:
            return [self._events[number] for number in sorted(numbers)]
        near = (
            (distance, event.number)
            for event in self._events.values()
            if (distance := _distance(event, bulletin)) is not None
        )
        nearest = min(near, default=None)
        return [] if nearest is None else [self._events[nearest[1]]]

    def _keep(self, event: FeedEvent) -> None:
        self._events[event.number] = event
        self._by_id.update(dict.fromkeys(event.ids, event.number))

    def _change(self, number: int, before: FeedEvent | None) -> Change | None:
        now = self._events.get(number)
        if now is None:  # it is another one's now, under that one's number
            return None if before is None else Change(News.CANCELLED, before)
        if now.cancelled:
            told = before is not None and not before.cancelled
            return Change(News.CANCELLED, now) if told else None
        if before is None or before.cancelled:
            return Change(News.NEW, now)
        return None if _same(before, now) else Change(News.UPDATED, now)

    def _forget(self) -> None:
        """Drop what no feed has had a word on for long before the latest word on anything."""
        if not self._events:
            return
        said = {number: _latest(event) for number, event in self._events.items()}
        horizon = max(said.values()) - KEPT
        for number in [number for number, latest in said.items() if latest < horizon]:
            for name in self._events.pop(number).ids:
                del self._by_id[name]


def _at(now: datetime, bulletin: Bulletin) -> Bulletin:
    ended = bulletin.warning and bulletin.ends_at is not None and bulletin.ends_at <= now
    return replace(bulletin, withdrawn=True) if ended else bulletin


def _latest(event: FeedEvent) -> datetime:
    return max(bulletin.revision for bulletin in event.bulletins)


def _same(before: FeedEvent, now: FeedEvent) -> bool:
    """Whether nothing was said but what had been said before."""
    return before.ids == now.ids and _said(before) == _said(now)


def _said(event: FeedEvent) -> list[Bulletin]:
    return [replace(bulletin, revision=_ALWAYS) for bulletin in event.bulletins]


def _distance(event: FeedEvent, bulletin: Bulletin) -> float | None:
    """Kilometres between an event and a bulletin of another feed that may be about it."""
    found: list[float] = []
    for other in event.bulletins:
        if (
            other.feed == bulletin.feed
            or other.kind is not bulletin.kind
            or other.warning != bulletin.warning
        ):
            return None
        if other.coordinates is None or bulletin.coordinates is None:
            continue
        distance = distance_km(*other.coordinates, *bulletin.coordinates)
        if distance <= NEAR_KM and abs(other.starts_at - bulletin.starts_at) <= NEAR_TIME:
            found.append(distance)
    return min(found, default=None)

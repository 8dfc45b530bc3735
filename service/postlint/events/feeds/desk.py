"""Puts on file what feeds report, beside what people declare.

People come first: what somebody declared, rejected or changed is not undone by a feed.
"""

from datetime import UTC, datetime
from typing import Any

import structlog
from anyio.to_thread import run_sync
from pydantic import ValidationError

from postlint.events.feeds.bulletin import Bulletin
from postlint.events.feeds.declaring import WARNING_CAP, Course, FeedPolicy
from postlint.events.feeds.register import Change, FeedEvent, News
from postlint.events.geography import near
from postlint.events.incident import Declaration, Incident, Standing, Status
from postlint.events.incidents import Amendment, IncidentStore

_log = structlog.get_logger(__name__)

SOURCE = "feed:"
"""Begins the source of every incident that came from a feed; its name follows."""

_LONGEST = 200
"""Code points of a name."""
_MOST_IDS = 50
_GUESS_KM = (100.0, 300.0)
"""How far from its coordinates a proposed event is looked for on the map, first near, then far."""


class IncidentDesk:
    """Declares, proposes, amends and cancels incidents as feeds report them."""

    def __init__(self, store: IncidentStore, policy: FeedPolicy) -> None:
        self._store = store
        self._policy = policy
        self._written: dict[str, dict[str, Any]] = {}
        self._cancelled: set[str] = set()

    async def tell(self, change: Change) -> None:
        """Take a change in, in a thread: a store may wait for its disk."""
        await run_sync(self.take, change)

    def take(self, change: Change) -> None:
        """Take a change in; the same change again changes nothing."""
        known = self._known(change.event)
        if change.news is News.CANCELLED:
            if known is not None and known.status is not Status.CANCELLED:
                self._store.cancel(known.id)
                self._cancelled.add(known.id)
            return
        course = self._policy.course(change.event)
        declaration = _declaration(change.event)
        if declaration is None:
            if course is not Course.IGNORE:
                _log.warning("feed event left out", ids=sorted(change.event.ids))
            return
        if known is not None:
            self._amend(known, declaration, course)
        elif course is not Course.IGNORE and not self._declared_by_a_person(change.event):
            standing = Standing.DECLARED if course is Course.DECLARE else Standing.PROPOSED
            source = SOURCE + change.event.standing[0].feed
            incident = self._store.declare(declaration, source[:_LONGEST], standing)
            self._written[incident.id] = dict(declaration)

    def _known(self, event: FeedEvent) -> Incident | None:
        """What feeds put on file about this event, perhaps in an earlier process."""
        for incident in self._store.snapshot().incidents.values():
            if incident.source.startswith(SOURCE) and event.ids.intersection(incident.external_ids):
                return incident
        return None

    def _declared_by_a_person(self, event: FeedEvent) -> bool:
        """Whether somebody has declared it already and gave one of its names."""
        return any(
            event.ids.intersection(incident.external_ids)
            for incident in self._store.snapshot().incidents.values()
        )

    def _amend(self, known: Incident, declaration: Declaration, course: Course) -> None:
        """Write what the feed says where nobody else has written since.

        Of an incident that this process has not written, a person may have changed anything:
        then only graver news get through.
        """
        said = dict(declaration)
        written = self._written.get(known.id)
        if written is None:
            graver = declaration.severity > known.severity
            open_fields = {"external_ids", "last_sign"} | ({"severity"} if graver else set())
        else:
            open_fields = {name for name in said if getattr(known, name) == written[name]}
        changes = {name: said[name] for name in open_fields if said[name] != getattr(known, name)}
        if known.status is Status.CANCELLED:
            if known.id not in self._cancelled:  # a person rejected it
                return
            self._cancelled.remove(known.id)
            changes["status"] = Status.ACTIVE
        if known.standing is Standing.PROPOSED and course is Course.DECLARE:
            changes["standing"] = Standing.DECLARED
        amendable = {name: changes[name] for name in changes if name in Amendment.model_fields}
        if amendable:
            self._store.amend(known.id, Amendment(**amendable), datetime.now(UTC))
        self._written[known.id] = said


def _declaration(event: FeedEvent) -> Declaration | None:
    """The event as an incident, or None where no region can be said or even guessed, or a name
    is none.
    """
    bulletins = event.standing
    first = bulletins[0]
    regions = dict.fromkeys(region for each in bulletins for region in each.regions)
    places = [each.coordinates for each in bulletins if each.coordinates is not None]
    latitude, longitude = places[0] if places else (None, None)
    starts = min(each.starts_at for each in bulletins)
    ends = [each.ends_at for each in bulletins]
    ended = [moment for moment in ends if moment is not None]
    try:
        return Declaration(
            name=first.name[:_LONGEST],
            kind=first.kind,
            regions=tuple(regions) or _guess(first),
            starts_at=starts,
            place=next((each.place for each in bulletins if each.place), None),
            severity=min(first.severity, WARNING_CAP) if first.warning else first.severity,
            ends_at=max(ended) if len(ended) == len(ends) else None,
            last_sign=max(each.last_sign for each in bulletins),
            latitude=latitude,
            longitude=longitude,
            risk=first.warning,
            external_ids=tuple(sorted(event.ids))[:_MOST_IDS],
        )
    except ValidationError:
        return None


def _guess(bulletin: Bulletin) -> tuple[str, ...]:
    """Subdivisions about the coordinates: enough for a person to confirm, not to judge by."""
    if bulletin.coordinates is None:
        return ()
    for radius in _GUESS_KM:
        found = near(*bulletin.coordinates, radius)
        if found:
            return tuple(sorted(found))
    return ()

"""Incidents on file: what can be done with them, and the store that keeps them in memory."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from types import MappingProxyType
from typing import Annotated, Literal, Protocol

from pydantic import Field

from postlint.draft import Instant, Name
from postlint.errors import UnknownIncidentError
from postlint.events.incident import (
    Declaration,
    Incident,
    Keyword,
    Kind,
    Places,
    Severity,
    Standing,
    Status,
    Title,
    Window,
)
from postlint.finding import Frozen
from postlint.text.folding import fold

_MOST_OF_NAME = 60
"""Characters of a name that go into an id."""


class Amendment(Frozen):
    """What is to change of an incident: the fields that are given, null where it may be empty.

    status: "closed" when it has ended (at `ends_at`, else now), "active" when it has not, or
    was cancelled by mistake. standing: "declared" makes a feed's proposal count.
    """

    name: Title | None = None
    kind: Kind | None = None
    regions: Places | None = None
    starts_at: Instant | None = None
    place: Title | None = None
    severity: Severity | None = None
    ends_at: Instant | None = None
    last_sign: Instant | None = None
    windows: Annotated[tuple[Window, ...], Field(max_length=50)] | None = None
    keywords: Annotated[tuple[Keyword, ...], Field(max_length=50)] | None = None
    latitude: Annotated[float, Field(ge=-90, le=90)] | None = None
    longitude: Annotated[float, Field(ge=-180, le=180)] | None = None
    radius_km: Annotated[float, Field(gt=0, le=5000)] | None = None
    struck: Annotated[tuple[Title, ...], Field(max_length=50)] | None = None
    external_ids: Annotated[tuple[Name, ...], Field(max_length=50)] | None = None
    status: Literal[Status.ACTIVE, Status.CLOSED] | None = None
    standing: Literal[Standing.DECLARED] | None = None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All incidents at one moment; never changes. revision: grows with every change."""

    revision: int = 0
    incidents: Mapping[str, Incident] = field(default_factory=lambda: MappingProxyType({}))

    def get(self, id: str) -> Incident:
        """The incident as it was declared, or UnknownIncidentError."""
        found = self.incidents.get(id)
        if found is None:
            raise UnknownIncidentError(id)
        return found


class IncidentStore(Protocol):
    """Keeps incidents. Nothing is ever forgotten: a cancelled one stays on file."""

    def snapshot(self) -> Snapshot:
        """What is on file now."""
        ...

    def declare(
        self,
        declaration: Declaration,
        source: str = "person",
        standing: Standing = Standing.DECLARED,
    ) -> Incident:
        """Put an incident on file, under an id made from its name and day."""
        ...

    def amend(self, id: str, amendment: Amendment, now: datetime) -> Incident:
        """Change an incident. Raises UnknownIncidentError, or ValidationError where the changed
        incident makes no sense.
        """
        ...

    def cancel(self, id: str) -> Incident:
        """Withdraw an incident. Raises UnknownIncidentError."""
        ...


class MemoryIncidentStore:
    """Incidents of one process, as long as it lives. Safe to call from several threads."""

    def __init__(self) -> None:
        self._changing = Lock()
        self._snapshot = Snapshot()

    def snapshot(self) -> Snapshot:
        return self._snapshot

    def declare(
        self,
        declaration: Declaration,
        source: str = "person",
        standing: Standing = Standing.DECLARED,
    ) -> Incident:
        with self._changing:
            incident = Incident(
                **dict(declaration),
                id=new_id(declaration, self._snapshot.incidents),
                source=source,
                standing=standing,
            )
            return self._keep(incident)

    def amend(self, id: str, amendment: Amendment, now: datetime) -> Incident:
        with self._changing:
            before = self._snapshot.get(id)
            after = amended(before, amendment, now)
            return before if after is before else self._keep(after)

    def cancel(self, id: str) -> Incident:
        with self._changing:
            before = self._snapshot.get(id)
            after = cancelled(before)
            return before if after is before else self._keep(after)

    def _keep(self, incident: Incident) -> Incident:
        incidents = {**self._snapshot.incidents, incident.id: incident}
        self._snapshot = Snapshot(self._snapshot.revision + 1, MappingProxyType(incidents))
        return incident


def new_id(declaration: Declaration, taken: Collection[str]) -> str:
    """An id that says what and when: "aurora-cinema-shooting-2012-07-20", with a number at the
    end where that is taken.
    """
    words = re.findall("[a-z0-9]+", fold(declaration.name))
    name = "-".join(words)[:_MOST_OF_NAME].strip("-") or declaration.kind.replace("_", "-")
    id = base = f"{name}-{declaration.starts_at:%Y-%m-%d}"
    number = 1
    while id in taken:
        number += 1
        id = f"{base}-{number}"
    return id


def amended(incident: Incident, amendment: Amendment, now: datetime) -> Incident:
    """The incident with the given changes, in its next revision; the same where nothing changes.

    Closing it without an end ends it now, or when it starts; opening it again takes the end back.
    """
    changes = {name: getattr(amendment, name) for name in amendment.model_fields_set}
    match changes.get("status"):
        case Status.CLOSED if incident.ends_at is None:
            changes.setdefault("ends_at", max(now, incident.starts_at))
        case Status.ACTIVE if incident.status is Status.CLOSED:
            changes.setdefault("ends_at", None)
    changed = Incident.model_validate({**dict(incident), **changes})
    return incident if changed == incident else _next(changed)


def cancelled(incident: Incident) -> Incident:
    """The incident withdrawn, in its next revision; the same where it is already."""
    if incident.status is Status.CANCELLED:
        return incident
    return _next(incident.model_copy(update={"status": Status.CANCELLED}))


def _next(incident: Incident) -> Incident:
    return incident.model_copy(update={"revision": incident.revision + 1})

"""/v1/incidents: declare what has just happened, and say when it is over or was not so."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Annotated

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Query, Response
from pydantic import ValidationError

from postlint.api.dependencies import LiveDependency
from postlint.api.live import Live
from postlint.api.loopback import require_loopback
from postlint.api.problems import (
    RefusedError,
    declared,
    field_errors,
    problem,
    unprocessable,
)
from postlint.errors import UnknownIncidentError
from postlint.events.filed import file
from postlint.events.incident import Declaration, Incident, Status
from postlint.events.incident_phases import Phase, is_silent, stage_at
from postlint.events.incidents import Amendment, IncidentStore

router = APIRouter(tags=["incidents"])

OnlyHere = Depends(require_loopback)


class IncidentAnswer(Incident):
    """An incident with everything that follows from what was said of it.

    phase: where it is now. silent: nobody knows whether it goes on, and no sign came for long;
    close it, or send a last_sign.
    """

    phase: Phase
    silent: bool


@router.post(
    "/incidents",
    status_code=201,
    dependencies=[OnlyHere],
    responses=declared(400, 403, 413, 422),
)
async def declare_incident(
    declaration: Declaration, live: LiveDependency, response: Response
) -> IncidentAnswer:
    """Declare an incident by name, kind, regions and starts_at; it judges the next draft."""
    incident = live.foundation.incidents.declare(declaration)
    response.headers["location"] = f"/v1/incidents/{incident.id}"
    return await _changed(live, incident)


@router.get("/incidents", responses=declared(422))
async def list_incidents(
    live: LiveDependency,
    status: Annotated[Status | None, Query(description="Default: all.")] = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> list[IncidentAnswer]:
    """Incidents on file, the newest first; cancelled ones stay on file."""
    incidents: Iterable[Incident] = live.foundation.incidents.snapshot().incidents.values()
    if status is not None:
        incidents = (incident for incident in incidents if incident.status is status)
    newest = sorted(incidents, key=lambda incident: incident.starts_at, reverse=True)
    return [_answer(incident) for incident in newest[:limit]]


@router.get("/incidents/{id}", responses=declared(404))
async def show_incident(id: str, live: LiveDependency) -> IncidentAnswer:
    """One incident."""
    try:
        return _answer(live.foundation.incidents.snapshot().get(id))
    except UnknownIncidentError:
        raise _UNKNOWN from None


@router.patch(
    "/incidents/{id}",
    dependencies=[OnlyHere],
    responses=declared(400, 403, 404, 413, 422),
)
async def amend_incident(id: str, amendment: Amendment, live: LiveDependency) -> IncidentAnswer:
    """Change the fields that are given: another severity, a funeral, a last_sign, its end."""
    store: IncidentStore = live.foundation.incidents
    try:
        return await _changed(live, store.amend(id, amendment, datetime.now(UTC)))
    except UnknownIncidentError:
        raise _UNKNOWN from None
    except ValidationError as error:
        found = field_errors(error.errors(include_input=False))
        raise RefusedError(unprocessable(found)) from None


@router.delete("/incidents/{id}", dependencies=[OnlyHere], responses=declared(403, 404))
async def cancel_incident(id: str, live: LiveDependency) -> IncidentAnswer:
    """Withdraw an incident: it stays on file and judges nothing from now on."""
    try:
        return await _changed(live, live.foundation.incidents.cancel(id))
    except UnknownIncidentError:
        raise _UNKNOWN from None


_UNKNOWN = RefusedError(problem(404, "There is no such incident; GET /v1/incidents lists them."))


async def _changed(live: Live, incident: Incident) -> IncidentAnswer:
    """The answer to a change, given when the change judges drafts."""
    await run_sync(live.foundation.watch)
    return _answer(incident)


def _answer(incident: Incident) -> IncidentAnswer:
    now = datetime.now(UTC)
    filed = file(incident)
    phase = stage_at(filed.windows, now).phase if incident.judges else Phase.OVER
    return IncidentAnswer.model_construct(
        **dict(filed.incident), phase=phase, silent=is_silent(incident, now)
    )

"""GET /v1/events and /v1/events.ics: the sensitive days that are coming."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import Field

from postlint.api.dependencies import ApplicationDependency
from postlint.api.problems import FieldError, RefusedError, declared, unprocessable
from postlint.bootstrap import Application
from postlint.draft import Region
from postlint.events.calendar import DatedObservance
from postlint.events.listing import Event, listed
from postlint.formatters.ics import as_ics

router = APIRouter(tags=["events"])

Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2100, 12, 31))]
"""A day on which calendars, tables and drafts agree to exist."""

First = Annotated[Day | None, Query(alias="from", description="Default: today, UTC.")]
Area = Annotated[Region | None, Query(description="ISO 3166 code; default: all.")]

_DEFAULT_DAYS = 30
_SUBSCRIBED_DAYS = 365
"""A list is looked at now; a subscription is planned by."""
_MOST_DAYS = 732

_CALENDAR = "text/calendar"


@router.get("/events", responses=declared(422))
async def list_events(
    application: ApplicationDependency,
    first: First = None,
    last: Annotated[Day | None, Query(alias="to", description="Default: 30 days on.")] = None,
    region: Area = None,
) -> list[Event]:
    """What is kept between two dates, both included, at most two years apart."""
    coming = _upcoming(application, first, last, region, _DEFAULT_DAYS)
    return [listed(dated) for dated in coming]


@router.get(
    "/events.ics",
    response_class=Response,
    responses={
        200: {"content": {_CALENDAR: {"schema": {"type": "string"}}}},
        **declared(422),
    },
)
async def subscribe_to_events(
    application: ApplicationDependency,
    first: First = None,
    last: Annotated[Day | None, Query(alias="to", description="Default: 365 days on.")] = None,
    region: Area = None,
) -> Response:
    """The same as a calendar to subscribe to: all-day events that say what to avoid."""
    coming = _upcoming(application, first, last, region, _SUBSCRIBED_DAYS)
    return Response(as_ics(coming, datetime.now(UTC)), media_type=_CALENDAR)


def _upcoming(
    application: Application,
    first: date | None,
    last: date | None,
    region: str | None,
    days: int,
) -> Sequence[DatedObservance]:
    """Raises RefusedError for a range that is reversed or too long."""
    first = first or datetime.now(UTC).date()
    last = last or first + timedelta(days=days)
    if not timedelta(0) <= last - first <= timedelta(days=_MOST_DAYS):
        message = f"must be 0 to {_MOST_DAYS} days after {first}"
        raise RefusedError(unprocessable([FieldError(field="to", message=message)]))
    return application.calendar.upcoming(first, last, region)

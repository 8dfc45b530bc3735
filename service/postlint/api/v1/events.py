"""GET /v1/events: the sensitive days that are coming."""

import datetime as dt
from datetime import UTC, date, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from postlint.api.dependencies import ApplicationDependency
from postlint.api.problems import FieldError, RefusedError, declared, unprocessable
from postlint.draft import Region
from postlint.events.calendar import DatedObservance

router = APIRouter(tags=["events"])

Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2100, 12, 31))]
"""A day on which calendars, tables and drafts agree to exist."""

_DEFAULT_DAYS = 30
_MOST_DAYS = 732


class Event(BaseModel):
    """An observance as it is kept in one year.

    date and until: first and last local day; regions: ISO 3166 codes where it is kept
    in full, also: where it weighs less ("*" everywhere).
    """

    id: str
    name: str
    kind: str
    date: dt.date
    until: dt.date
    regions: tuple[str, ...]
    also: tuple[str, ...]
    sensitivity: str


@router.get("/events", responses=declared(422))
async def list_events(
    application: ApplicationDependency,
    first: Annotated[Day | None, Query(alias="from", description="Default: today, UTC.")] = None,
    last: Annotated[Day | None, Query(alias="to", description="Default: 30 days on.")] = None,
    region: Annotated[Region | None, Query(description="ISO 3166 code; default: all.")] = None,
) -> list[Event]:
    """What is kept between two dates, both included, at most two years apart."""
    first = first or datetime.now(UTC).date()
    last = last or first + timedelta(days=_DEFAULT_DAYS)
    if not timedelta(0) <= last - first <= timedelta(days=_MOST_DAYS):
        message = f"must be 0 to {_MOST_DAYS} days after {first}"
        raise RefusedError(unprocessable([FieldError(field="to", message=message)]))
    return [_event(dated) for dated in application.calendar.upcoming(first, last, region)]


def _event(dated: DatedObservance) -> Event:
    observance = dated.observance
    return Event(
        id=observance.id,
        name=observance.name,
        kind=observance.kind,
        date=dated.first,
        until=dated.last,
        regions=observance.regions,
        also=observance.also,
        sensitivity=observance.sensitivity,
    )

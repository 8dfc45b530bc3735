"""A sensitive day as API and command line list it."""

import datetime as dt

from pydantic import BaseModel

from postlint.events.calendar import DatedObservance


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


def listed(dated: DatedObservance) -> Event:
    """The event of one observance in one year."""
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

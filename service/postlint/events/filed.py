"""An incident with all that follows from it, worked out once when it is put on file."""

from dataclasses import dataclass

from postlint.events.incident import Incident
from postlint.events.incident_defaults import completed
from postlint.events.incident_phases import Stretch, stretches
from postlint.events.overlap import Reach, reach_of


@dataclass(frozen=True, slots=True)
class FiledIncident:
    """declared: as somebody said it; incident: completed; windows: in UTC; struck: the accounts
    that it silences, case folded.
    """

    declared: Incident
    incident: Incident
    windows: tuple[Stretch, ...]
    reach: Reach
    struck: frozenset[str]


def file(declared: Incident) -> FiledIncident:
    """Everything that follows from a declared incident."""
    incident = completed(declared)
    struck = frozenset(map(str.casefold, incident.struck))
    return FiledIncident(declared, incident, stretches(incident), reach_of(incident), struck)

"""What the Common Alerting Protocol means to postlint; NWS and CAP feeds share its words.

A warning is a risk, not yet a tragedy: it has a severity of 3 at most.
"""

import re
from typing import Literal

from postlint.events.incident import Kind

Severity = Literal["Extreme", "Severe", "Moderate", "Minor", "Unknown"]
Certainty = Literal["Observed", "Likely", "Possible", "Unlikely", "Unknown"]
Urgency = Literal["Immediate", "Expected", "Future", "Past", "Unknown"]

_GRADES = {"Extreme": 3, "Severe": 2}
_TO_BE_EXPECTED = frozenset({"Observed", "Likely", "Possible"})

_KINDS = (
    (Kind.EARTHQUAKE_COLLAPSE, r"earthquake|seismic"),
    (Kind.FIRE, r"fire|red flag"),
    (
        Kind.FLOOD_STORM,
        r"flood|storm|rain|surge|tsunami|hurricane|cyclone|typhoon|tornado|wind|gale|squall|"
        r"blizzard|snow|coastal",
    ),
    (Kind.NUCLEAR_GAS, r"nuclear|radiolog|hazardous material"),
)


def grade(severity: Severity, certainty: Certainty, urgency: Urgency) -> int:
    """1 where little can happen, it is unlikely or over; else 2 or 3."""
    if certainty not in _TO_BE_EXPECTED or urgency == "Past":
        return 1
    return _GRADES.get(severity, 1)


def kind_of(event: str) -> Kind:
    """The kind of an event by its English name, as in "Flood Watch"."""
    for kind, words in _KINDS:
        if re.search(words, event, re.IGNORECASE):
            return kind
    return Kind.OTHER

"""The code by which the NWS names a warning through all of its messages (P-VTEC).

Source: NWS Instruction 10-1703. As in /O.CON.KPQR.FA.A.0004.000000T0000Z-191222T1800Z/:
operational, continued, office, phenomenon, significance, number, begin and end.
"""

import re
from dataclasses import dataclass
from datetime import datetime

_FORM = re.compile(
    r"/O\.(?P<action>[A-Z]{3})\.(?P<event>[A-Z]{4}\.[A-Z]{2}\.[A-Z]\.\d{4})"
    r"\.(?P<begin>\d\d)\d{4}T\d{4}Z-\d{6}T\d{4}Z/"
)
_OVER = frozenset({"CAN", "EXP", "UPG"})
"""Cancelled, run out, or gone on under another code as something worse."""
_BEGUN = "00"
"""In place of the year of a begin that is already past."""


@dataclass(frozen=True, slots=True)
class Vtec:
    """One warning. event: "KPQR.FA.A.0004.2019". over: it has ended for the area it names."""

    event: str
    over: bool


def parse_vtec(codes: list[str], sent: datetime) -> list[Vtec]:
    """The operational codes of a message; tests and unknown forms are left out.

    Numbers begin anew each year; a code that has begun leaves its year out, then it is
    that of `sent`.
    """
    found = []
    for match in filter(None, map(_FORM.fullmatch, codes)):
        year = sent.year if match["begin"] == _BEGUN else 2000 + int(match["begin"])
        found.append(Vtec(f"{match['event']}.{year}", match["action"] in _OVER))
    return found

"""Which regions exist: ISO 3166-1 countries and the shape of ISO 3166-2 subdivisions."""

import re
from functools import cache
from importlib.resources import files

_SUBDIVISION = re.compile(r"([A-Z]{2})-[A-Z0-9]{1,3}")


@cache
def countries() -> frozenset[str]:
    """Every ISO 3166-1 alpha-2 code (source: iso3166.tab of the tz database)."""
    table = files("tzdata.zoneinfo").joinpath("iso3166.tab").read_text(encoding="utf-8")
    return frozenset(line[:2] for line in table.splitlines() if not line.startswith("#"))


def country_of(region: str) -> str:
    """The country of a region code: "US-CA" -> "US", "US" -> "US"."""
    return region[:2]


def is_region(code: str) -> bool:
    """Whether an upper-case code names a country, or has the form of a subdivision of one.

    Subdivisions change yearly and are not listed anywhere that is shipped with
    Python, so only their form and their country are checked.
    """
    if code in countries():
        return True
    subdivision = _SUBDIVISION.fullmatch(code)
    return subdivision is not None and subdivision.group(1) in countries()

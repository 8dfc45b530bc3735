"""Which clocks an audience lives by: time zones of countries and subdivisions."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import NamedTuple
from zoneinfo import ZoneInfo

from postlint.regions import country_of

EVERYWHERE = "*"
"""Stands for every country in a list of regions."""

_STATES_BY_ZONE = {
    "America/New_York": (
        "US-CT US-DE US-FL US-GA US-IN US-KY US-MA US-MD US-ME US-MI US-NC US-NH "
        "US-NJ US-NY US-OH US-PA US-RI US-SC US-TN US-VA US-VT US-WV US-DC"
    ),
    "America/Chicago": (
        "US-AL US-AR US-FL US-IA US-IL US-IN US-KS US-KY US-LA US-MI US-MN US-MO "
        "US-MS US-ND US-NE US-OK US-SD US-TN US-TX US-WI"
    ),
    "America/Denver": "US-CO US-ID US-KS US-MT US-ND US-NE US-NM US-OR US-SD US-TX US-UT US-WY",
    "America/Phoenix": "US-AZ",
    "America/Los_Angeles": "US-CA US-ID US-NV US-OR US-WA",
    "America/Anchorage": "US-AK",
    "America/Adak": "US-AK",
    "Pacific/Honolulu": "US-HI",
    "America/Toronto": "CA-ON CA-QC CA-NU",
    "America/Halifax": "CA-NL CA-NS CA-NB CA-PE CA-QC",
    "America/Winnipeg": "CA-MB CA-ON CA-NU",
    "America/Regina": "CA-SK",
    "America/Edmonton": "CA-AB CA-BC CA-NT CA-NU CA-SK",
    "America/Vancouver": "CA-BC",
    "America/Whitehorse": "CA-YT",
    "America/St_Johns": "CA-NL",
    "Australia/Sydney": "AU-NSW AU-ACT",
    "Australia/Melbourne": "AU-VIC",
    "Australia/Brisbane": "AU-QLD",
    "Australia/Hobart": "AU-TAS",
    "Australia/Adelaide": "AU-SA",
    "Australia/Darwin": "AU-NT",
    "Australia/Perth": "AU-WA",
}
"""States of wide countries, each under every offset that a part of it keeps; the zone in which
most people live comes first in its country."""


class Clock(NamedTuple):
    """How far a zone's clocks are ahead of UTC, and its IANA name."""

    ahead: timedelta
    zone: str


def zones_of(region: str) -> tuple[str, ...]:
    """IANA zones of an ISO 3166 code, the most populous first.

    "*" has one zone for every kind of clock on Earth. A subdivision has its own
    zones where they are known, else those of its country; uninhabited countries
    keep UTC. Sources: zone.tab and zonenow.tab of the tz database.
    """
    if region == EVERYWHERE:
        return tuple(zone for _, zone in _table("zonenow.tab"))
    own = tuple(zone for zone, states in _STATES_BY_ZONE.items() if region in states.split())
    return own or _by_country().get(country_of(region), ("UTC",))


def clocks(regions: Collection[str], instant: datetime) -> Sequence[Clock]:
    """The clocks of these regions at an aware instant, in the order of `zones_of`.

    Zones that agree are one clock, under the name of the first of them.
    """
    # No zone changes its offset other than on a quarter of an hour.
    quarter = instant.replace(minute=instant.minute // 15 * 15, second=0, microsecond=0)
    return _clocks(tuple(regions), quarter)


@lru_cache(maxsize=4096)
def _clocks(regions: tuple[str, ...], instant: datetime) -> Sequence[Clock]:
    by_offset: dict[timedelta, Clock] = {}
    for region in regions:
        for zone in zones_of(region):
            ahead = instant.astimezone(ZoneInfo(zone)).utcoffset()
            assert ahead is not None
            by_offset.setdefault(ahead, Clock(ahead, zone))
    return tuple(by_offset.values())


@cache
def _by_country() -> Mapping[str, tuple[str, ...]]:
    zones: dict[str, list[str]] = defaultdict(list)
    for country, zone in _table("zone.tab"):
        zones[country].append(zone)
    return MappingProxyType(
        {country: tuple(sorted(names, key=_rank)) for country, names in zones.items()}
    )


def _rank(zone: str) -> int:
    """Zones of wide countries as listed above, all others after them in their own order."""
    known = tuple(_STATES_BY_ZONE)
    return known.index(zone) if zone in known else len(known)


@cache
def _table(name: str) -> tuple[tuple[str, str], ...]:
    """(country, zone) of every line of a table of the tz database."""
    text = files("tzdata.zoneinfo").joinpath(name).read_text(encoding="utf-8")
    lines = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return tuple((country, zone) for country, _, zone, *_ in lines)

"""Which feeds there are, and which of them a setting names."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit

from postlint.errors import SettingsError
from postlint.events.feeds import cap, gdacs, nws, usgs
from postlint.events.feeds.bulletin import Reading

_LARGEST = 16 * 1024 * 1024
"""Bytes of a document: the alerts of a stormy day in the United States are about half of it."""


@dataclass(frozen=True, slots=True)
class Source:
    """A feed: where it is, how to read it, and how often (seconds). limit: bytes."""

    name: str
    url: str
    read: Callable[[bytes], Reading]
    every: float
    limit: int = _LARGEST


_KNOWN = {
    source.name: source
    for source in (
        Source(
            usgs.FEED,
            "https://earthquake.usgs.gov/earthquakes/feed/v1.0/summary/4.5_day.geojson",
            usgs.read,
            every=60,
        ),
        Source(gdacs.FEED, "https://www.gdacs.org/xml/rss.xml", gdacs.read, every=300),
        Source(nws.FEED, "https://api.weather.gov/alerts/active?status=actual", nws.read, every=60),
    )
}
_CAP = "cap"
_CAP_EVERY = 300.0


def parse_sources(setting: str) -> tuple[Source, ...]:
    """The feeds of a setting such as "usgs, gdacs, cap=https://example.org/alerts.atom".

    A name may be followed by an address other than the usual one; CAP has no usual one.
    Raises SettingsError.
    """
    found: dict[str, Source] = {}
    for source in _parsed(setting):
        if source.name in found:
            raise SettingsError(f"POSTLINT_FEEDS: {source.name} is named twice")
        found[source.name] = source
    return tuple(found.values())


def parse_declaring(setting: str, sources: Iterable[Source]) -> frozenset[str]:
    """The sources that a setting such as "usgs, cap" lets declare by themselves; "cap" is
    every CAP feed. Raises SettingsError for a name that no feed has.
    """
    named = set(filter(None, (part.strip() for part in setting.split(","))))
    unknown = named - {*_KNOWN, _CAP}
    if unknown:
        known = ", ".join((*_KNOWN, _CAP))
        raise SettingsError(
            f"POSTLINT_FEEDS_DECLARING: {min(unknown)!r} is no feed; known: {known}"
        )
    return frozenset(source.name for source in sources if source.name.partition(":")[0] in named)


def _parsed(setting: str) -> Iterator[Source]:
    for entry in filter(None, (part.strip() for part in setting.split(","))):
        name, _, address = (part.strip() for part in entry.partition("="))
        if address:
            _check(address)
        if name == _CAP and address:
            feed = f"{_CAP}:{urlsplit(address).netloc}{urlsplit(address).path}"
            yield Source(feed, address, partial(cap.read, feed=feed), _CAP_EVERY)
        elif name in _KNOWN:
            usual = _KNOWN[name]
            yield Source(name, address or usual.url, usual.read, usual.every)
        else:
            known = ", ".join((*_KNOWN, f"{_CAP}=https://…"))
            raise SettingsError(f"POSTLINT_FEEDS: {entry!r} is no feed; known: {known}")


def _check(address: str) -> None:
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SettingsError(f"POSTLINT_FEEDS: {address!r} is no http address")

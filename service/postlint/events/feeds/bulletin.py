"""What a feed says: one message about one event, in words that all feeds share."""

from dataclasses import dataclass
from datetime import datetime

from postlint.errors import PostlintError
from postlint.events.incident import Kind


class FeedError(PostlintError):
    """A feed cannot be had, or what came is not what the feed is known to send."""


@dataclass(frozen=True, slots=True)
class Bulletin:
    """One message about one event.

    feed: name of the source; ids: names of the event, "feed:name" or "glide:number":
    bulletins that share one are about the same event. name: for readers; place: the town
    or country by whose name people call the event, may be empty. severity: 1 (local, no
    deaths) to 4 (national mourning). regions: ISO 3166, empty where the feed does not say;
    coordinates: latitude and longitude in degrees. revision: when this was said; last_sign:
    the last moment at which the event is known to go on; ends_at: None while nobody knows;
    all of them aware. warning: a risk, nobody has come to harm yet. withdrawn: the feed
    takes back what it said, or it is over.
    """

    feed: str
    ids: frozenset[str]
    kind: Kind
    name: str
    place: str
    severity: int
    regions: tuple[str, ...]
    coordinates: tuple[float, float] | None
    starts_at: datetime
    last_sign: datetime
    ends_at: datetime | None
    revision: datetime
    warning: bool = False
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What one document of a feed says.

    rejected: messages without a field that is needed. links: addresses of further
    documents, where the document is only an index of them.
    """

    bulletins: tuple[Bulletin, ...]
    rejected: int = 0
    links: tuple[str, ...] = ()

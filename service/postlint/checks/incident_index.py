"""Finds of thousands of incidents the few that matter to one post."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from threading import Lock
from types import MappingProxyType

from postlint.checks.lexicon import Entry, Lexicon
from postlint.checks.spans import merged
from postlint.events.filed import FiledIncident, file
from postlint.events.incident import Kind
from postlint.events.incidents import Snapshot
from postlint.events.zones import EVERYWHERE
from postlint.regions import country_of
from postlint.text.span import Span
from postlint.text.views import TextViews

_SOURCE = "incidents"
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_WEEK = timedelta(days=7)
_UNKNOWN = ""
"""Stands for an audience that is worldwide, or not known."""


class IncidentIndex:
    """The incidents of one snapshot that judge posts, by audience, time, kind and keyword.

    Immutable. before: an index whose work on unchanged incidents is taken over.
    """

    def __init__(self, snapshot: Snapshot, before: "IncidentIndex | None" = None) -> None:
        self.snapshot = snapshot
        known = before._filed if before is not None else {}
        self._filed: dict[str, FiledIncident] = {}
        self._by_audience: dict[tuple[str, int], list[FiledIncident]] = defaultdict(list)
        self._by_kind: dict[tuple[Kind, int], list[FiledIncident]] = defaultdict(list)
        self._by_account: dict[str, list[FiledIncident]] = defaultdict(list)
        for id, incident in snapshot.incidents.items():
            if not incident.judges:
                continue
            old = known.get(id)
            filed = old if old is not None and old.declared is incident else file(incident)
            self._filed[id] = filed
            for account in filed.struck:
                self._by_account[account].append(filed)
            for week in _weeks(filed):
                self._by_kind[filed.incident.kind, week].append(filed)
                for audience in _audiences(filed):
                    self._by_audience[audience, week].append(filed)
        self._lexicon = Lexicon(
            Entry(_SOURCE, keyword, id)
            for id, filed in self._filed.items()
            for keyword in filed.incident.keywords
        )

    @property
    def revision(self) -> int:
        return self.snapshot.revision

    def near(self, moment: datetime, regions: Collection[str]) -> Iterable[FiledIncident]:
        """Those that may reach an audience about the time of a moment.

        moment: aware; regions: ISO 3166 codes, empty means worldwide.
        """
        week = _week(moment)
        audiences = [_UNKNOWN]
        if regions:
            audiences = [EVERYWHERE, *dict.fromkeys(map(country_of, regions))]
        found = {
            filed.incident.id: filed
            for audience in audiences
            for filed in self._by_audience.get((audience, week), ())
        }
        return found.values()

    def of_kind(self, kind: Kind, moment: datetime) -> Sequence[FiledIncident]:
        """Those of a kind about the time of a moment, wherever they are."""
        return self._by_kind.get((kind, _week(moment)), ())

    def striking(self, account: str) -> Sequence[FiledIncident]:
        """Those that struck an organisation itself, whenever that was."""
        return self._by_account.get(account.casefold(), ())

    def named(self, views: TextViews) -> Mapping[str, tuple[FiledIncident, tuple[Span, ...]]]:
        """Those that a text names, by id, and where."""
        spans: dict[str, list[Span]] = defaultdict(list)
        for hit in self._lexicon.find(views).get(_SOURCE, ()) if self._filed else ():
            spans[hit.key].append(hit.span)
        return MappingProxyType({id: (self._filed[id], merged(own)) for id, own in spans.items()})


NO_INCIDENTS = IncidentIndex(Snapshot())
"""For those who judge words alone."""


class IncidentWatch:
    """The index of what is on file now. Safe to call from several threads.

    snapshot: gives what is on file. Whoever comes first after a change builds the index; the
    others wait for it, so that nobody is judged by what is no longer true.
    """

    def __init__(self, snapshot: Callable[[], Snapshot]) -> None:
        self._snapshot = snapshot
        self._building = Lock()
        self._index = IncidentIndex(snapshot())

    def __call__(self) -> IncidentIndex:
        """The index of the newest snapshot."""
        index = self._index
        if index.snapshot is self._snapshot():
            return index
        with self._building:
            snapshot = self._snapshot()
            if self._index.snapshot is not snapshot:
                self._index = IncidentIndex(snapshot, self._index)
            return self._index


def _week(moment: datetime) -> int:
    return (moment - _EPOCH) // _WEEK


def _weeks(filed: FiledIncident) -> Iterator[int]:
    """The weeks that its windows touch."""
    touched = {
        week
        for window in filed.windows
        for week in range(_week(window.begin), _week(window.end) + 1)
    }
    yield from sorted(touched)


def _audiences(filed: FiledIncident) -> Iterator[str]:
    """Under which countries it is found; "*" is found for all of them."""
    if filed.reach.reaches_all:
        yield EVERYWHERE
    else:
        yield from filed.reach.countries
    if filed.reach.reaches_worldwide:
        yield _UNKNOWN

"""Reads the calendar from its folder."""

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from pydantic import TypeAdapter

from postlint.errors import RulesError, SourceError
from postlint.events.calendar import Calendar
from postlint.events.incident_wording import IncidentWording
from postlint.events.metaphors import Metaphors
from postlint.events.observance import Observance
from postlint.events.wording import Wording
from postlint.yaml_file import problem_at, read_spec

_OBSERVANCES: TypeAdapter[tuple[Observance, ...]] = TypeAdapter(tuple[Observance, ...])
_WORDING: TypeAdapter[Wording] = TypeAdapter(Wording)
_INCIDENT_WORDING: TypeAdapter[IncidentWording] = TypeAdapter(IncidentWording)
_METAPHORS: TypeAdapter[Metaphors] = TypeAdapter(Metaphors)


def load_wording(folder: Path) -> Wording:
    """Read findings.yml of a calendar folder; SourceError says path, line and what is wrong."""
    return read_spec(folder / "findings.yml", _WORDING)


def load_incident_wording(folder: Path) -> IncidentWording:
    """Read incidents.yml of a calendar folder; SourceError as for `load_wording`."""
    return read_spec(folder / "incidents.yml", _INCIDENT_WORDING)


def load_metaphors(folder: Path) -> Metaphors:
    """Read metaphors.yml of a calendar folder; SourceError as for `load_wording`."""
    return read_spec(folder / "metaphors.yml", _METAPHORS)


def load_calendar(folder: Path) -> Calendar:
    """Read every file of observances/ in a calendar folder.

    Raises RulesError with all problems: files that are not YAML, fields and values
    that do not exist, ids given twice, kinds that findings.yml does not know.
    """
    problems: list[SourceError] = []
    found: dict[str, Observance] = {}
    try:
        kinds = load_wording(folder).kinds
    except SourceError as problem:
        raise RulesError([problem]) from None
    for path in sorted((folder / "observances").glob("*.yml")):
        try:
            observances = read_observances(path)
        except SourceError as problem:
            problems.append(problem)
            continue
        problems.extend(misfits(path, observances, found, kinds))
        found.update((observance.id, observance) for observance in observances)
    if problems:
        raise RulesError(problems)
    return Calendar(found.values())


def read_observances(path: Path) -> tuple[Observance, ...]:
    """The entries of one file; SourceError says path, line and what is wrong."""
    return read_spec(path, _OBSERVANCES)


def misfits(
    path: Path,
    observances: Sequence[Observance],
    known: Collection[str],
    kinds: Collection[str],
) -> Iterator[SourceError]:
    """What is wrong with a file only beside the other files.

    known: ids that are taken. kinds: those that findings.yml has texts for.
    """
    seen = set(known)
    for index, observance in enumerate(observances):
        if observance.id in seen:
            yield _wrong(path, [index, "id"], f"{observance.id!r} is given twice")
        if observance.kind not in kinds:
            allowed = ", ".join(sorted(kinds))
            yield _wrong(
                path, [index, "kind"], f"{observance.kind!r} is not known; allowed: {allowed}"
            )
        seen.add(observance.id)


def _wrong(path: Path, location: Sequence[str | int], problem: str) -> SourceError:
    return problem_at(path, location, f"{location[-1]}: {problem}")

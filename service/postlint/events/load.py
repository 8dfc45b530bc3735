"""Reads the calendar from its folder."""

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from pydantic import TypeAdapter

from postlint.errors import RulesError, SourceError
from postlint.events.calendar import Calendar
from postlint.events.observance import Observance
from postlint.events.wording import Wording
from postlint.yaml_file import line_of, read_spec

_OBSERVANCES: TypeAdapter[tuple[Observance, ...]] = TypeAdapter(tuple[Observance, ...])
_WORDING: TypeAdapter[Wording] = TypeAdapter(Wording)


def load_wording(folder: Path) -> Wording:
    """Read findings.yml of a calendar folder; SourceError says path, line and what is wrong."""
    return read_spec(folder / "findings.yml", _WORDING)


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
            observances = read_spec(path, _OBSERVANCES)
        except SourceError as problem:
            problems.append(problem)
            continue
        problems.extend(_misfits(path, observances, found, kinds))
        found.update((observance.id, observance) for observance in observances)
    if problems:
        raise RulesError(problems)
    return Calendar(found.values())


def _misfits(
    path: Path,
    observances: Sequence[Observance],
    known: Collection[str],
    kinds: Collection[str],
) -> Iterator[SourceError]:
    """What is wrong with a file only beside the other files."""
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
    text = path.read_text(encoding="utf-8")
    line = line_of(text, location)
    return SourceError(
        path, line, f"{location[-1]}: {problem}", text.splitlines()[line - 1].strip()
    )

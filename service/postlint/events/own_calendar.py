"""A team's own sensitive days: YAML and iCalendar files beside the shipped calendar.

A file that is wrong is left out whole, and the others are read.
"""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from postlint.errors import SourceError
from postlint.events.ics import IcsError, read_ics
from postlint.events.load import misfits, read_observances
from postlint.events.observance import Observance

ICS = ".ics"
YAML = ".yml"


@dataclass(frozen=True, slots=True)
class OwnCalendar:
    """The observances of the sound files, and what is wrong with the others."""

    observances: tuple[Observance, ...]
    problems: tuple[SourceError, ...]


def read_own_calendar(
    folder: Path, shipped: Collection[str], kinds: Collection[str]
) -> OwnCalendar:
    """Read every .yml and .ics file of a folder, in order of their names; it need not exist.

    shipped: ids that are taken. kinds: those that findings.yml knows.
    """
    found: dict[str, Observance] = {}
    problems: list[SourceError] = []
    for path in sorted(path for path in folder.glob("*") if path.suffix in (YAML, ICS)):
        try:
            observances = _read(path, kinds)
        except SourceError as problem:
            problems.append(problem)
            continue
        wrong = list(misfits(path, observances, {*shipped, *found}, kinds))
        if wrong:
            problems += wrong
        else:
            found.update((observance.id, observance) for observance in observances)
    return OwnCalendar(tuple(found.values()), tuple(problems))


def _read(path: Path, kinds: Collection[str]) -> tuple[Observance, ...]:
    if path.suffix == YAML:
        return read_observances(path)
    try:
        return read_ics(path.read_text(encoding="utf-8"), kinds)
    except OSError as error:
        raise SourceError(path, None, f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise SourceError(path, None, "cannot be read: it is not UTF-8") from None
    except IcsError as error:
        raise SourceError(path, None, str(error)) from None
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        # What some program wrote and the parser only meets when the value is asked for.
        problem = f"is no calendar that can be read: {type(error).__name__}"
        raise SourceError(path, None, problem) from None

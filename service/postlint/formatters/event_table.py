"""Sensitive days for people: a table in a terminal, lines of tabs in a pipe."""

from collections.abc import Iterable

from rich.table import Table
from rich.text import Text

from postlint.events.advice import advice
from postlint.events.calendar import DatedObservance
from postlint.events.observance import Sensitivity

_STYLES = {
    Sensitivity.NO_PROMO: "bold red",
    Sensitivity.NO_HUMOUR: "bold yellow",
    Sensitivity.AVOID_THEME: "bold cyan",
}


def event_table(days: Iterable[DatedObservance]) -> Table:
    """A row a day: when, what, where, how to behave."""
    table = Table("date", "day", "where", "what to avoid", header_style="bold")
    for dated in days:
        observance = dated.observance
        style = _STYLES[observance.sensitivity]
        name = Text.assemble(observance.name, "\n", (observance.sensitivity.value, style))
        table.add_row(_when(dated), name, _where(dated), Text(advice(observance)))
    return table


def event_lines(days: Iterable[DatedObservance]) -> Iterable[str]:
    """A line a day, tabs between date, sensitivity, name and where."""
    for dated in days:
        observance = dated.observance
        yield "\t".join((_when(dated), observance.sensitivity, observance.name, _where(dated)))


def _when(dated: DatedObservance) -> str:
    if dated.first == dated.last:
        return dated.first.isoformat()
    return f"{dated.first.isoformat()} to {dated.last.isoformat()}"


def _where(dated: DatedObservance) -> str:
    observance = dated.observance
    return " ".join(observance.regions or observance.also)

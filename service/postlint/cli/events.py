"""`postlint events`: the sensitive days that are coming."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import click
from rich.console import Console

from postlint.bootstrap import load_dates
from postlint.cli.failure import reported
from postlint.events.calendar import DatedObservance
from postlint.events.listing import listed
from postlint.formatters.event_table import event_lines, event_table
from postlint.regions import is_region
from postlint.settings import Settings


def _region(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    code = value.upper() if value else None
    if code is not None and not is_region(code):
        raise click.BadParameter("must be an ISO 3166 code such as US or US-CA")
    return code


@click.command()
@click.option("--region", callback=_region, help="ISO 3166 code, as DE or US-CA; default: all.")
@click.option("--days", default=30, show_default=True, type=click.IntRange(0, 732))
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True
)
def events(region: str | None, days: int, form: str) -> None:
    """List the sensitive days from today (UTC) on, your own among them.

    A terminal shows a table; a pipe gets a line a day with tabs between date, sensitivity,
    name and regions.
    """
    with reported():
        dates = load_dates(Settings())
    for problem in dates.problems:
        click.echo(str(problem), err=True)
    today = datetime.now(UTC).date()
    coming = dates.calendar.upcoming(today, today + timedelta(days=days), region)
    if form == "json":
        shown = [listed(dated).model_dump(mode="json") for dated in coming]
        click.echo(json.dumps(shown, indent=2, ensure_ascii=False))
    else:
        _show(coming)


def _show(coming: Sequence[DatedObservance]) -> None:
    console = Console()
    if console.is_terminal:
        console.print(event_table(coming))
        return
    for line in event_lines(coming):
        click.echo(line)

"""`postlint check`: judge the drafts in files."""

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from postlint.bootstrap import build
from postlint.cli.failure import reported
from postlint.cli.inputs import Located, read_drafts
from postlint.draft import Platform
from postlint.errors import SourceError
from postlint.finding import Severity
from postlint.formatters.human import human, summary
from postlint.formatters.json import as_json
from postlint.report import Report
from postlint.settings import Settings

_CHUNK = 32
"""Drafts judged together: the model is faster on several at once."""


@click.command()
@click.argument("files", nargs=-1, metavar="[FILES|-]...")
@click.option("--format", "output", type=click.Choice(["human", "json"]), default="human")
@click.option("--at", "at", metavar="TIME", help="When the posts go out, ISO 8601 with offset.")
@click.option(
    "--region", "regions", multiple=True, metavar="CODE", help="ISO 3166 code of the audience."
)
@click.option("--platform", type=click.Choice([platform.value for platform in Platform]))
@click.option("--policy", metavar="NAME", help="default, strict, lenient or your own.")
@click.option(
    "--fail-on",
    type=click.Choice([Severity.ERROR.value, Severity.WARNING.value]),
    default=Severity.WARNING.value,
    show_default=True,
    help="Exit with 1 from this severity on.",
)
def check(
    files: tuple[str, ...],
    output: str,
    at: str | None,
    regions: tuple[str, ...],
    platform: str | None,
    policy: str | None,
    fail_on: str,
) -> None:
    """Judge drafts: plain text, Markdown with front matter, or JSON lines.

    Without FILES, or for -, reads one plain text from standard input. Exits with 0
    when clean, 1 with findings, 2 when something could not be read.
    """
    given = _given(at, regions, platform, policy)
    with reported():
        drafts = [draft for name in files or ("-",) for draft in _read(name, given)]
        application = build(Settings())
        reports: list[Report] = []
        for start in range(0, len(drafts), _CHUNK):
            chunk = [located.draft for located in drafts[start : start + _CHUNK]]
            reports += application.linter.lint_all(chunk, datetime.now(UTC))
    if output == "json":
        results = zip(drafts, reports, strict=True)
        click.echo(as_json((located.place, report) for located, report in results))
    else:
        _print(drafts, reports)
    limit = Severity(fail_on).rank
    if any(found.severity.rank >= limit for report in reports for found in report.findings):
        raise SystemExit(1)


def _given(
    at: str | None, regions: tuple[str, ...], platform: str | None, policy: str | None
) -> dict[str, Any]:
    given = {"scheduled_at": at, "regions": regions or None, "platform": platform, "policy": policy}
    return {field: value for field, value in given.items() if value is not None}


def _read(name: str, given: dict[str, Any]) -> list[Located]:
    try:
        if name == "-":
            content = sys.stdin.buffer.read().decode()
        else:
            content = Path(name).read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        reason = "is not UTF-8" if isinstance(error, UnicodeDecodeError) else error.strerror
        raise SourceError(Path(name), None, f"cannot be read: {reason}") from None
    return list(read_drafts("<stdin>" if name == "-" else name, content, given))


def _print(drafts: Sequence[Located], reports: list[Report]) -> None:
    # soft_wrap: lines stay whole for whoever pipes them on; no colours then.
    console = Console(soft_wrap=True, highlight=False)
    for located, report in zip(drafts, reports, strict=True):
        for line in human(located.place, report):
            console.print(line)
    console.print(summary(reports))

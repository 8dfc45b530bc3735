"""`postlint incident`: declare, list, close and cancel incidents of a running service."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import click

from postlint.cli.client import ask
from postlint.cli.failure import reported
from postlint.events.incident import Kind

_URL = click.option(
    "--url", default="http://127.0.0.1:8080", show_default=True, help="The running service."
)


@click.group()
def incident() -> None:
    """Tell a running service what has just happened."""


@incident.command()
@click.argument("name")
@click.option("--kind", required=True, type=click.Choice([kind.value for kind in Kind]))
@click.option(
    "--region",
    "regions",
    multiple=True,
    required=True,
    metavar="CODE",
    help="ISO 3166 code of where it happened, or *; may be repeated.",
)
@click.option("--start", metavar="TIME", help="ISO 8601 with offset; default: now.")
@click.option("--severity", type=click.IntRange(1, 4), help="1 local to 4 national mourning.")
@click.option("--place", metavar="NAME", help="Town or area, as people write it.")
@_URL
def declare(
    name: str,
    kind: str,
    regions: tuple[str, ...],
    start: str | None,
    severity: int | None,
    place: str | None,
    url: str,
) -> None:
    """Declare an incident; the next draft is judged by it."""
    starts_at = start or f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
    given = {"severity": severity, "place": place}
    body = {"name": name, "kind": kind, "regions": regions, "starts_at": starts_at} | {
        field: value for field, value in given.items() if value is not None
    }
    with reported():
        answer = ask(url, "POST", "/v1/incidents", body)
    click.echo(_line(answer))


@incident.command("list")
@_URL
def list_incidents(url: str) -> None:
    """One line an incident, the newest first: id, phase, severity, regions, name."""
    with reported():
        answers = ask(url, "GET", "/v1/incidents?limit=1000")
    for answer in answers:
        click.echo(_line(answer))


@incident.command()
@click.argument("id")
@_URL
def close(id: str, url: str) -> None:
    """Say that an incident has ended now; its last phases still run."""
    with reported():
        answer = ask(url, "PATCH", f"/v1/incidents/{quote(id, safe='')}", {"status": "closed"})
    click.echo(_line(answer))


@incident.command()
@click.argument("id")
@_URL
def cancel(id: str, url: str) -> None:
    """Withdraw an incident that was declared by mistake."""
    with reported():
        answer = ask(url, "DELETE", f"/v1/incidents/{quote(id, safe='')}")
    click.echo(_line(answer))


def _line(answer: dict[str, Any]) -> str:
    state = answer["phase"] if answer["status"] == "active" else answer["status"]
    if answer["standing"] == "proposed":
        state = "proposed"
    regions = ",".join(answer["regions"])
    asked = "  no sign for long: close it?" if answer["silent"] else ""
    return (
        f"{answer['id']}  {state}  severity {answer['severity']}  {regions}  "
        f"{answer['name']}{asked}"
    )

"""`postlint events` for planners."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rich.console import Console

from postlint.cli.main import main
from postlint.events.calendar import Calendar
from postlint.formatters.event_table import event_table
from tests.events.conftest import MakeObservance, make_observance

__all__ = ["make_observance"]

TODAY = datetime.now(UTC).date()


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["events", *arguments])


@pytest.fixture
def own(rules_folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A calendar of one's own beside an empty shipped one."""
    monkeypatch.setenv("POSTLINT_RULES", str(rules_folder))
    monkeypatch.setenv("POSTLINT_DATA", str(tmp_path / "data"))
    folder = tmp_path / "data" / "calendar"
    folder.mkdir(parents=True)
    (folder / "own.yml").write_text(
        f"""
- {{id: own_day, name: Day of the plant accident, names: [plant accident], rule: {TODAY:%m-%d},
   regions: [DE], kind: accident, since: 2000, sensitivity: no_promo, evidence: own}}
""",
        encoding="utf-8",
    )
    return folder


def test_a_pipe_gets_a_line_a_day(own: Path) -> None:
    result = run("--region", "de", "--days", "1")
    assert result.exit_code == 0, result.stderr
    assert result.output == f"{TODAY}\tno_promo\tDay of the plant accident\tDE\n"


def test_other_regions_have_other_days(own: Path) -> None:
    assert run("--region", "FR").output == ""
    assert run("--region", "Germany").exit_code == 2


def test_json_is_what_the_api_says(own: Path) -> None:
    (event,) = json.loads(run("--format", "json").output)
    assert (event["id"], event["date"], event["regions"]) == ("own_day", str(TODAY), ["DE"])


def test_a_bad_file_is_told_and_the_rest_is_listed(own: Path) -> None:
    (own / "bad.ics").write_text("no calendar", encoding="utf-8")
    result = run()
    assert "bad.ics: is no iCalendar file" in result.stderr
    assert "Day of the plant accident" in result.stdout


def test_a_terminal_gets_a_table_that_says_what_to_avoid(make_observance: MakeObservance) -> None:
    day = make_observance(name="Day of [/fire]", themes=["fire"], rule=f"{TODAY:%m-%d}")
    console = Console(width=120)
    with console.capture() as capture:
        console.print(event_table(Calendar([day]).upcoming(TODAY, TODAY)))
    shown = capture.get()
    assert "Day of [/fire]" in shown
    assert "Avoid: fire." in shown

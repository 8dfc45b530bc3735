from pathlib import Path

import pytest

from postlint.events.own_calendar import read_own_calendar
from tests.events.test_ics import DAY, calendar
from tests.events.test_load import ENTRY

KINDS = {"own", "disaster"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A calendar of one's own with a sound file of each form."""
    (tmp_path / "a.yml").write_text(ENTRY.format(id="one"), encoding="utf-8")
    (tmp_path / "b.ics").write_text(calendar(DAY), encoding="utf-8")
    (tmp_path / "notes.txt").write_text("not for postlint", encoding="utf-8")
    return tmp_path


def names(folder: Path) -> list[str]:
    return [found.name for found in read_own_calendar(folder, {"us_911"}, KINDS).observances]


def problems(folder: Path) -> list[str]:
    return [str(problem) for problem in read_own_calendar(folder, {"us_911"}, KINDS).problems]


def test_yaml_and_ics_are_read_side_by_side(folder: Path) -> None:
    assert names(folder) == ["A day of the test", "Plant accident"]
    assert problems(folder) == []


def test_a_folder_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert names(tmp_path / "none") == []


@pytest.mark.parametrize(
    ("name", "text", "complaint"),
    [
        ("c.yml", "- id: [", "c.yml:2: is not YAML"),
        ("c.yml", ENTRY.format(id="us_911"), "c.yml:1: id: 'us_911' is given twice"),
        ("c.yml", ENTRY.format(id="one"), "'one' is given twice"),
        ("c.yml", ENTRY.format(id="c").replace("disaster", "mishap"), "'mishap' is not known"),
        ("c.ics", "BEGIN:VCALENDAR", "c.ics: is no iCalendar file"),
        ("c.ics", calendar(DAY + "RRULE:FREQ=YEARLY;COUNT=x"), "c.ics: "),
        ("c.ics", calendar(DAY), "is given twice"),
    ],
)
def test_a_bad_file_is_told_and_stops_no_other(
    folder: Path, name: str, text: str, complaint: str
) -> None:
    (folder / name).write_text(text, encoding="utf-8")
    assert names(folder) == ["A day of the test", "Plant accident"]
    (problem,) = problems(folder)
    assert complaint in problem


def test_a_file_that_is_no_utf8_is_told(folder: Path) -> None:
    (folder / "c.ics").write_bytes(b"\xff\xfe")
    (folder / "d.yml").mkdir()
    assert len(problems(folder)) == 2


def test_ones_own_word_needs_no_page(folder: Path) -> None:
    without = ENTRY.format(id="c").replace("  source: https://example.org/day\n", "")
    (folder / "c.yml").write_text(without, encoding="utf-8")
    assert "source: name a page, or say 'evidence: own'" in problems(folder)[0]
    (folder / "c.yml").write_text(without.replace("evidence: page", "evidence: own"), "utf-8")
    assert problems(folder) == []

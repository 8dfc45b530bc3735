from pathlib import Path

import pytest

from postlint.errors import RulesError
from postlint.events.calendar import Calendar
from postlint.events.load import load_calendar, load_wording
from postlint.events.observance import Evidence
from postlint.events.sensitivity import Row
from postlint.yaml_file import parse_yaml

ENTRY = """\
- id: {id}
  name: A day of the test
  names: [Test Day]
  rule: 06-15
  regions: [US]
  kind: disaster
  since: 1990
  sensitivity: no_promo
  source: https://example.org/day
  evidence: page
"""


@pytest.fixture
def folder(tmp_path: Path, shipped_folder: Path) -> Path:
    """A calendar folder with the shipped texts and one observance."""
    (tmp_path / "observances").mkdir()
    (tmp_path / "findings.yml").write_text(
        (shipped_folder / "findings.yml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    (tmp_path / "observances" / "a.yml").write_text(ENTRY.format(id="one"), encoding="utf-8")
    return tmp_path


def complaint(folder: Path) -> str:
    with pytest.raises(RulesError) as caught:
        load_calendar(folder)
    return str(caught.value)


def test_a_calendar_is_what_its_files_say(folder: Path) -> None:
    (folder / "observances" / "b.yml").write_text(ENTRY.format(id="two"), encoding="utf-8")
    assert list(load_calendar(folder).observances) == ["one", "two"]


def test_a_wrong_rule_is_shown_with_path_line_and_excerpt(folder: Path) -> None:
    path = folder / "observances" / "a.yml"
    path.write_text(ENTRY.format(id="one").replace("06-15", "some day"), encoding="utf-8")
    message = complaint(folder)
    assert f"{path}:4: " in message
    assert "'some day' is no calendar rule; allowed: MM-DD;" in message
    assert message.endswith("rule: some day")


@pytest.mark.parametrize(
    ("line", "instead", "expected"),
    [
        (
            "sensitivity: no_promo",
            "sensitivity: no_fun",
            "'avoid_theme', 'no_humour' or 'no_promo'",
        ),
        ("regions: [US]", "regions: [Texas]", "'Texas' is no ISO 3166 code"),
        ("regions: [US]", "regions: []", "name at least one region"),
        ("kind: disaster", "kind: mishap", "'mishap' is not known; allowed: accident, "),
        ("since: 1990", "since: 1990\n  colour: red", "there is no such field"),
        ("since: 1990", "since: 1990\n  until: 1989", "must not be before since"),
        ("since: 1990", "since: 1990\n  starts: noon", "starts"),
    ],
)
def test_a_wrong_value_is_answered_with_what_is_right(
    folder: Path, line: str, instead: str, expected: str
) -> None:
    path = folder / "observances" / "a.yml"
    path.write_text(ENTRY.format(id="one").replace(line, instead), encoding="utf-8")
    assert expected in complaint(folder)


def test_an_id_given_twice_is_found_across_files(folder: Path) -> None:
    (folder / "observances" / "b.yml").write_text(
        ENTRY.format(id="two") + ENTRY.format(id="one"), encoding="utf-8"
    )
    assert "b.yml:11: id: 'one' is given twice" in complaint(folder)


def test_all_problems_are_told_at_once(folder: Path) -> None:
    for name in ("b", "c"):
        (folder / "observances" / f"{name}.yml").write_text("- id: [", encoding="utf-8")
    with pytest.raises(RulesError) as caught:
        load_calendar(folder)
    assert len(caught.value.problems) == 2


def test_a_row_without_a_text_is_an_error(folder: Path) -> None:
    path = folder / "findings.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index("  O7:")], encoding="utf-8")
    assert "rows: texts are missing for O7" in complaint(folder)


def test_an_unknown_placeholder_is_an_error(folder: Path) -> None:
    path = folder / "findings.yml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("{event}", "{brand}", 1), encoding="utf-8"
    )
    path.write_text(
        path.read_text(encoding="utf-8").replace("words read as a play on {event}", "{brand} text"),
        encoding="utf-8",
    )
    assert "only {event}, {date} and {zone}" in complaint(folder)


def test_the_shipped_calendar_carries_what_was_collected(shipped: Calendar) -> None:
    assert len(shipped.observances) >= 405
    first = shipped.observances["us_911"]
    assert (first.rule.text, first.regions, first.also) == ("09-11", ("US",), ("*",))
    assert first.evidence is Evidence.PAGE


def test_the_shipped_texts_and_observances_name_groups_and_topics_that_exist(
    shipped: Calendar, shipped_folder: Path
) -> None:
    groups = parse_yaml((shipped_folder.parent / "groups.yml").read_text("utf-8"))
    topics = parse_yaml((shipped_folder.parent / "topics.yml").read_text("utf-8"))
    wording = load_wording(shipped_folder)
    used = {group for kind in wording.kinds.values() for group in kind}
    used |= {group for each in shipped.observances.values() for group in each.groups}
    assert used <= set(groups)
    assert {row.topic for row in wording.rows.values()} <= set(topics)
    assert len({row.rule for row in wording.rows.values()}) == len(Row)

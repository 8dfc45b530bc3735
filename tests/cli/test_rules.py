"""`postlint rules` for people who write rules."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from postlint.cli.main import main
from tests.support import WriteFile


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["rules", *arguments])


RULE = """\
id: bad-word
kind: terms
category: derogatory
topic: slur
severity: error
message: A bad word stands here.
why: Because somebody would be hurt by it.
terms: [zounds]
examples:
  match: ["[[Zounds]]!", "Oh [[zounds]]"]
  no_match: ["Sounds good", "Zoundsman came"]
"""


def test_every_shipped_rule_holds() -> None:
    result = run("check")
    assert result.exit_code == 0, result.stderr
    assert int(result.output.split()[0]) >= 60


def test_examples_that_hold_are_counted(rules_folder: Path, write_rule: WriteFile) -> None:
    write_rule("swearing/bad-word", RULE)
    result = run("check", "--no-model", "--rules", str(rules_folder))
    assert (result.exit_code, result.output) == (0, "1 rules and 0 signals hold\n")


def test_an_example_that_fails_is_shown_with_its_line(
    rules_folder: Path, write_rule: WriteFile
) -> None:
    path = write_rule("swearing/bad-word", RULE.replace('"Sounds good"', '"Zounds good"'))
    result = run("check", "--no-model", "--rules", str(rules_folder))
    assert result.exit_code == 1
    assert f"{path}:11: examples.no_match: must not match, but finds 'Zounds'" in result.stderr


def test_a_span_that_is_marked_wrongly_fails(rules_folder: Path, write_rule: WriteFile) -> None:
    write_rule("swearing/bad-word", RULE.replace('"[[Zounds]]!"', '"[[Zounds!]]"'))
    result = run("check", "--no-model", "--rules", str(rules_folder))
    assert result.exit_code == 1
    assert "finds 'Zounds', marked is 'Zounds!'" in result.stderr


def test_a_replacement_that_triggers_its_rule_again_fails(
    rules_folder: Path, write_rule: WriteFile
) -> None:
    term = "terms: [{term: zounds, replacement: zounds indeed}]"
    write_rule("swearing/bad-word", RULE.replace("terms: [zounds]", term))
    result = run("check", "--no-model", "--rules", str(rules_folder))
    assert "triggers the rule again" in result.stderr


def test_a_broken_rule_exits_with_2(rules_folder: Path, write_rule: WriteFile) -> None:
    write_rule("swearing/bad-word", RULE.replace("kind: terms", "kind: words"))
    result = run("check", "--no-model", "--rules", str(rules_folder))
    assert result.exit_code == 2
    assert "kind: must be one of" in result.stderr


def test_list_and_show_tell_of_a_rule(rules_folder: Path, write_rule: WriteFile) -> None:
    write_rule("swearing/bad-word", RULE)
    listed = run("list", "--rules", str(rules_folder)).output
    assert "swearing/bad-word" in listed
    assert "timing/day-of-mourning" in listed
    shown = run("show", "swearing/bad-word", "--rules", str(rules_folder)).output
    assert json.loads(shown)["definition"]["terms"] == ["zounds"]
    assert run("show", "swearing/none", "--rules", str(rules_folder)).exit_code == 2


def test_a_new_rule_loads_and_an_existing_one_is_not_overwritten(rules_folder: Path) -> None:
    topics = rules_folder / "topics.yml"
    topics.write_text("{brand-risk: {label: brand risk}}")
    assert run("new", "swearing/mild", "--rules", str(rules_folder)).exit_code == 0
    assert "swearing/mild" in run("list", "--rules", str(rules_folder)).output
    check = run("check", "--no-model", "--rules", str(rules_folder))
    assert check.exit_code == 0, check.stderr
    assert run("new", "swearing/mild", "--rules", str(rules_folder)).exit_code == 2
    assert run("new", "Not A Name", "--rules", str(rules_folder)).exit_code == 2


def test_a_new_rule_of_a_new_pack_goes_among_your_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POSTLINT_DATA", str(tmp_path / "data"))
    assert run("new", "acme/rival").exit_code == 0
    folder = tmp_path / "data" / "packs" / "acme"
    assert sorted(path.name for path in folder.iterdir()) == ["pack.yml", "rival.yml"]
    assert "acme/rival" in run("list").output
    assert run("new", "acme/pack").exit_code == 2

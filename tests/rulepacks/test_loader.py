"""A wrong rule file is refused with path, line and the allowed values."""

from pathlib import Path

import pytest

from postlint.errors import RulesError
from postlint.rulepacks.loader import load_rules
from tests.support import WriteFile

GOOD = """\
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


def problem_of(folder: Path) -> str:
    with pytest.raises(RulesError) as caught:
        load_rules(folder)
    return str(caught.value)


def test_a_good_rule_loads(rules_folder: Path, write_rule: WriteFile) -> None:
    write_rule("swearing/bad-word", GOOD)
    assert [name for name, _ in load_rules(rules_folder).rules()] == ["swearing/bad-word"]


@pytest.mark.parametrize(
    ("old", "new", "line", "expected"),
    [
        ("severity: error", "severity: fatal", 5, "'info', 'warning' or 'error'"),
        ("category: derogatory", "category: rude", 3, "'derogatory', 'insensitive', 'timing'"),
        ("topic: slur", "topic: slurs", 4, "allowed: length, newsjacking, slur"),
        ("terms: [zounds]", "terms: [zounds]\ngroups: [martians]", 9, "allowed: customers, women"),
        ("terms: [zounds]", "terms: []", 8, "at least 1 item"),
        ("terms: [zounds]", "words: [zounds]", 8, "no such field"),
        ("kind: terms", "kind: word", 1, "combination, model, pattern, shape, terms, tokens"),
        ("id: bad-word", "id: other", 1, "'bad-word', the name of the file"),
        ('no_match: ["Sounds good", "Zoundsman came"]', 'no_match: ["Sounds"]', 11, "at least 2"),
        ("terms: [zounds]", "terms: [zounds]\nunless: [signal:x]", 9, "'signal:x' is not known"),
        ("terms: [zounds]", "terms: [zounds", 9, "is not YAML"),
    ],
)
def test_a_wrong_field_is_named_with_its_line_and_what_is_allowed(
    rules_folder: Path, write_rule: WriteFile, old: str, new: str, line: int, expected: str
) -> None:
    path = write_rule("swearing/bad-word", GOOD.replace(old, new))
    problem = problem_of(rules_folder)
    assert expected in problem
    assert problem.startswith(f"{path}:{line}:")


def test_no_stays_a_word(rules_folder: Path, write_rule: WriteFile) -> None:
    write_rule("swearing/bad-word", GOOD.replace("[zounds]", "[zounds, no, on]"))
    rule = load_rules(rules_folder).packs["swearing"].rules["bad-word"]
    assert rule.kind == "terms"
    assert rule.terms[1:3] == ("no", "on")


def test_every_problem_is_reported_at_once(rules_folder: Path, write_rule: WriteFile) -> None:
    write_rule("swearing/bad-word", GOOD.replace("topic: slur", "topic: x"))
    write_rule("swearing/other", GOOD.replace("severity: error", "severity: x"))
    with pytest.raises(RulesError) as caught:
        load_rules(rules_folder)
    assert len(caught.value.problems) == 2


SIGNAL = """\
id: {id}
about: A signal of a test.
kind: combination
any: [signal:{needs}]
examples:
  match: ["one", "two"]
  no_match: ["three", "four"]
"""


def test_signals_that_need_each_other_are_refused(
    rules_folder: Path, write_rule: WriteFile
) -> None:
    write_rule("signals/hen", SIGNAL.format(id="hen", needs="egg"))
    write_rule("signals/egg", SIGNAL.format(id="egg", needs="hen"))
    assert "depends on itself" in problem_of(rules_folder)


def test_a_pack_has_a_new_version_when_a_rule_changes(
    rules_folder: Path, write_rule: WriteFile
) -> None:
    write_rule("swearing/bad-word", GOOD)
    before = load_rules(rules_folder).packs["swearing"].version
    write_rule("swearing/bad-word", GOOD.replace("A bad word", "A very bad word"))
    assert load_rules(rules_folder).packs["swearing"].version != before

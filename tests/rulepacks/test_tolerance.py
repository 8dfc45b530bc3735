"""A broken file is left out with all that needs it; the rest judges, and says what is missing."""

from collections.abc import Callable
from pathlib import Path

import pytest

from postlint.bootstrap import Application, assemble, compose, lay_foundation, read
from postlint.draft import Draft
from postlint.errors import RulesError
from postlint.settings import Settings
from tests.support import NOON, WriteFile, rule, signal

TERMS = "kind: terms\nterms: [aubergine]"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def load(rules_folder: Path, data: Path) -> Callable[[], Application]:
    """Loads what is sound of the rules folder and of `data`."""

    def compose_all() -> Application:
        settings = Settings(rules=rules_folder, data=data, model="none")
        foundation = lay_foundation(settings, None)
        return compose(foundation, read(foundation))

    return compose_all


Load = Callable[[], Application]


def found(application: Application, text: str, policy: str = "default") -> list[str]:
    report = application.linter.lint(Draft(text=text, policy=policy), NOON)
    return [finding.rule for finding in report.findings]


def write_own(data: Path, name: str, content: str) -> Path:
    """Writes packs/<pack>/<rule>.yml, with its pack.yml."""
    path = data / "packs" / f"{name}.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    (path.parent / "pack.yml").write_text(f"id: {path.parent.name}\ntitle: Own\nabout: Ours.\n")
    path.write_text(content, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("how", "problem"),
    [
        ("kind: terms\nterms: []", "terms: "),
        ("kind: terms\nterms: ['*']", "no characters to look for"),
        ("kind: terms\nterms: [a]\nexceptions: ['*']", "no characters to look for"),
        ("kind: terms\nterms: [a]\n? [b, c]\n: d", "is no rule file"),
        ("kind: terms\nterms: [a]\n\tb: c", "is not YAML"),
        ("kind: pattern\npatterns: ['(?=x)']", "RE2 syntax: no look-around"),
        ("kind: tokens\nanchors: [a]\ntokens: [[{LOWR: a}]]", "tokens: "),
        ("kind: tokens\nanchors: [a]\ntokens: [[{LOWER: {REGEX: '('}}]]", "tokens: "),
        ("kind: tokens\nanchors: [a]\ntokens: [[]]", "tokens: "),
        ("kind: combination\nall: [signal:none]", "'signal:none' is not known"),
    ],
)
def test_a_broken_rule_is_left_out_and_the_others_judge(
    write_rule: WriteFile, load: Load, how: str, problem: str
) -> None:
    path = write_rule("p/broken", rule("broken", how))
    write_rule("p/sound", rule("sound", TERMS))
    application = load()
    assert found(application, "Fresh aubergine") == ["p/sound"]
    assert "p/broken" not in application.rules
    (told,) = application.problems
    assert told.path == path
    assert problem in told.problem
    assert list(application.left_out) == ["p/broken"]


def test_a_file_that_cannot_be_read_is_left_out(write_rule: WriteFile, load: Load) -> None:
    write_rule("p/sound", rule("sound", TERMS)).with_name("folder.yml").mkdir()
    write_rule("p/latin", "").write_bytes(b"id: caf\xe9")
    application = load()
    assert found(application, "Fresh aubergine") == ["p/sound"]
    problems = sorted(told.problem for told in application.problems)
    assert problems == ["cannot be read: Is a directory", "cannot be read: it is not UTF-8"]


def test_what_needs_a_broken_signal_goes_with_it(write_rule: WriteFile, load: Load) -> None:
    write_rule("signals/first", signal("first", "kind: pattern\npatterns: ['(']"))
    write_rule("signals/second", signal("second", "kind: combination\nany: [signal:first]"))
    write_rule("p/needs", rule("needs", "kind: combination\nall: [signal:second]"))
    write_rule("p/silenced", rule("silenced", f"{TERMS}\nunless: [signal:second]"))
    write_rule("p/sound", rule("sound", TERMS))
    application = load()
    assert found(application, "Fresh aubergine") == ["p/sound"]
    assert list(application.left_out) == ["p/needs", "p/silenced"]
    told = {problem.path.stem: problem.problem for problem in application.problems}
    assert told["second"] == "any: 'signal:first' could not be loaded"
    assert told["silenced"] == "unless: 'signal:second' could not be loaded"


def test_a_pack_without_a_sound_description_is_left_out_whole(
    write_rule: WriteFile, load: Load
) -> None:
    path = write_rule("p/one", rule("one", TERMS))
    write_rule("q/one", rule("one", TERMS))
    path.with_name("pack.yml").write_text("id: p\n")
    application = load()
    assert found(application, "Fresh aubergine") == ["q/one"]
    assert list(application.left_out) == ["p/one"]


def test_every_report_names_what_is_missing(write_rule: WriteFile, load: Load) -> None:
    for name in ("x", "y"):
        write_rule(f"acme/{name}", rule(name, "kind: terms\nterms: []"))
    report = load().linter.lint(Draft(text="Good morning"), NOON)
    assert report.incomplete[0].model_dump() == {
        "part": "rules",
        "reason": "2 rules (acme/x, acme/y) could not be loaded; see /readyz",
    }


def test_of_many_that_are_missing_a_few_are_named(write_rule: WriteFile, load: Load) -> None:
    for n in range(12):
        write_rule(f"p/r{n:02}", rule(f"r{n:02}", "kind: terms\nterms: []"))
    report = load().linter.lint(Draft(text="Good morning"), NOON)
    assert report.incomplete[0].reason.startswith("12 rules (p/r00, ")
    assert "p/r09, …)" in report.incomplete[0].reason


def test_what_starts_a_linter_alone_tells_the_same_problems(
    rules_folder: Path, write_rule: WriteFile, load: Load
) -> None:
    write_rule("p/first", rule("first", "kind: terms\nterms: []"))
    write_rule("p/second", rule("second", "kind: pattern\npatterns: ['(']"))
    with pytest.raises(RulesError) as caught:
        assemble(Settings(rules=rules_folder, model="none"), None)
    assert list(map(str, caught.value.problems)) == list(map(str, load().problems))


@pytest.mark.parametrize("name", ["groups.yml", "topics.yml"])
def test_without_groups_and_topics_nothing_starts(
    rules_folder: Path, load: Load, name: str
) -> None:
    (rules_folder / name).write_text("- no table")
    with pytest.raises(RulesError, match=name):
        load()


def test_own_packs_judge_beside_the_shipped_ones(
    write_rule: WriteFile, load: Load, data: Path
) -> None:
    write_rule("p/one", rule("one", TERMS))
    write_rule("signals/fresh", signal("fresh", "kind: terms\nterms: [fresh]"))
    write_own(data, "acme/mine", rule("mine", "kind: combination\nall: [signal:fresh]"))
    application = load()
    assert sorted(found(application, "Fresh aubergine")) == ["acme/mine", "p/one"]
    assert {pack.id: pack.own for pack in application.packs} == {
        "acme": True,
        "p": False,
        "timing": False,
    }


@pytest.mark.parametrize("name", ["p", "timing"])
def test_an_own_pack_cannot_take_the_name_of_a_shipped_one(
    write_rule: WriteFile, load: Load, data: Path, name: str
) -> None:
    write_rule("p/one", rule("one", TERMS))
    write_own(data, f"{name}/mine", rule("mine", TERMS))
    application = load()
    assert found(application, "Fresh aubergine") == ["p/one"]
    assert list(application.left_out) == [f"{name}/mine"]
    assert "ships with postlint" in application.problems[0].problem


def test_an_own_folder_without_a_description_is_told(load: Load, data: Path) -> None:
    write_own(data, "acme/mine", rule("mine", TERMS)).with_name("pack.yml").unlink()
    application = load()
    assert [told.path.name for told in application.problems] == ["pack.yml"]
    assert list(application.left_out) == ["acme/mine"]


def test_an_own_policy_may_extend_a_shipped_one(
    write_rule: WriteFile, load: Load, data: Path
) -> None:
    write_rule("p/one", rule("one", TERMS))
    (data / "policies").mkdir(parents=True)
    (data / "policies" / "calm.yml").write_text(
        'id: calm\nextends: default\nseverities: {"p/*": "off"}\n'
    )
    application = load()
    assert found(application, "Fresh aubergine", "calm") == []
    assert found(application, "Fresh aubergine") == ["p/one"]


def test_a_broken_policy_is_left_out_and_named(load: Load, data: Path) -> None:
    (data / "policies").mkdir(parents=True)
    (data / "policies" / "lost.yml").write_text("id: lost\nextends: nobody\n")
    (data / "policies" / "default.yml").write_text("id: default\n")
    application = load()
    problems = [told.problem for told in application.problems]
    assert "'default' ships with postlint" in problems[0]
    assert problems[1].startswith("extends: 'nobody' is not known")
    report = application.linter.lint(Draft(text="Good morning"), NOON)
    assert report.incomplete[0].model_dump() == {
        "part": "policies",
        "reason": "1 policy (lost) could not be loaded; see /readyz",
    }


def test_a_draft_is_judged_even_if_the_default_policy_is_broken(
    rules_folder: Path, write_rule: WriteFile, load: Load
) -> None:
    write_rule("p/one", rule("one", TERMS))
    (rules_folder / "policies" / "default.yml").write_text("id: default\nseverities: all\n")
    application = load()
    assert found(application, "Fresh aubergine") == ["p/one"]
    assert list(application.left_out) == ["policy:default"]

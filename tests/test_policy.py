"""What a policy grades, and what it inherits."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from postlint.bootstrap import Application
from postlint.draft import Draft
from postlint.errors import InheritanceError
from postlint.finding import Category, Finding, Severity
from postlint.policy import Policy, Threshold, resolve
from tests.support import WriteFile, lint, rule


def finding(name: str, severity: str = "info") -> Finding:
    return Finding(
        rule=name,
        category=Category.RISKY,
        topic="slur",
        severity=Severity(severity),
        message="",
        why="",
    )


def grade(policy: Policy, name: str, severity: str = "info") -> str:
    kept = policy.apply([finding(name, severity)])
    return kept[0].severity.value if kept else "off"


def resolved(*policies: Policy) -> Mapping[str, Policy]:
    return resolve({policy.id: policy for policy in policies})


def test_a_rule_has_the_say_before_its_pack_and_its_pack_before_the_grades() -> None:
    policy = Policy(id="p", severities={"a/x": "error", "a/*": "off"}, grades={"info": "warning"})
    assert grade(policy, "a/x") == "error"
    assert grade(policy, "a/y") == "off"
    assert grade(policy, "b/x") == "warning"
    assert grade(policy, "b/x", "error") == "error"


def test_keep_leaves_a_rule_what_its_author_gave_it() -> None:
    policy = Policy(id="p", severities={"a/*": "keep"}, grades={"info": "off"})
    assert grade(policy, "a/x") == "info"
    assert grade(policy, "a/x", "warning") == "warning"
    assert grade(policy, "b/x") == "off"


def test_grades_are_taken_once() -> None:
    policy = Policy(id="p", grades={"info": "warning", "warning": "error"})
    assert grade(policy, "a/x", "info") == "warning"
    assert grade(policy, "a/x", "warning") == "error"


def test_a_policy_inherits_what_it_does_not_say_itself() -> None:
    grandparent = Policy(
        id="g",
        severities={"a/x": "off", "b/x": "error"},
        grades={"info": "warning"},
        thresholds={"toxicity": Threshold(review=0.3), "insult": Threshold(review=0.3)},
    )
    parent = Policy(id="p", extends="g", severities={"a/x": "error"})
    child = Policy(
        id="c", extends="p", grades={"warning": "off"}, thresholds={"insult": Threshold(review=0.8)}
    )
    policy = resolved(child, parent, grandparent)["c"]
    assert (policy.id, policy.extends) == ("c", "p")
    assert (grade(policy, "a/x"), grade(policy, "b/x")) == ("error", "error")
    assert (grade(policy, "c/x"), grade(policy, "c/x", "warning")) == ("warning", "off")
    assert {head: threshold.review for head, threshold in policy.thresholds.items()} == {
        "toxicity": 0.3,
        "insult": 0.8,
    }


def test_what_a_policy_says_of_a_pack_wins_over_what_its_parent_says_of_a_rule() -> None:
    parent = Policy(id="p", severities={"a/x": "error", "b/x": "error"})
    policy = resolved(parent, Policy(id="c", extends="p", severities={"a/*": "off"}))["c"]
    assert grade(policy, "a/x") == "off"
    assert grade(policy, "b/x") == "error"


def test_allowed_phrases_add_up_and_the_own_reason_wins() -> None:
    said = {"phrase": "Damn Good", "reason": "old"}
    parent = Policy(id="p", allowed=[said, {"phrase": "hell week", "reason": "event"}])
    child = Policy(id="c", extends="p", allowed=[{"phrase": "damn good", "reason": "slogan"}])
    allowed = resolved(parent, child)["c"].allowed
    assert [(entry.phrase, entry.reason) for entry in allowed] == [
        ("hell week", "event"),
        ("damn good", "slogan"),
    ]


def test_an_unknown_parent_is_named_with_those_that_there_are() -> None:
    with pytest.raises(InheritanceError) as caught:
        resolved(Policy(id="default"), Policy(id="mine", extends="strickt"))
    assert caught.value.problems == {"mine": "'strickt' is not known; allowed: default, mine"}


def test_a_circle_is_told_for_those_in_it_and_not_for_who_leads_there() -> None:
    with pytest.raises(InheritanceError) as caught:
        resolved(
            Policy(id="a", extends="b"),
            Policy(id="b", extends="c"),
            Policy(id="c", extends="b"),
            Policy(id="d", extends="d"),
        )
    assert caught.value.problems == {
        "b": "goes in a circle: 'b' extends 'c' extends 'b'",
        "c": "goes in a circle: 'c' extends 'b' extends 'c'",
        "d": "goes in a circle: 'd' extends 'd'",
    }


RULES = st.sampled_from(["a/x", "a/y", "a/*", "b/x", "b/*"])
GRADES = st.sampled_from(["info", "warning", "error", "off"])


@st.composite
def lines(draw: st.DrawFn) -> list[Policy]:
    """Policies each of which extends the one before it."""
    return [
        Policy(
            id=str(place),
            extends=str(place - 1) if place else None,
            severities=draw(st.dictionaries(RULES, GRADES | st.just("keep"))),
            grades=draw(st.dictionaries(st.sampled_from(list(Severity)), GRADES)),
        )
        for place in range(draw(st.integers(1, 4)))
    ]


@given(lines())
def test_inheriting_twice_changes_nothing(line: list[Policy]) -> None:
    once = resolved(*line)
    assert resolve(once) == once


@given(lines(), st.sampled_from(["a/x", "a/y", "b/x"]), st.sampled_from(list(Severity)))
def test_own_entries_win_whatever_is_inherited(
    line: list[Policy], name: str, severity: Severity
) -> None:
    own = line[-1]
    pack = name.split("/")[0] + "/*"
    if name in own.severities or pack in own.severities:
        policy = resolved(*line)[own.id]
        assert grade(policy, name, severity.value) == grade(own, name, severity.value)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"severities": {"profanity": "off"}}, "must be a rule such as profanity/mild"),
        ({"severities": {"a/x": "fatal"}}, "'info', 'warning', 'error', 'off' or 'keep'"),
        ({"grades": {"info": "keep"}}, "'info', 'warning', 'error' or 'off'"),
        ({"grades": {"hint": "off"}}, "'info', 'warning' or 'error'"),
        ({"allowed": [{"phrase": "damn good"}]}, "Field required"),
        ({"allowed": [{"phrase": "damn good", "reason": " "}]}, "must not be empty or blank"),
        ({"allowed": [{"phrase": "*", "reason": "a"}]}, "must have characters to look for"),
    ],
)
def test_a_wrong_entry_is_refused_with_what_is_allowed(
    fields: dict[str, object], expected: str
) -> None:
    with pytest.raises(ValidationError, match=expected):
        Policy.model_validate({"id": "p", **fields})


def test_the_linter_judges_by_what_a_policy_inherits(
    rules_folder: Path, write_rule: WriteFile
) -> None:
    write_rule("p/one", rule("one", "kind: terms\nterms: [one]"))
    write_rule("policies/mine", "id: mine\nextends: house\n")
    write_rule("policies/house", "id: house\nseverities: {p/one: error}\n")
    assert lint(rules_folder, Draft(text="one", policy="mine")).verdict == "block"


SHIPPED = ("strict", "lenient")


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_policies_name_only_rules_that_ship(application: Application, name: str) -> None:
    policy = application.linter.policy(name)
    known = set(application.rules) | {f"{pack.id}/*" for pack in application.packs}
    assert set(policy.severities) <= known


def test_the_default_policy_changes_nothing(application: Application) -> None:
    assert application.linter.policy("default").model_dump(exclude={"about"}) == Policy(
        id="default"
    ).model_dump(exclude={"about"})


UNTOUCHED = ("slurs", "tragedy", "self-harm", "privacy", "race-and-origin", "disability")


def test_the_lenient_policy_leaves_people_and_tragedies_alone(application: Application) -> None:
    policy = application.linter.policy("lenient")
    for name, card in application.rules.items():
        if card.category == "derogatory" or name.startswith(UNTOUCHED):
            assert grade(policy, name, card.severity or "warning") == (card.severity or "warning")


def test_the_strict_policy_is_nowhere_milder(application: Application) -> None:
    policy = application.linter.policy("strict")
    for name, card in application.rules.items():
        given = card.severity or Severity.WARNING
        assert Severity(grade(policy, name, given)).rank >= given.rank

"""Asking only the checks that a draft concerns."""

from collections.abc import Iterable, Mapping

import pytest

from postlint.bootstrap import assemble
from postlint.checks.base import CheckContext, Matcher, Trigger
from postlint.checks.index import CheckIndex
from postlint.checks.rule import RuleCheck
from postlint.finding import Finding
from postlint.rulepacks.examples import read_example
from postlint.settings import Settings
from tests.support import NOON, shipped


class Named:
    """A check of which only the triggers matter."""

    def __init__(self, *triggers: Trigger, always: bool = False) -> None:
        self._triggers = None if always else frozenset(triggers)

    def run(self, context: CheckContext) -> Iterable[Finding]:
        return ()

    def triggers(self, _signals: Mapping[str, Matcher]) -> frozenset[Trigger] | None:
        return self._triggers


def test_a_check_is_asked_when_one_of_its_triggers_is_there() -> None:
    words, pattern, always = Named("a", "b"), Named(7), Named(always=True)
    index = CheckIndex([words, pattern, always], {})
    assert index.concerned(["b", "z"]) == [words, always]
    assert index.concerned([7]) == [pattern, always]
    assert index.concerned([]) == [always]


def test_nothing_is_missed_by_not_asking_all(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(model="none")
    some = assemble(settings, None).linter
    monkeypatch.setattr(RuleCheck, "triggers", lambda _check, _signals: None)
    all_of_them = assemble(settings, None).linter
    drafts = [
        read_example(example)[0]
        for _, spec in shipped().book.rules()
        for example in (*spec.examples.match, *spec.examples.no_match)
    ]
    found = [report.findings for report in some.lint_all(drafts, NOON)]
    assert found == [report.findings for report in all_of_them.lint_all(drafts, NOON)]
    assert sum(map(len, found)) > len(drafts) // 3

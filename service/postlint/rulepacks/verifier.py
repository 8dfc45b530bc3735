"""Runs every rule's examples through the real linter: the examples are the rule's tests."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError

from postlint.draft import Draft
from postlint.errors import SourceError
from postlint.finding import Finding
from postlint.linter import Linter
from postlint.rulepacks.book import RuleBook
from postlint.rulepacks.examples import read_example
from postlint.rulepacks.schema import Example, Examples, RuleSpec, SignalSpec
from postlint.text.span import Span
from postlint.yaml_file import problem_at

MOMENT = datetime(2026, 2, 3, 12, tzinfo=UTC)
"""When the examples are judged: an ordinary day in every country."""

_SPANLESS = frozenset({"shape", "model"})


def verify(book: RuleBook, linter: Linter, *, with_model: bool) -> list[SourceError]:
    """Every example that does not do what its rule says, with file and line.

    with_model: False leaves out rules and signals of kind model, which need one.
    """
    problems: list[SourceError] = []
    for name, rule in book.rules():
        if with_model or rule.kind != "model":
            problems.extend(verify_rule(book.files[name], name, rule, linter))
    for name, signal in book.signals.items():
        if with_model or signal.kind != "model":
            judge = _signal_judge(linter, name, signal)
            proof = _Proof(book.files[f"signal:{name}"], signal.examples, judge)
            problems.extend(proof.problems())
    return problems


def verify_rule(path: Path, name: str, rule: RuleSpec, linter: Linter) -> list[SourceError]:
    """Every example of one rule, "pack/rule", that does not do what the rule says.

    path: its file. linter: one that has the rule.
    """
    return list(_Proof(path, rule.examples, _rule_judge(linter, name, rule)).problems())


Judge = Callable[[Draft, tuple[Span, ...], bool], str | None]
"""(draft, marked spans, must match) -> what is wrong with that example, None if nothing."""


@dataclass(frozen=True, slots=True)
class _Proof:
    """The examples of one file and how to judge them."""

    path: Path
    examples: Examples
    judge: Judge

    def problems(self) -> Iterator[SourceError]:
        groups: tuple[tuple[str, Sequence[Example]], ...] = (
            ("match", self.examples.match),
            ("no_match", self.examples.no_match),
        )
        for field, examples in groups:
            for index, example in enumerate(examples):
                problem = self._problem(example, must_match=field == "match")
                if problem is not None:
                    yield self._error(field, index, problem)

    def _problem(self, example: Example, *, must_match: bool) -> str | None:
        try:
            draft, marked = read_example(example)
        except ValidationError as error:
            return f"is no draft: {error.errors()[0]['msg']}"
        return self.judge(draft, marked, must_match)

    def _error(self, field: str, index: int, problem: str) -> SourceError:
        where: list[str | int] = ["examples", field, index]
        return problem_at(self.path, where, f"examples.{field}: {problem}")


def _rule_judge(linter: Linter, name: str, rule: RuleSpec) -> Judge:
    def findings(draft: Draft) -> list[Finding]:
        return [finding for finding in linter.raw_findings(draft, MOMENT) if finding.rule == name]

    def judge(draft: Draft, marked: tuple[Span, ...], must_match: bool) -> str | None:
        found = findings(draft)
        spans = {Span(span.start, span.end) for finding in found for span in finding.spans}
        problem = _compare(draft, bool(found), spans, set(marked), must_match)
        if problem is None and must_match and rule.kind not in _SPANLESS and not marked:
            return f"mark the words that the rule finds with [[…]]: {_quoted(draft, spans)}"
        return problem or _suggestion_problem(draft, found, findings)

    return judge


def _signal_judge(linter: Linter, name: str, signal: SignalSpec) -> Judge:
    def judge(draft: Draft, marked: tuple[Span, ...], must_match: bool) -> str | None:
        matches = linter.signal_matches(draft, MOMENT, name)
        spans = {span for match in matches for span in match.spans}
        # A signal's phrases are many; where the author marks none, presence is enough.
        return _compare(draft, bool(matches), spans, set(marked) or spans, must_match)

    return judge


def _compare(
    draft: Draft, matched: bool, found: set[Span], marked: set[Span], must_match: bool
) -> str | None:
    if not must_match:
        return f"must not match, but finds {_quoted(draft, found)}" if matched else None
    if not matched:
        return "must match, but nothing is found"
    if marked and found != marked:
        return f"finds {_quoted(draft, found)}, marked is {_quoted(draft, marked)}"
    return None


def _suggestion_problem(
    draft: Draft, found: Sequence[Finding], findings: Callable[[Draft], list[Finding]]
) -> str | None:
    """A replacement that triggers its own rule again is no help."""
    for finding in found:
        for suggestion in finding.suggestions:
            if suggestion.replacement is None:
                continue
            text = draft.text
            mended = text[: suggestion.start] + suggestion.replacement + text[suggestion.end :]
            if not mended.strip():
                continue
            if len(findings(draft.model_copy(update={"text": mended}))) >= len(found):
                return f"the replacement {suggestion.replacement!r} triggers the rule again"
    return None


def _quoted(draft: Draft, spans: set[Span]) -> str:
    words = [repr(draft.text[span.start : span.end]) for span in sorted(spans)]
    return ", ".join(words) or "the post as a whole"

"""What rules, signals and policies refer to, and what has to go when it is not there."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from postlint.errors import InheritanceError, SourceError
from postlint.policy import resolve
from postlint.rulepacks.book import POLICY, SIGNAL, Loaded, RuleBook
from postlint.rulepacks.schema import RuleSpec, SignalSpec
from postlint.yaml_file import problem_at


def settle(loaded: Loaded) -> Loaded:
    """Leave out what refers to something that is not there, until nothing does.

    A rule without a signal that it names would say something else than its author meant.
    """
    while problems := list(_Misfits(loaded).all()):
        loaded = loaded.without(problems)
    return loaded


def needs_model(spec: RuleSpec | SignalSpec, book: RuleBook) -> bool:
    """Whether the rule or signal, or a signal that it rests on, asks the model."""
    if spec.kind == "model":
        return True
    return any(book.signals[name].kind == "model" for name in _reached(_signals_of(spec), book))


@dataclass(frozen=True, slots=True)
class _Misfits:
    """Finds what is wrong with each file only beside the others."""

    loaded: Loaded

    def all(self) -> Iterator[SourceError]:
        book = self.loaded.book
        for name, rule in book.rules():
            path = book.files[name]
            yield from _expect(path, "topic", [rule.topic], book.topics)
            yield from _expect(path, "groups", rule.groups, book.groups)
            yield from self._signals(path, rule)
        try:
            resolve(book.policies)
        except InheritanceError as error:
            for name, said in error.problems.items():
                yield problem_at(book.files[f"{POLICY}{name}"], ["extends"], f"extends: {said}")
        for name, signal in book.signals.items():
            path = book.files[f"{SIGNAL}{name}"]
            yield from self._signals(path, signal)
            if name in _reached(_signals_of(signal), book):
                yield problem_at(path, ["id"], f"id: signal {name!r} depends on itself")

    def _signals(self, path: Path, spec: RuleSpec | SignalSpec) -> Iterator[SourceError]:
        yield from self._expect_signals(path, "unless", spec.unless)
        if spec.kind == "combination":
            yield from self._expect_signals(path, "all", spec.all)
            yield from self._expect_signals(path, "any", spec.any)
        if spec.kind == "terms":
            groups = [
                group for term in spec.terms if not isinstance(term, str) for group in term.groups
            ]
            yield from _expect(path, "terms", groups, self.loaded.book.groups)

    def _expect_signals(
        self, path: Path, field: str, references: Iterable[str]
    ) -> Iterator[SourceError]:
        present = {f"{SIGNAL}{name}": "" for name in self.loaded.book.signals}
        for reference in references:
            if reference not in present and reference in self.loaded.known:
                yield problem_at(path, [field], f"{field}: {reference!r} could not be loaded")
            else:
                yield from _expect(path, field, [reference], present)


def _reached(references: Iterable[str], book: RuleBook) -> set[str]:
    """Names of the signals that these lead to, directly or through others."""
    reached: set[str] = set()
    frontier = {reference.removeprefix(SIGNAL) for reference in references}
    while frontier := {name for name in frontier if name in book.signals} - reached:
        reached |= frontier
        frontier = {
            reference.removeprefix(SIGNAL)
            for name in frontier
            for reference in _signals_of(book.signals[name])
        }
    return reached


def _signals_of(spec: RuleSpec | SignalSpec) -> tuple[str, ...]:
    combined = (*spec.all, *spec.any) if spec.kind == "combination" else ()
    return (*spec.unless, *combined)


def _expect(
    path: Path, field: str, values: Iterable[str], known: Mapping[str, object]
) -> Iterator[SourceError]:
    for value in values:
        if value not in known:
            allowed = ", ".join(sorted(known))
            yield problem_at(path, [field], f"{field}: {value!r} is not known; allowed: {allowed}")

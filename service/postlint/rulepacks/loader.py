"""A folder of packs, read and checked: groups, topics, signals, rules, policies.

One rule is one file, a pack is a folder with a pack.yml; nothing else lists them.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter

from postlint.errors import RulesError, SourceError
from postlint.policy import Policy
from postlint.rulepacks.schema import LabelSpec, PackSpec, RuleSpec, SignalSpec
from postlint.yaml_file import line_of, read_spec

T = TypeVar("T")

SIGNALS = "signals"
POLICIES = "policies"

_LABELS: TypeAdapter[dict[str, LabelSpec]] = TypeAdapter(dict[str, LabelSpec])
_PACK: TypeAdapter[PackSpec] = TypeAdapter(PackSpec)
_RULE: TypeAdapter[RuleSpec] = TypeAdapter(RuleSpec)
_SIGNAL: TypeAdapter[SignalSpec] = TypeAdapter(SignalSpec)
_POLICY: TypeAdapter[Policy] = TypeAdapter(Policy)


@dataclass(frozen=True, slots=True)
class Pack:
    """A folder of rules. version: digest of its files, new whenever one changes."""

    spec: PackSpec
    version: str
    rules: Mapping[str, RuleSpec]


@dataclass(frozen=True, slots=True)
class RuleBook:
    """Everything under a rules folder, checked. files: by rule or signal reference."""

    groups: Mapping[str, str]
    topics: Mapping[str, str]
    packs: Mapping[str, Pack]
    signals: Mapping[str, SignalSpec]
    policies: Mapping[str, Policy]
    files: Mapping[str, Path]

    def rules(self) -> Iterable[tuple[str, RuleSpec]]:
        """("pack/rule", spec) of every rule, in order of their names."""
        for pack in self.packs.values():
            for rule in pack.rules.values():
                yield f"{pack.spec.id}/{rule.id}", rule


class _Reader:
    """Reads one rules folder and collects every problem instead of stopping at the first."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[SourceError] = []
        self.files: dict[str, Path] = {}

    def read(self, path: Path, adapter: TypeAdapter[T]) -> T | None:
        try:
            return read_spec(path, adapter)
        except SourceError as problem:
            self.problems.append(problem)
            return None

    def labels(self, name: str) -> dict[str, str]:
        specs = self.read(self.folder / name, _LABELS) or {}
        return {key: spec.label for key, spec in specs.items()}

    def members(self, folder: Path, adapter: TypeAdapter[T], prefix: str) -> dict[str, T]:
        """The files of a folder by the id inside, which must be the file's name.

        prefix: what makes a reference of an id.
        """
        members: dict[str, T] = {}
        for path in sorted(folder.glob("*.yml")):
            if path.name == "pack.yml":
                continue
            spec = self.read(path, adapter)
            if spec is None:
                continue
            identifier: str = spec.id  # type: ignore[attr-defined]
            if identifier != path.stem:
                self.wrong(path, ["id"], f"id: must be {path.stem!r}, the name of the file")
                continue
            members[identifier] = spec
            self.files[f"{prefix}{identifier}"] = path
        return members

    def wrong(self, path: Path, location: list[str | int], problem: str) -> None:
        text = path.read_text(encoding="utf-8")
        line = line_of(text, location)
        excerpt = text.splitlines()[line - 1].strip()
        self.problems.append(SourceError(path, line, problem, excerpt))


def load_rules(folder: Path) -> RuleBook:
    """Read a rules folder.

    Raises RulesError with all problems: files that are not YAML, unknown fields or
    values, ids that do not name their file, references to what does not exist.
    """
    reader = _Reader(folder)
    groups = reader.labels("groups.yml")
    topics = reader.labels("topics.yml")
    signals = reader.members(folder / SIGNALS, _SIGNAL, "signal:")
    policies = reader.members(folder / POLICIES, _POLICY, "policy:")
    packs = {}
    for path in sorted(folder.glob("*/pack.yml")):
        spec = reader.read(path, _PACK)
        if spec is None:
            continue
        if spec.id != path.parent.name:
            reader.wrong(path, ["id"], f"id: must be {path.parent.name!r}, the name of the folder")
        rules = reader.members(path.parent, _RULE, f"{spec.id}/")
        packs[spec.id] = Pack(spec, digest(path.parent), rules)
    book = RuleBook(groups, topics, packs, signals, policies, reader.files)
    _check_references(book, reader)
    _check_cycles(book, reader)
    if reader.problems:
        raise RulesError(reader.problems)
    return book


def digest(folder: Path) -> str:
    """12 hex digits that change with any YAML file in the folder or below."""
    state = hashlib.sha256()
    for path in sorted(folder.rglob("*.yml")):
        state.update(path.relative_to(folder).as_posix().encode() + b"\0")
        state.update(path.read_bytes() + b"\0")
    return state.hexdigest()[:12]


def _check_references(book: RuleBook, reader: _Reader) -> None:
    for name, rule in book.rules():
        path = book.files[name]
        _expect(reader, path, "topic", [rule.topic], book.topics)
        _expect(reader, path, "groups", rule.groups, book.groups)
        _check_signals(reader, path, rule, book)
    for name, signal in book.signals.items():
        _check_signals(reader, book.files[f"signal:{name}"], signal, book)


def _check_signals(
    reader: _Reader, path: Path, spec: RuleSpec | SignalSpec, book: RuleBook
) -> None:
    known = {f"signal:{name}": "" for name in book.signals}
    _expect(reader, path, "unless", spec.unless, known)
    if spec.kind == "combination":
        _expect(reader, path, "all", spec.all, known)
        _expect(reader, path, "any", spec.any, known)
    if spec.kind == "terms":
        groups = [
            group for term in spec.terms if not isinstance(term, str) for group in term.groups
        ]
        _expect(reader, path, "terms", groups, book.groups)


def _check_cycles(book: RuleBook, reader: _Reader) -> None:
    """A signal that needs itself could never be decided."""
    needs = {
        name: {reference.removeprefix("signal:") for reference in _signals_of(spec)}
        for name, spec in book.signals.items()
    }
    for name in needs:
        reached: set[str] = set()
        frontier = set(needs[name])
        while frontier:
            reached |= frontier
            frontier = {after for step in frontier for after in needs.get(step, ())} - reached
        if name in reached:
            path = book.files[f"signal:{name}"]
            reader.wrong(path, ["id"], f"id: signal {name!r} depends on itself")


def _signals_of(spec: SignalSpec) -> tuple[str, ...]:
    combined = (*spec.all, *spec.any) if spec.kind == "combination" else ()
    return (*spec.unless, *combined)


def _expect(
    reader: _Reader, path: Path, field: str, values: Iterable[str], known: Mapping[str, object]
) -> None:
    for value in values:
        if value not in known:
            allowed = ", ".join(sorted(known))
            reader.wrong(path, [field], f"{field}: {value!r} is not known; allowed: {allowed}")

"""A rule book: everything under the rules folders that is sound, and what was left out."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from postlint.errors import SourceError
from postlint.policy import Policy
from postlint.rulepacks.schema import PackSpec, RuleSpec, SignalSpec

T = TypeVar("T")

SIGNAL = "signal:"
POLICY = "policy:"
"""What makes a reference of the id of a signal, of a policy."""


@dataclass(frozen=True, slots=True)
class Pack:
    """A folder of rules.

    version: digest of its files, new whenever one changes. own: it does not ship with
    postlint, a team wrote it.
    """

    spec: PackSpec
    version: str
    rules: Mapping[str, RuleSpec]
    own: bool = False


@dataclass(frozen=True, slots=True)
class RuleBook:
    """Rules and what they refer to, checked. files: by rule, signal or policy reference."""

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

    def without(self, names: Collection[str]) -> "RuleBook":
        """The same book without these rules, signals and policies, named by reference."""
        packs = {
            key: replace(pack, rules=_kept(pack.rules, f"{key}/", names))
            for key, pack in self.packs.items()
        }
        return replace(
            self,
            packs=packs,
            signals=_kept(self.signals, SIGNAL, names),
            policies=_kept(self.policies, POLICY, names),
            files=_kept(self.files, "", names),
        )


@dataclass(frozen=True, slots=True)
class Loaded:
    """What is sound of the rules folders, and what is not.

    problems: everything that is wrong. known: references of all that has a file, sound or not.
    """

    book: RuleBook
    problems: tuple[SourceError, ...]
    known: frozenset[str]

    def without(self, problems: Collection[SourceError]) -> "Loaded":
        """This without the files that these problems are about."""
        paths = {problem.path for problem in problems}
        names = {name for name, path in self.book.files.items() if path in paths}
        return replace(self, book=self.book.without(names), problems=(*self.problems, *problems))

    @property
    def left_out(self) -> list[str]:
        """Names of the rules and policies that are not in the book, in order."""
        lost = self.known.difference(self.book.files)
        return sorted(name for name in lost if not name.startswith(SIGNAL))


def _kept(members: Mapping[str, T], prefix: str, names: Collection[str]) -> dict[str, T]:
    return {key: value for key, value in members.items() if f"{prefix}{key}" not in names}

"""The exceptions of a Vale rule: what it must not find."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from postlint.rulepacks.vale.engine import compiled, portable
from postlint.rulepacks.vale.expression import parse, phrases
from postlint.rulepacks.vale.part import NotExpressible


@dataclass(frozen=True, slots=True)
class Exceptions:
    """phrases: those that can be named; unnamed: expressions that stand for too many;
    machines: all of them, as Vale looks for them in what a rule finds.
    """

    phrases: tuple[str, ...]
    unnamed: tuple[str, ...]
    machines: tuple[Any, ...]

    def cover(self, words: str) -> bool:
        """Whether Vale would let these words pass, capitals as they are."""
        return any(machine.search(words) for machine in self.machines)

    def named(self) -> list[str]:
        """All of them as phrases; NotExpressible where they are not."""
        if self.unnamed:
            raise NotExpressible(
                f"the exception '{self.unnamed[0]}' is an expression; exceptions are phrases here"
            )
        return list(self.phrases)


def read_exceptions(written: Iterable[str]) -> Exceptions:
    """Exceptions as a rule writes them, regular expressions; NotExpressible gives RE2's
    reason to refuse one.
    """
    named: dict[str, None] = {}
    unnamed: list[str] = []
    machines: list[Any] = []
    for expression in map(portable, written):
        try:
            compiled(expression)
        except NotExpressible as error:
            raise NotExpressible(f"the exception {error}") from None
        machines.append(compiled(rf"\b(?:{expression})\b"))
        found = _phrases(expression)
        if found:
            named.update(dict.fromkeys(found))
        else:
            unnamed.append(expression)
    return Exceptions(tuple(named), tuple(unnamed), tuple(machines))


def _phrases(expression: str) -> list[str]:
    try:
        found = phrases(parse(expression))
    except ValueError:
        return []
    return [phrase for phrase in found or () if any(map(str.isalnum, phrase))]

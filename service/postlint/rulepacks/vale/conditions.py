"""Vale's conditional and capitalization, as far as a rule and a signal that silences it
can say them.
"""

from collections.abc import Iterator
from typing import Any, Final

from postlint.rulepacks.vale.engine import compiled, portable
from postlint.rulepacks.vale.exceptions import read_exceptions
from postlint.rulepacks.vale.expression import samples
from postlint.rulepacks.vale.part import NotExpressible, Part, SignalPart, Translation
from postlint.rulepacks.vale.source import ValeRule
from postlint.rulepacks.vale.trials import HARMLESS

_WHOLE_POST: Final = r"(?s)\A\s*(?P<span>\S(?:.*\S)?)"

_LETTER_OF_CASE: Final = {"$lower": r"\p{Lu}", "$upper": r"\p{Ll}"}
"""What a text in one case does not have."""


def conditional(rule: ValeRule) -> Translation:
    """Whatever `first` finds, unless `second` is somewhere in the post."""
    first, second = _accepted("first", rule.first), _accepted("second", rule.second)
    found, given = samples(first), samples(second)
    how = _pattern_of(first, rule)
    part = Part(
        how=how,
        samples=found,
        near=tuple(f"{there} {word}" for there, word in zip(given, found, strict=False)),
        signal=SignalPart(second, given),
    )
    return Translation((part,), tuple(_narrower(rule, second)))


def capitalization(rule: ValeRule) -> Translation:
    """What breaks `match`: a letter of the other case, or a post without the expression."""
    if rule.match in ("$title", "$sentence"):
        raise NotExpressible(
            f"{rule.match} compares each word with how it would stand in one; no kind does"
        )
    if rule.match in _LETTER_OF_CASE:
        letter = _LETTER_OF_CASE[rule.match]
        word = rf"[\p{{L}}\p{{N}}]*{letter}[\p{{L}}\p{{N}}]*"
        near = ("good morning", "GOOD MORNING")
        return Translation((Part(_pattern_of(word, rule), samples(word), near),))
    if "sentence" in rule.scope:
        raise NotExpressible("no kind looks for sentences that lack something")
    match = _accepted("match", rule.match)
    allowed = "|".join((match, *(rf"\b(?:{portable(text)})\b" for text in rule.exceptions)))
    compiled(allowed)
    return Translation((absent(allowed, samples(match)),))


def absent(pattern: str, given: tuple[str, ...]) -> Part:
    """A part that finds every post without the pattern. given: texts that hold it."""
    how = {"kind": "pattern", "patterns": [_WHOLE_POST], "view": "plain"}
    near = (*given, *(f"{text} good morning" for text in given))
    return Part(how, HARMLESS, near, whole=True, signal=SignalPart(pattern, given))


def _pattern_of(pattern: str, rule: ValeRule) -> dict[str, Any]:
    how: dict[str, Any] = {"kind": "pattern", "patterns": [pattern], "view": "plain"}
    excepted = read_exceptions(rule.exceptions).named()
    return how | {"exceptions": excepted} if excepted else how


def _accepted(field: str, written: str) -> str:
    if not written:
        raise NotExpressible(f"it has no '{field}'")
    expression = portable(written)
    compiled(expression)
    return expression


def _narrower(rule: ValeRule, second: str) -> Iterator[str]:
    """What of the condition is lost; each makes the rule find less, never more."""
    if compiled(second).groups:
        yield (
            "comparing the group of 'second' with what 'first' finds: "
            "one definition silences the rule for the whole post"
        )
    scopes = [scope for scope in rule.scope if scope in ("sentence", "paragraph")]
    if scopes:
        yield f"the scope {scopes[0]}: 'second' silences the rule for the whole post"

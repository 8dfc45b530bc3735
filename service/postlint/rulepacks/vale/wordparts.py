"""The rule files that a list of phrases and expressions becomes.

Phrases in any capitals, phrases in some capitals, expressions: each needs a rule of its
own, as case is a matter of the whole rule and only phrases carry replacements.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, zip_longest
from typing import Any, Final

from postlint.rulepacks.vale.engine import compiled, filled, refers
from postlint.rulepacks.vale.exceptions import Exceptions
from postlint.rulepacks.vale.expression import samples
from postlint.rulepacks.vale.part import Part
from postlint.rulepacks.vale.source import ValeRule
from postlint.rulepacks.vale.trials import near_misses
from postlint.rulepacks.vale.wording import identifier
from postlint.text.folding import fold
from postlint.text.segment import on_word_edges

_LONGEST_ADVICE: Final = 400
_TRIED: Final = 6
"""Of so many phrases near misses are tried; two are needed."""

_SAMPLES: Final = 24
"""So many samples are tried of a list of expressions; two are needed."""

_SENTENCE_START: Final = r"(?:^|[.!?…]\s+)"

_UNFOLDABLE: Final = re.compile(r"[\^$.{]|\\[nrtfvAzpPx]|\s\s|[^\x00-\x7f]")
"""What means something else in the folded text: lines, wild cards, counts of spaces,
characters that folding changes."""


Wanted = tuple[str, ...]
"""What should stand in the place of what is found, the best first."""


@dataclass(frozen=True, slots=True)
class WordList:
    """phrases: with what should stand in their place, the best first; expressions: by that."""

    phrases: dict[str, Wanted] = field(default_factory=dict)
    expressions: dict[Wanted, list[str]] = field(default_factory=dict)


def word_parts(
    rule: ValeRule, listed: WordList, exceptions: Exceptions, *, bare: bool
) -> list[Part]:
    """The parts of a rule that finds what is listed; none where nothing is.

    bare: whether the expressions bring their own word edges. NotExpressible where an
    expression has an exception that is no phrase.
    """
    any_case, exact_case = _by_case(rule, listed.phrases, exceptions)
    passing = [phrase for phrase in listed.phrases if exceptions.cover(phrase)]
    harmless = [*exceptions.phrases, *passing]
    parts: list[Part] = []
    if any_case:
        parts.append(_terms(rule, any_case, harmless, suffix=""))
    if exact_case:
        suffix = "" if not rule.ignorecase else "capitals"
        parts.append(_terms(rule, exact_case, harmless, suffix=suffix))
    for wanted, expressions in listed.expressions.items():
        parts.append(_pattern(rule, wanted, expressions, exceptions, bare=bare))
    return [replace(parts[0], suffix="")] if len(parts) == 1 else list(_told_apart(parts))


def _told_apart(parts: Sequence[Part]) -> Iterator[Part]:
    """The parts with a number at every suffix that was there before."""
    seen: Counter[str] = Counter()
    for part in parts:
        seen[part.suffix] += 1
        count = seen[part.suffix]
        yield part if count == 1 else replace(part, suffix=f"{part.suffix}-{count}")


def _by_case(
    rule: ValeRule, phrases: Mapping[str, Wanted], exceptions: Exceptions
) -> tuple[dict[str, Wanted], dict[str, Wanted]]:
    """The phrases to find in any capitals, and those to find as they are written.

    "macos: macOS" finds every spelling of it but one: then the likely ones are written out.
    """
    any_case: dict[str, tuple[str, Wanted]] = {}
    exact_case: dict[str, Wanted] = {}
    for phrase, wanted in phrases.items():
        right = {text for text in (*wanted, *exceptions.phrases) if fold(text) == fold(phrase)}
        if rule.ignorecase and right:
            spellings = (phrase, phrase.lower(), phrase.upper(), phrase.capitalize())
            exact_case |= {text: wanted for text in spellings if text not in right}
        elif exceptions.cover(phrase) or phrase in right:
            continue
        elif rule.ignorecase:
            any_case.setdefault(fold(phrase), (phrase, wanted))
        else:
            exact_case[phrase] = wanted
    return dict(any_case.values()), exact_case


def _terms(
    rule: ValeRule, phrases: Mapping[str, Wanted], harmless: Iterable[str], *, suffix: str
) -> Part:
    exact_case = bool(suffix) or not rule.ignorecase
    how: dict[str, Any] = {
        "kind": "terms",
        "terms": [_term(phrase, wanted) for phrase, wanted in phrases.items()],
    }
    if exact_case:
        how["case_sensitive"] = True
    excepted = list(_around(phrases, harmless))
    if excepted:
        how["exceptions"] = excepted
    tried = list(phrases)[:_TRIED]
    offered = set(phrases.values())
    return Part(
        how=how,
        samples=tuple(phrases),
        near=(
            *(option for phrase in tried for option in phrases[phrase]),
            *_in_turn(near_misses(phrase, exact_case=exact_case) for phrase in tried),
        ),
        suffix=suffix,
        found=tried[0] if len(phrases) == 1 else None,
        wanted=_either(offered.pop()) if len(offered) == 1 else None,
        advice="Leave it out." if rule.action.name == "remove" else None,
    )


def _term(phrase: str, wanted: Wanted) -> str | dict[str, str]:
    if not wanted:
        return phrase
    term = {"term": phrase, "replacement": wanted[0]}
    return {**term, "note": f"Or write {_either(wanted[1:])}."} if wanted[1:] else term


def _around(phrases: Mapping[str, Wanted], harmless: Iterable[str]) -> Iterator[str]:
    """Harmless words and replacements that hold a phrase of the list and more, as "Google
    Cloud" holds "Cloud": where they stand, all is well.
    """
    folded = {fold(phrase) for phrase in phrases}
    replacements = chain.from_iterable(phrases.values())
    for option in dict.fromkeys((*harmless, *replacements)):
        text = fold(option)
        if text not in folded and any(_holds(text, phrase) for phrase in folded):
            yield option


def _holds(text: str, phrase: str) -> bool:
    start = text.find(phrase)
    return start >= 0 and on_word_edges(text, start, start + len(phrase))


def _pattern(
    rule: ValeRule,
    wanted: Wanted,
    expressions: Sequence[str],
    exceptions: Exceptions,
    *,
    bare: bool,
) -> Part:
    patterns = [_expression(rule, expression, bare=bare) for expression in expressions]
    how: dict[str, Any] = {"kind": "pattern", "patterns": patterns}
    if not rule.ignorecase or any(map(_UNFOLDABLE.search, expressions)):
        how["view"] = "plain"
    excepted = exceptions.named()
    if excepted:
        how["exceptions"] = excepted
    found = tuple(_in_turn(iter(samples(expression)) for expression in expressions))[:_SAMPLES]
    by_group = any(refers(option, expressions[0]) for option in wanted)
    written = _either([_like(option, expressions[0], found) for option in wanted])
    return Part(
        how=how,
        samples=found,
        near=tuple(
            _in_turn(near_misses(text, exact_case=not rule.ignorecase) for text in found[:_TRIED])
        ),
        suffix=identifier(wanted[0]) if wanted and not by_group else "patterns",
        wanted=None if by_group else written or None,
        advice=_advice(rule, f"it as in “{written}”" if by_group else written),
    )


def _expression(rule: ValeRule, expression: str, *, bare: bool) -> str:
    """The expression with the flags and word edges that Vale gives it."""
    at_start = expression.startswith("^") and "sentence" in rule.scope
    body = expression[1:] if at_start else expression
    edged = body if bare and not at_start else f"(?:{body})" if bare else rf"\b(?:{body})\b"
    flags = ("i" if rule.ignorecase else "") + ("m" if re.search(r"[\^$]", expression) else "")
    start = rf"{_SENTENCE_START}(?P<span>{edged})" if at_start else edged
    return f"(?{flags}){start}" if flags else start


def _advice(rule: ValeRule, written: str) -> str | None:
    if rule.action.name == "remove":
        return "Leave it out."
    return f"Write {written}."[:_LONGEST_ADVICE] if written else None


def _like(option: str, expression: str, found: Sequence[str]) -> str:
    """A replacement; one that refers to groups is shown on a sample."""
    machine = compiled(expression)
    matches = (machine.fullmatch(text) for text in found)
    match = next((match for match in matches if match), None)
    return option if match is None else filled(option, match)


def _either(options: Sequence[str]) -> str:
    """The options in one phrase, the last after an "or"."""
    *some, last = options or ("",)
    return f"{', '.join(some)} or {last}" if some else last


def _in_turn(series: Iterable[Iterator[str]]) -> Iterator[str]:
    """The first of each, then the second of each."""
    for row in zip_longest(*series):
        yield from (text for text in row if text is not None)

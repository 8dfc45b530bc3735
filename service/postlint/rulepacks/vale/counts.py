"""Vale's occurrence: how often something may stand in a sentence, a paragraph, a post."""

from dataclasses import replace
from typing import Final

from postlint.rulepacks.vale.conditions import absent
from postlint.rulepacks.vale.engine import compiled, portable
from postlint.rulepacks.vale.expression import samples
from postlint.rulepacks.vale.part import NotExpressible, Part, Translation
from postlint.rulepacks.vale.source import ValeRule

_PARAGRAPH_GAP: Final = r"(?:[^\n]|\n[^\n])*?"
_WHOLE: Final = frozenset({"raw", "summary"})
_GAPS: Final = {"sentence": r"[^.!?\n]*?", **dict.fromkeys(_WHOLE, r"(?s:.)*?")}
"""What may stand between two of them, by scope."""

_BETWEEN: Final = (" ", "", " word ", " and the ")


def occurrence(rule: ValeRule) -> Translation:
    """More than `max` of `token`, or fewer than `min`."""
    token = portable(rule.token)
    parts = [_too_many(rule, token)] if rule.max else []
    if rule.min:
        parts.append(_too_few(rule, token, suffix="missing" if parts else ""))
    if not parts:
        raise NotExpressible("it has neither 'max' nor 'min'")
    return Translation(tuple(parts))


def _too_many(rule: ValeRule, token: str) -> Part:
    if token == "." and _WHOLE & set(rule.scope):
        measured = {"kind": "shape", "measure": "length", "over": rule.max}
        return Part(measured, _characters(rule.max + 1), _characters(rule.max), whole=True)
    many, few = _texts(rule, token, rule.max + 1), _texts(rule, token, rule.max)
    # A token such as \w+ could be found several times in one word, were it not for edges.
    for unit in (f"(?:{token})", rf"\b(?:{token})\b"):
        pattern = f"{_flags(rule)}{unit}(?:{_gap(rule)}{unit}){{{rule.max}}}"
        machine = compiled(pattern)
        if any(map(machine.search, many)) and not any(map(machine.search, few)):
            how = {"kind": "pattern", "patterns": [pattern], "view": "plain"}
            return Part(how, many, few, whole=True)
    raise NotExpressible(f"no expression of RE2 was found that counts '{rule.token}'")


def _characters(count: int) -> tuple[str, ...]:
    """Texts of so many characters."""
    words = ("bread ", "Fresh from the oven ")
    return tuple((word * (count // len(word) + 1))[: count - 1] + "!" for word in words)


def _too_few(rule: ValeRule, token: str, suffix: str) -> Part:
    if "sentence" in rule.scope or "paragraph" in rule.scope:
        raise NotExpressible("no kind looks for sentences or paragraphs that lack something")
    enough = f"{_flags(rule)}(?:{token})(?:(?s:.)*?(?:{token})){{{rule.min - 1}}}"
    compiled(enough)
    return replace(absent(enough, _texts(rule, token, rule.min)), suffix=suffix)


def _texts(rule: ValeRule, token: str, count: int) -> tuple[str, ...]:
    """Texts in which the token stands so often, counted as Vale counts."""
    machine = compiled(f"{_flags(rule)}{token}")
    texts = (
        between.join([word] * count) for between in _BETWEEN for word in samples(token, count=4)
    )
    return tuple(text for text in texts if len(list(machine.finditer(text))) == count)


def _gap(rule: ValeRule) -> str:
    return next((_GAPS[scope] for scope in rule.scope if scope in _GAPS), _PARAGRAPH_GAP)


def _flags(rule: ValeRule) -> str:
    return "(?im)" if rule.ignorecase else "(?m)" if set("^$") & set(rule.token) else ""

"""Which part of a Vale rule our kinds can say. Pure."""

from collections.abc import Callable, Mapping
from typing import Final

from postlint.rulepacks.vale.conditions import capitalization, conditional
from postlint.rulepacks.vale.counts import occurrence
from postlint.rulepacks.vale.part import NotExpressible, Translation
from postlint.rulepacks.vale.sequence import sequence
from postlint.rulepacks.vale.source import ValeRule
from postlint.rulepacks.vale.words import existence, repetition, substitution

_TRANSLATIONS: Final[Mapping[str, Callable[[ValeRule], Translation]]] = {
    "existence": existence,
    "substitution": substitution,
    "repetition": repetition,
    "occurrence": occurrence,
    "conditional": conditional,
    "capitalization": capitalization,
    "sequence": sequence,
}

_WITHOUT_KIND: Final = {
    "consistency": "no kind compares two spellings within a post",
    "metric": "no kind computes a formula",
    "readability": "no kind measures readability",
    "script": "it runs a program of its own",
    "spelling": "no kind has a dictionary",
}

_IN_POSTS: Final = frozenset({"text", "raw", "summary", "paragraph", "sentence"})
"""Scopes of Vale that a post has; headings, lists and tables it has not."""


def translate(rule: ValeRule) -> Translation:
    """The rule files that a Vale rule becomes; NotExpressible says why there are none."""
    if "." in rule.extends:
        raise NotExpressible(f"it extends another rule, {rule.extends}, which is not read along")
    if not rule.message:
        raise NotExpressible("it has no message")
    translation = _TRANSLATIONS.get(rule.extends)
    if translation is None:
        reason = _WITHOUT_KIND.get(rule.extends, "there is no such kind of rule")
        raise NotExpressible(f"{rule.extends}: {reason}")
    if rule.scope and not any(map(_is_in_posts, rule.scope)):
        raise NotExpressible(f"it looks only at {', '.join(rule.scope)}, which posts have not")
    return translation(rule)


def _is_in_posts(scope: str) -> bool:
    """Whether "text & ~code" is about something that a post has."""
    wanted = (part.strip() for part in scope.split("&"))
    return all(part.startswith("~") or part.split(".")[0] in _IN_POSTS for part in wanted)

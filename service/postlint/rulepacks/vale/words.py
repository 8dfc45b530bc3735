"""Vale's existence, substitution and repetition: a list of words and expressions.

An expression that stands for a few phrases becomes these phrases, which are also found in
disguise and can carry a replacement. Any other stays an expression.
"""

import re
from collections.abc import Iterable
from typing import Any, Final

from postlint.rulepacks.vale.engine import alternatives, compiled, filled, portable, refers
from postlint.rulepacks.vale.exceptions import read_exceptions
from postlint.rulepacks.vale.expression import WORD_EDGE, Chain, parse, phrases
from postlint.rulepacks.vale.part import NotExpressible, Translation
from postlint.rulepacks.vale.source import ValeRule
from postlint.rulepacks.vale.wordparts import WordList, word_parts
from postlint.text.folding import fold

_LONGEST_PHRASE: Final = 200

_Entry = tuple[str, tuple[str, ...]]
"""An expression and what should stand in its place, the best first."""


def existence(rule: ValeRule) -> Translation:
    """Any of the tokens, on word edges unless `nonword`; all of `raw` is one expression
    with the tokens after it, or before it where they say `append`.
    """
    wanted = rule.action.params[:1] if rule.action.name == "replace" else ()
    tokens = [token for token in _strings(rule) if token.strip()]
    if not rule.raw:
        return _translated(rule, [(token, wanted) for token in tokens], bare=rule.nonword)
    refused: list[str] = []
    listed = "|".join(token for token in map(portable, tokens) if _accepted(token, refused))
    if listed:
        listed = f"(?:{listed})" if rule.nonword else rf"\b(?:{listed})\b"
    raw = "".join(rule.raw)
    whole = f"{listed}{raw}" if rule.append else f"{raw}{listed}"
    return _translated(rule, [(whole, wanted)], bare=True, refused=refused)


def substitution(rule: ValeRule) -> Translation:
    """Any key of `swap`, with its value to be written instead; "a|b" are two to choose from."""
    entries = [(found, _options(wanted)) for found, wanted in rule.swap.items()]
    return _translated(rule, entries, bare=rule.nonword)


def repetition(rule: ValeRule) -> Translation:
    """Any of the tokens, more than `max` + 1 times in a row. Without back-references that
    can be said of tokens that stand for a few phrases only.
    """
    entries: list[_Entry] = []
    refused: list[str] = []
    for token in map(portable, _strings(rule)):
        if _accepted(token, refused) is None:
            continue
        found = _phrases(token, bare=False)
        entries += [(re.escape(" ".join([phrase] * (rule.max + 2))), ()) for phrase in found]
        if not found:
            _accepted(rf"({token})\s+\1", refused)
    return _translated(rule, entries, bare=False, refused=refused)


def _strings(rule: ValeRule) -> list[str]:
    """The tokens of a rule that is no sequence."""
    if not all(isinstance(token, str) for token in rule.tokens):
        raise NotExpressible("its tokens are those of a sequence")
    return [token for token in rule.tokens if isinstance(token, str)]


def _options(wanted: str) -> tuple[str, ...]:
    r"""What a substitution offers: "stop|exit" -> "stop", "exit"; "\|" is a bar."""
    options = re.split(r"(?<!\\)\|", wanted)
    return tuple(option.replace(r"\|", "|") for option in options if option.strip())


def _translated(
    rule: ValeRule, entries: Iterable[_Entry], *, bare: bool, refused: Iterable[str] = ()
) -> Translation:
    """bare: whether the expressions bring their own word edges."""
    entries = list(entries)
    left_out = list(refused)
    listed = WordList()
    accepted: list[str] = []
    for expression, wanted in entries:
        whole = portable(expression)
        numbered = any(refers(option, whole) for option in wanted)
        for alternative in [whole] if numbered else alternatives(whole):
            machine = _accepted(alternative, left_out)
            if machine is None:
                continue
            accepted.append(alternative)
            found = _phrases(alternative, bare=bare)
            for phrase in found:
                options = tuple(filled(option, machine.fullmatch(phrase)) for option in wanted)
                listed.phrases.setdefault(phrase, options)
            if not found:
                listed.expressions.setdefault(wanted, []).append(alternative)
    if listed.expressions and not any(wanted for _, wanted in entries):
        # Nothing to replace, so nothing speaks for a rule of its own for the phrases.
        listed = WordList(expressions={(): accepted})
    parts = word_parts(rule, listed, read_exceptions(rule.exceptions), bare=bare)
    if not parts:
        raise NotExpressible(*(left_out or ["it lists nothing"]))
    return Translation(tuple(parts), tuple(left_out))


def _accepted(expression: str, refused: list[str]) -> Any:
    """The expression as RE2 runs it; None where it refuses, and why is added to `refused`."""
    try:
        return compiled(expression)
    except NotExpressible as error:
        refused.append(str(error))
        return None


def _phrases(expression: str, *, bare: bool) -> tuple[str, ...]:
    """The phrases that an expression of RE2's stands for; none where it must stay one."""
    try:
        node = parse(expression)
    except ValueError:
        return ()
    machine = compiled(expression)
    has_edges = isinstance(node, Chain) and node.links[:1] == node.links[-1:] == (WORD_EDGE,)
    found = phrases(node) or () if has_edges or not bare else ()
    whole = all(_is_phrase(phrase) and machine.fullmatch(phrase) for phrase in found)
    return found if whole else ()


def _is_phrase(text: str) -> bool:
    """Whether it means the same as a phrase of a rule: no wild card, nothing that folding
    changes but capitals and apostrophes.
    """
    return (
        len(text) <= _LONGEST_PHRASE
        and any(map(str.isalnum, text))
        and not text.endswith("*")
        and fold(text) == " ".join(text.casefold().replace("’", "'").split(" "))
        and text == text.strip()
    )

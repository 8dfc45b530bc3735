"""Vale's sequence: words side by side, by what they say and which part of speech they are.

It becomes a rule of kind tokens. Whatever names a part of speech needs the trained pipeline.
"""

import re
from typing import Any, Final

from postlint.rulepacks.vale.engine import portable
from postlint.rulepacks.vale.exceptions import read_exceptions
from postlint.rulepacks.vale.expression import parse, phrases, samples
from postlint.rulepacks.vale.part import NotExpressible, Part, Translation
from postlint.rulepacks.vale.source import ValeRule, Word
from postlint.rulepacks.vale.trials import near_misses

_TRIALS: Final = 24

_SAME_SENTENCE: Final = {"TEXT": {"NOT_IN": [".", "!", "?", "…"]}}

_BY_TAG: Final = {
    "NN": "bread shop",
    "NNS": "loaves shops",
    "NNP": "London Anna",
    "NNPS": "Americans",
    "VB": "bake open",
    "VBD": "baked opened",
    "VBG": "baking opening",
    "VBN": "baked written",
    "VBP": "bake open",
    "VBZ": "bakes opens",
    "JJ": "good fresh",
    "JJR": "better fresher",
    "JJS": "best freshest",
    "RB": "quickly often",
    "RBR": "better sooner",
    "DT": "the a",
    "PDT": "all",
    "IN": "of with",
    "PRP": "they we",
    "PRP$": "their our",
    "MD": "will can",
    "TO": "to",
    "CC": "and or",
    "CD": "three two",
    "EX": "there",
    "WP": "who what",
    "WDT": "which",
    "WRB": "when how",
    "UH": "oh",
    ",": ",",
    ".": ".",
    ":": ":",
}
"""Words that have a Penn tag in most sentences."""

_BY_UPOS: Final = {
    "NOUN": "bread loaves",
    "PROPN": "London Anna",
    "VERB": "baked opens",
    "AUX": "is can",
    "ADJ": "good fresh",
    "ADV": "quickly often",
    "DET": "the a",
    "ADP": "of with",
    "PRON": "they we",
    "NUM": "three two",
    "CCONJ": "and or",
    "SCONJ": "because if",
    "PART": "to",
    "PUNCT": ", .",
}


def sequence(rule: ValeRule) -> Translation:
    """The tokens side by side, `skip` others between at most."""
    words = [token for token in rule.tokens if isinstance(token, Word)]
    if not words or len(words) != len(rule.tokens):
        raise NotExpressible("its tokens are no sequence")
    how: dict[str, Any] = {
        "kind": "tokens",
        "tokens": [[entry for word in words for entry in _entries(word, rule)]],
        "anchors": _anchors(words),
    }
    excepted = read_exceptions(rule.exceptions).named()
    if excepted:
        how["exceptions"] = excepted
    tried = tuple(dict.fromkeys(_text(words, turn) for turn in range(_TRIALS)))
    return Translation(
        (
            Part(
                how=how,
                samples=tried,
                near=tuple(near for text in tried[:4] for near in near_misses(text)),
                grammar=any(word.tag or word.upos for word in words),
            ),
        )
    )


def _entries(word: Word, rule: ValeRule) -> list[dict[str, Any]]:
    """One token of the pattern for each time that the word must occur, gaps before them."""
    entry: dict[str, Any] = {}
    if word.pattern:
        entry |= _says(word, rule)
    if word.tag:
        _readable(word.tag)
        regex = f"^(?!.*(?:{word.tag}))" if word.negate else word.tag
        entry["TAG"] = {"REGEX": regex}
    if word.upos:
        entry["POS"] = {"NOT_IN" if word.negate else "IN": [word.upos.upper()]}
    gap = [_SAME_SENTENCE | {"OP": f"{{0,{word.skip}}}"}] if word.skip else []
    return [*gap, entry] * max(word.min, 1) if entry else gap


def _says(word: Word, rule: ValeRule) -> dict[str, Any]:
    known = _known(word)
    if known:
        attribute = "LOWER" if rule.ignorecase else "TEXT"
        listed = [text.lower() for text in known] if rule.ignorecase else known
        return {attribute: {"NOT_IN" if word.negate else "IN": listed}}
    _readable(word.pattern)
    flags = "(?i)" if rule.ignorecase else ""
    if word.negate:
        return {"TEXT": {"REGEX": f"{flags}^(?!(?:{word.pattern})$)"}}
    return {"TEXT": {"REGEX": f"{flags}^(?:{word.pattern})$"}}


def _known(word: Word) -> list[str]:
    """All that its pattern stands for, where that is a few words."""
    try:
        return list(phrases(parse(portable(word.pattern))) or ()) if word.pattern else []
    except ValueError:
        return []


def _anchors(words: list[Word]) -> list[str]:
    """Words of which one is in every match."""
    for word in words:
        known = _known(word)
        if known and not word.negate and all(any(map(str.isalnum, text)) for text in known):
            return known
    raise NotExpressible("none of its words is certain, and a tokens rule is anchored on one")


def _readable(expression: str) -> None:
    try:
        re.compile(expression)
    except re.error as error:
        raise NotExpressible(f"'{expression}': {error}") from None


def _text(words: list[Word], turn: int) -> str:
    """A text that the sequence may find; every word takes another choice at another turn."""
    return " ".join(filter(None, (_example(word, turn + i) for i, word in enumerate(words))))


def _example(word: Word, turn: int) -> str:
    if word.negate:
        return ("bread", "and", "opens")[turn % 3]
    known = samples(portable(word.pattern)) if word.pattern else ()
    if not known and word.tag:
        tagged = [text for tag, text in _BY_TAG.items() if re.search(word.tag, tag)]
        known = tuple(" ".join(tagged).split())
    if not known and word.upos:
        known = tuple(_BY_UPOS.get(word.upos.upper(), "").split())
    return known[turn % len(known)] if known else ""

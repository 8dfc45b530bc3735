"""Rows that differ from others in ways that must not change, or must change, the label.

Hidden letters and another group's name leave a label as it is; being quoted in order to
be rejected turns it round.
"""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from data import NO_GROUPS, NOT_RISKY, Row

# Words of one line may stand for each other in any sentence about people.
_INTERCHANGEABLE = (
    "muslim jewish christian hindu buddhist sikh catholic mormon protestant",
    "muslims jews christians hindus buddhists sikhs catholics mormons protestants",
    "mexican chinese indian nigerian irish turkish pakistani romanian syrian brazilian",
    "mexicans indians nigerians turks pakistanis romanians syrians brazilians albanians",
    "gay lesbian bisexual trans transgender queer",
    "gays lesbians bisexuals",
    "asian arab latino hispanic",
    "blacks asians arabs latinos hispanics",
    "immigrants refugees migrants foreigners",
    "deaf disabled autistic paralyzed",
)
_PEERS = {
    word: [other for other in line.split() if other != word]
    for line in _INTERCHANGEABLE
    for word in line.split()
}
_GROUP_NAME = re.compile(rf"\b(?:{'|'.join(_PEERS)})\b", re.IGNORECASE)

_LEET = {"a": "4@", "e": "3", "i": "1!", "o": "0", "s": "$5", "t": "7", "l": "1"}
# Cyrillic letters that look the same.
_TWINS = dict(zip("aeopcxi", "\u0430\u0435\u043e\u0440\u0441\u0445\u0456", strict=True))
_LONG_WORD = re.compile(r"[a-zA-Z]{4,}")

_REJECTIONS = (
    '"{}" That is what he wrote to our colleague. It is wrong and he is banned.',
    'Somebody shouted "{}" at a player last night. There is no place for that here.',
    "We have deleted a comment that said '{}'. Nobody should have to read such a thing.",
    'No, "{}" is not banter. Please report it when you see it.',
    "Saying “{}” has consequences: we do not tolerate hate in our stands.",
    "Imagine hearing '{}' on your way to school. She did. Listen to her story.",
    'A review told our staff: "{}". We stand with them.',
    '"{}" is a lie, an old one, and our museum shows where it comes from.',
)


def obfuscated(row: Row, rng: random.Random) -> Row:
    """The row with one or two of its longer words disguised; its label stays."""
    words = list(_LONG_WORD.finditer(row.text))
    text = row.text
    for word in sorted(
        rng.sample(words, min(len(words), rng.randint(1, 2))), key=lambda w: -w.start()
    ):
        disguise = rng.choice(_DISGUISES)
        text = text[: word.start()] + disguise(word.group(), rng) + text[word.end() :]
    return replace(row, text=text, toxic=None)


def swapped(row: Row, rng: random.Random) -> Row | None:
    """The row about another group, whose name is left unlabelled; None without a known name."""
    if _GROUP_NAME.search(row.text) is None:
        return None
    chosen: dict[str, str] = {}

    def other(match: re.Match[str]) -> str:
        word = match.group()
        peer = chosen.setdefault(word.lower(), rng.choice(_PEERS[word.lower()]))
        return peer.capitalize() if word[0].isupper() else peer

    return replace(row, text=_GROUP_NAME.sub(other, row.text), groups={}, toxic=None)


def rejected(row: Row, rng: random.Random) -> Row:
    """Somebody quotes the row in order to reject it: no attack, and no risk."""
    heads = {"identity_attack": 0.0, "threat": 0.0, "insult": 0.0, **NOT_RISKY}
    text = rng.choice(_REJECTIONS).format(row.text.strip(' "'))
    return Row(text, row.source, heads, groups=NO_GROUPS)


def _leet(word: str, rng: random.Random) -> str:
    return "".join(
        rng.choice(_LEET[letter.lower()])
        if letter.lower() in _LEET and rng.random() < 0.6
        else letter
        for letter in word
    )


def _twins(word: str, rng: random.Random) -> str:
    return "".join(
        _TWINS[letter] if letter in _TWINS and rng.random() < 0.6 else letter for letter in word
    )


def _spaced(word: str, rng: random.Random) -> str:
    return rng.choice((" ", ".", "-")).join(word)


def _masked(word: str, rng: random.Random) -> str:
    place = rng.randrange(1, len(word) - 1)
    return word[:place] + rng.choice("**#_") + word[place + 1 :]


def _transposed(word: str, rng: random.Random) -> str:
    place = rng.randrange(1, len(word) - 1)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _stretched(word: str, rng: random.Random) -> str:
    place = rng.randrange(1, len(word))
    return word[:place] + word[place] * rng.randint(2, 4) + word[place:]


_DISGUISES: Sequence[Callable[[str, random.Random], str]] = (
    _leet,
    _twins,
    _spaced,
    _masked,
    _transposed,
    _stretched,
)


def augmented(rows: Sequence[Row], rng: random.Random, share: float) -> list[Row]:
    """Further rows made of `share` of the rows by each of the three ways."""
    size = round(len(rows) * share)
    hateful = [
        row for row in rows if row.heads.get("identity_attack") == 1.0 and len(row.text) < 160
    ]
    # Templates name every group already; in a draft the harm may hang on who is meant.
    named = [
        row
        for row in rows
        if row.source not in ("identity_templates", "drafts") and _GROUP_NAME.search(row.text)
    ]
    swaps = (swapped(row, rng) for row in rng.sample(named, min(len(named), size)))
    return [
        *(obfuscated(row, rng) for row in rng.sample(list(rows), size)),
        *(row for row in swaps if row is not None),
        *(rejected(row, rng) for row in rng.sample(hateful, min(len(hateful), size // 3))),
    ]

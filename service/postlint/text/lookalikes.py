"""Letters that only look Latin, and characters that do not show at all.

Neither changes what a reader sees, both hide a word from a machine: "fuсk" with a
Cyrillic "с", "f<zero-width space>uck". Genuine Russian or Greek must not become English:

- a word that mixes Latin letters with look-alikes is read as Latin,
- a word of nothing but look-alikes ("сосо") is read as Latin only if the post has Latin
  letters and no word of a script of its own.
"""

import re
from functools import cache
from importlib import import_module
from string import ascii_letters
from typing import Final

from postlint.text.span import Mapped, Rewriting, unmoved

_STYLED: Final = str.maketrans(
    "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢ"
    + "".join(map(chr, range(0x1F150, 0x1F16A)))
    + "".join(map(chr, range(0x1F170, 0x1F18A))),
    "abcdefghijklmnopqrstuvwyz" + 2 * "abcdefghijklmnopqrstuvwxyz",
)
"""Small capitals, white letters on a circle, white letters on a square: Latin in any word.
Their compatibility forms are themselves, so that folding leaves them alone."""

_LOOSE: Final = dict(
    zip(
        "вийкмнптшщяёєэїБИЙПЦШЩЯЄЭ" + "βεηκμπτχωΔΛΣ",
        "bnnkmhntwwreeeibnnnuwwree" + "benkuntxwaae",
        strict=True,
    )
)
"""Letters that pass for Latin ones only with Latin letters around them."""

_SEEN: Final = r"[!-~\xa1-\xa8\xaa-\xac\xaf-\u034e\u0350-\u058f\u1d00-\u1fff]"
"""Characters of scripts which write no word with invisible characters; not "©" and "®",
which become emoji with one."""

_UNSEEN: Final = (
    r"[\xad\u034f\u061c\u115f\u1160\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    r"\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
"""Default-ignorable code points: joiners, zero-width spaces, soft hyphens, marks of
direction, variation selectors, tags."""

_HIDDEN: Final = re.compile(
    rf"(?<={_SEEN}){_UNSEEN}++(?={_SEEN}|\s|\Z)|(?<!\S){_UNSEEN}++(?={_SEEN})"
)
"""Emoji sequences and the words of Persian or Hindi need theirs, so what stands beside
them stays."""

_WORD: Final = re.compile(r"[^\W_]+")

_FOREIGN: Final = re.compile(r"[^\W\d_\u0000-\u024f\u1e00-\u1eff]")
"""A letter outside the Latin script."""

_LATIN: Final = re.compile(r"[A-Za-z]")


def reveal(text: str) -> Mapped | None:
    """The text as a reader sees it, or None when nothing in it is hidden."""
    if text.isascii():
        return None
    seen = _without_hidden(text.translate(_STYLED))
    letters = _in_latin(seen.text)
    return None if letters == text else Mapped(letters, seen.offsets)


def _without_hidden(text: str) -> Mapped:
    hidden = list(_HIDDEN.finditer(text))
    if not hidden:
        return unmoved(text)
    seen = Rewriting()
    position = 0
    for match in hidden:
        seen.keep(text[position : match.start()], position)
        position = match.end()
    seen.keep(text[position:], position)
    return seen.mapped(len(text))


def _in_latin(text: str) -> str:
    """The text with look-alikes replaced by the Latin letters they pass for, one by one."""
    if not _FOREIGN.search(text):
        return text
    exact = _exact_lookalikes()
    loose = exact | _LOOSE
    whole = [word for word in _WORD.findall(text) if not _LATIN.search(word)]
    posing = bool(_LATIN.search(text)) and all(
        letter in exact for word in whole for letter in _FOREIGN.findall(word)
    )

    def latin(match: re.Match[str]) -> str:
        word = match.group()
        if _LATIN.search(word):
            table = loose
        elif posing:
            table = exact
        else:
            return word
        if all(letter in table for letter in _FOREIGN.findall(word)):
            return "".join(table.get(char, char) for char in word)
        return word

    return _WORD.sub(latin, text)


@cache
def _exact_lookalikes() -> dict[str, str]:
    """Letters of other scripts that look the same as a Latin one (Unicode's UTS #39).

    Read when a post first needs it: the data takes about 0.1 s to load.
    """
    data = import_module("confusable_homoglyphs.confusables").confusables_data
    found = {
        twin["c"]: letter
        for letter in ascii_letters
        for twin in data.get(letter, ())
        if _FOREIGN.fullmatch(twin["c"])
    }
    # Unicode takes a capital I for a small l, in every script.
    return found | dict.fromkeys("ΙІӀⲒꓲ", "I")

"""Where words and sentences begin and end."""

import re
import unicodedata
from typing import Final

from postlint.text.span import Span

_LINE_END: Final = r"\n\v\f\r\x1c-\x1e\x85\u2028\u2029"

_BREAK: Final = re.compile(
    rf"(?P<line>[{_LINE_END}]++)"
    r"|(?P<wide>[。！？]++[」』”’)）]*+)"
    r"|(?<![.!?…‼⁇⁈⁉])(?P<stop>[.!?…‼⁇⁈⁉]++)[\"'”’»)\]}*_]*+"
    # Emoji after a full stop belong to what it ends.
    rf"(?:[^\S{_LINE_END}]*+[\u200d\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]++)*+(?=\s|\Z)"
)

_TOKEN: Final = re.compile(r"[\w.]+\Z")

_LONGEST_TOKEN: Final = 16

_NEXT: Final = re.compile(r"\s*+[\"'“‘«(\[]*+(.?)", re.DOTALL)

_INITIALS: Final = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")

_NEVER_LAST: Final = re.compile(
    r"approx|capt|cf|dr|e\.?g|est|fig|gen|gov|hon|i\.?e|mrs?|ms|mt|prof|rep|rev|sen|sgt|st|vol|vs"
)
"""Abbreviations after which the sentence goes on."""

_SELDOM_LAST: Final = re.compile(r"[ap]\.m|co|corp|dept|etc|inc|jr|ltd|sr")
"""Abbreviations after which the sentence goes on unless a capital follows."""

_QUOTATION: Final = re.compile(
    r"“[^“”]*”|„[^„“”]*[“”]|«[^«»]*»|\"[^\"\n]*\"|(?<!\w)‘(?:[^‘’]|(?<=\w)’(?=\w))*’(?!\w)"
    r"|(?<!\w)'(?:[^'\n]|(?<=\w)'(?=\w))+'(?!\w)"
)


def quotations(text: str) -> list[Span]:
    """What stands between quotation marks, marks included, in order; apostrophes are none."""
    return [Span(*match.span()) for match in _QUOTATION.finditer(text)]


def sentences(text: str) -> list[Span]:
    """The sentences of a post in order, as code-point spans without the space around them.

    Every character but white space is in exactly one. The end of a line ends a sentence; so
    does a full stop, with quotes, brackets and emoji after it, where white space follows and
    it does not belong to an abbreviation, initials or the number of a list. After an
    ellipsis, a small letter goes on with the sentence. Time is linear.
    """
    spans: list[Span] = []
    start = 0
    for match in _BREAK.finditer(text):
        if match["stop"] is None or _ends_sentence(text, start, match):
            _add(spans, text, start, match.end())
            start = match.end()
    _add(spans, text, start, len(text))
    return spans


def _add(spans: list[Span], text: str, start: int, end: int) -> None:
    sentence = text[start:end]
    first = start + len(sentence) - len(sentence.lstrip())
    last = start + len(sentence.rstrip())
    if first < last:
        spans.append(Span(first, last))


def _ends_sentence(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether the match is the end of the sentence that begins at `start`."""
    following = _NEXT.match(text, match.end())
    next_char = following[1] if following else ""
    stop = match["stop"]
    if stop == "…" or stop.startswith(".."):
        return not next_char.islower()
    if stop != ".":
        return True
    before = text[max(start, match.start() - _LONGEST_TOKEN) : match.start()]
    token = _TOKEN.search(before)
    if token is None:
        return True
    word = token.group().lower()
    if _SELDOM_LAST.fullmatch(word):
        return next_char.isupper()
    if word == "no":  # "No. 5"
        return not next_char.isdigit()
    if word.isdigit():  # "1. Open the box"
        return before.strip() != word
    if _NEVER_LAST.fullmatch(word):
        return False
    return word == "i" or not _INITIALS.fullmatch(word)


def is_word_char(char: str) -> bool:
    """Whether this character is part of a word: a letter, a digit, or a mark on one.

    Apostrophes and hyphens are not: "women" ends where "women's" goes on. Nor is the
    underscore, which also stands around words for emphasis; see `on_word_edges`.
    """
    return char.isalnum() or (
        unicodedata.category(char) in ("Mn", "Mc") and not _is_variation_selector(char)
    )


def on_word_edges(text: str, start: int, end: int) -> bool:
    """Whether neither end of text[start:end] is inside a word.

    Underscores between letters join them ("@kill_bill" is one word); "_kill_" is "kill".
    """
    return not (_inside_word(text, start) or _inside_word(text, end))


def _inside_word(text: str, position: int) -> bool:
    left, right = position, position
    while left > 0 and text[left - 1] == "_":
        left -= 1
    while right < len(text) and text[right] == "_":
        right += 1
    return (
        left > 0
        and right < len(text)
        and is_word_char(text[left - 1])
        and is_word_char(text[right])
    )


def _is_variation_selector(char: str) -> bool:
    return "\ufe00" <= char <= "\ufe0f" or char >= "\U000e0100"

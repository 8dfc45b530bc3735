"""Words spelled so that a machine does not read them: "sh1t", "f u c k", "f*ck", "sooo"."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from postlint.text.masks import MaskIndex
from postlint.text.span import Mapped, Rewriting, unmoved
from postlint.text.wordbreak import break_words, with_spaces

MAX_READINGS: Final = 4
"""Most ways in which one spelling is read, and so most texts that come out."""

_LEET: Final = [str.maketrans("013456789@$+€¢!|", f"o{one}easgtbgastec{one}{one}") for one in "il"]
"""What digits and symbols stand for: "1", "!" and "|" for an i or for an l."""

_LEET_WORD: Final = re.compile(
    r"[013-9@$]{0,3}+"
    r"[a-zß-ɏ]++(?P<inside>(?:[013-9@$+€¢!|]{1,3}+[a-zß-ɏ]++)*+)"
    r"[013-9@$]{0,3}+"
)

_DIGIT_FIRST: Final = re.compile(r"[013-9][a-zß-ɏ]{2,}+")

_NUMBER: Final = re.compile(
    r"[a-z]\d++|\d++(?:am|bn|cm|ft|gb|hrs?|in|kgs?|kmh?|lbs?|mb|mg|ml|mm|mph|nd|oz|pm|rd|st|tb|th|yo|yrs?)"
)
"""A number with a letter before it or a unit after it: "8am" is not "bam"."""

_STRETCHED: Final = re.compile(r"([a-zß-ɏ])\1\1+")

_SPACED: Final = re.compile(
    r"[a-z](?=[ ._*~|/+·•-])(?<![\w'@#&].)(?P<between> ?[-._*~|/+·•] ?| )[a-z0-9@$!*#]"
    r"(?:(?P=between)[a-z0-9@$!*#])+(?![\w'])"
)
"""Three or more single characters, a letter first, with the same between them."""

_ODD: Final = re.compile(
    r"([a-z])(?:\1\1|[\d@$*#]|(?:[^\w\s,;:'\"()]|_)++[a-zß-ɏ\d])|[\d@$][a-zß-ɏ]"
    r"|[ß-ɏḁ-ỿ\u0300-\u036f]"
)
"""What no odd spelling is without: most posts have nothing of it."""

_LINK: Final = re.compile(r"www\.|[\w.+-]++@[\w-]++\.\w|[\w-]++(?:\.[\w-]++)++/|\S*?://")
"""Web and mail addresses: their random letters and digits spell no word."""

_WORD: Final = re.compile(
    r"(?:[^\W_]|[@$])(?:[^\s,;:'\"()\[\]{}<>\\]*(?:[^\W_]|[@$*#]))?[\u0300-\u036f]*+"
)
"""Letters and whatever may stand for letters, without the punctuation around them."""

_PART: Final = re.compile(r"[^-./_~=&]+")
"""What stands between the characters that join words as well as hide letters."""


class _Site(NamedTuple):
    """text[start:end] with the ways to read it, the likeliest first; at least one."""

    start: int
    end: int
    readings: list[Mapped]


def deobfuscate(text: str, maskable: MaskIndex) -> list[Mapped]:
    """A folded text with what is oddly spelled in it read as words; empty if nothing is.

    Undone are digits and symbols for letters ("sh1t", "5hit"), single letters with spaces,
    dots or the like between them ("f u c k"), stretched letters ("sooo" is read with one and
    with two o), and what hides a word of `maskable` in other ways ("f*ck"). Prices, times,
    quantities, numbers of models ("iPhone15"), links and dotted acronyms ("U.S.A.") stay.

    Where a spelling has several readings, text n has the n-th of each, or the first of those
    that have fewer: at most 4 texts, none longer than this one. Time is linear.
    """
    sites = list(_sites(text, maskable))
    texts: dict[str, Mapped] = {}
    for choice in range(max((len(site.readings) for site in sites), default=0)):
        read = Rewriting()
        position = 0
        for site in sites:
            read.keep(text[position : site.start], position)
            reading = site.readings[choice if choice < len(site.readings) else 0]
            read.insert(reading, site.start)
            position = site.end
        read.keep(text[position:], position)
        mapped = read.mapped(len(text))
        texts.setdefault(mapped.text, mapped)
    return list(texts.values())


def _sites(text: str, maskable: MaskIndex) -> Iterator[_Site]:
    """What is oddly spelled, in text order."""
    position = 0
    for match in _SPACED.finditer(text):
        readings = _spaced_readings(match, maskable)
        if readings:
            yield from _word_sites(text, position, match.start(), maskable)
            yield _Site(*match.span(), readings)
            position = match.end()
    yield from _word_sites(text, position, len(text), maskable)


def _spaced_readings(match: re.Match[str], maskable: MaskIndex) -> list[Mapped]:
    """The readings of single characters with something between them."""
    step = 1 + len(match["between"])
    letters = match.group()[::step]
    if sum(map(str.isalpha, letters)) * 2 <= len(letters):
        return []
    joined = Rewriting()
    for number, letter in enumerate(letters):
        joined.keep(letter, number * step)
    run = joined.mapped(len(match.group()))
    if not letters.isalpha():
        read = [_in_place_of(letters, reading) for reading in _readings(letters, maskable)]
        return [reading.over(run) for reading in read] or [run]
    if match["between"] == "." and match.string.startswith(".", match.end()):
        return [run] if letters in maskable else []  # "U.S.A." is what it looks like
    words = break_words(letters, maskable)[0]
    return [run] if len(words) == 1 else [run, with_spaces(words).over(run)]


def _word_sites(text: str, start: int, end: int, maskable: MaskIndex) -> Iterator[_Site]:
    """The oddly spelled words of text[start:end]."""
    for first, last in _odd_chunks(text, start, end):
        if _LINK.match(text, first, last):
            continue
        for word in _WORD.finditer(text, first, last):
            # As a whole "f-ck", as parts "f*ck-up".
            yield from _site(word.group(), word.start(), maskable) or (
                site
                for part in _PART.finditer(text, *word.span())
                if part.span() != word.span()
                for site in _site(part.group(), part.start(), maskable)
            )


def _odd_chunks(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where, between spaces, something in text[start:end] may be oddly spelled."""
    while odd := _ODD.search(text, start, end):
        first = max(start, text.rfind(" ", start, odd.start()) + 1)
        space = text.find(" ", odd.start(), end)
        start = end if space < 0 else space
        yield first, start


def _site(word: str, start: int, maskable: MaskIndex) -> list[_Site]:
    """The word as one site, or none when it is not oddly spelled."""
    # In "**f*ck**" only the star inside masks; in "fu**" those at the end do.
    for spelling in dict.fromkeys((word.rstrip("*#"), word)):
        readings = [_in_place_of(spelling, reading) for reading in _readings(spelling, maskable)]
        if readings:
            return [_Site(start, start + len(spelling), readings)]
    return []


def _readings(word: str, maskable: MaskIndex) -> list[str]:
    """What a word may say, the likeliest first; empty if it says what it seems to."""
    found = (*maskable.unmask(word), *_spelled_out(word, maskable))
    return list(dict.fromkeys(found))[:MAX_READINGS]


def _spelled_out(word: str, maskable: MaskIndex) -> Iterator[str]:
    """The word in letters, and with stretched letters once and twice."""
    spellings = _in_letters(word, maskable) or [word]
    stretched = _STRETCHED.search(word) and word[0] != "@"
    for spelling in spellings:
        if stretched:
            yield from maskable.unmask(spelling)
            yield _STRETCHED.sub(r"\1", spelling)
            yield _STRETCHED.sub(r"\1\1", spelling)
        elif spelling != word:
            yield spelling


def _in_letters(word: str, maskable: MaskIndex) -> list[str]:
    """The word with the letters that its digits and symbols stand for, if they do."""
    match = _LEET_WORD.fullmatch(word)
    if not match or word.isalpha() or _NUMBER.fullmatch(word):
        return []
    spellings = list(dict.fromkeys(word.translate(table) for table in _LEET))
    if (match["inside"] and word[0] not in "@$") or _DIGIT_FIRST.fullmatch(word):
        return spellings
    # "@name", "$USD", "PS5" and "30days" mean what they say; "@sshole" and "a$$" do not.
    return [spelling for spelling in spellings if spelling in maskable]


def _in_place_of(word: str, reading: str) -> Mapped:
    """The reading of a word: letter for letter, or else as a whole."""
    if len(reading) == len(word):
        return unmoved(reading)
    whole = Rewriting()
    whole.put(reading, 0, len(word))
    return whole.mapped(len(word))

"""What a regular expression stands for: all its phrases where they are few, else samples.

RE2 decides what an expression matches; here it is only taken apart.
"""

import re
import string
from dataclasses import dataclass
from typing import Final

MOST_PHRASES: Final = 64
"""An expression that stands for more phrases than this stays an expression."""

_LETTERS: Final = "word" + "".join(sorted(set(string.ascii_lowercase) - set("word")))
_WORD: Final = f"{_LETTERS}{string.ascii_uppercase}{string.digits}_"
_DIGITS: Final = "1234567890"
_ALL: Final = f"{_WORD}{string.punctuation.replace('_', '')} "
_CLASSES: Final = {"d": _DIGITS, "w": _WORD, "s": " "}
_PROPERTIES: Final = {
    "L": _LETTERS + string.ascii_uppercase,
    "Lu": string.ascii_uppercase,
    "Ll": _LETTERS,
    "N": _DIGITS,
    "Nd": _DIGITS,
    "P": string.punctuation,
}
_CONTROLS: Final = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v"}
_GROUP: Final = re.compile(r"\?(?:P?<\w+>|(?P<flags>[imsU-]*)(?P<end>[:)]))")
_COUNT: Final = re.compile(r"\{(\d+)(?:(,)(\d*))?\}")
_HEX: Final = re.compile(r"x\{([0-9A-Fa-f]+)\}|x([0-9A-Fa-f]{2})")
_PROPERTY: Final = re.compile(r"([pP])(?:\{(\w+)\}|(\w))")


@dataclass(frozen=True, slots=True)
class Chars:
    """One character of these. listed: whether they are all that is meant."""

    members: str
    listed: bool = True


@dataclass(frozen=True, slots=True)
class Edge:
    """A place between characters, or a flag: nothing that can be written."""

    sign: str


@dataclass(frozen=True, slots=True)
class Repeat:
    inner: "Node"
    low: int
    high: int | None


@dataclass(frozen=True, slots=True)
class Chain:
    links: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Choice:
    options: "tuple[Node, ...]"


Node = Chars | Edge | Repeat | Chain | Choice

WORD_EDGE: Final = Edge("b")


def parse(expression: str) -> Node:
    """An expression that RE2 accepts, taken apart; ValueError where that is not known how."""
    parser = _Parser(expression)
    node = parser.choice()
    if parser.rest():
        raise ValueError(f"{parser.rest()!r} is not understood")
    return node


def phrases(node: Node) -> tuple[str, ...] | None:
    """All texts that it stands for, or None where they are more than a few.

    White space of any length is one space, as in all phrases; word edges take no room.
    """
    found = _phrases(node)
    return tuple(dict.fromkeys(found)) if found is not None else None


def sample(node: Node, turn: int = 0) -> str:
    """A text that it may match; another one for another turn."""
    match node:
        case Chars():
            return node.members[turn % len(node.members)]
        case Edge():
            return ""
        case Repeat(inner, low, high):
            wish = 4 if isinstance(inner, Chars) and len(inner.members) > 1 else 1
            most = max(low, wish if high is None else min(high, wish))
            return "".join(sample(inner, turn + i) for i in range(low if turn % 2 else most))
        case Chain(links):
            return "".join(sample(link, turn) for link in links)
        case Choice(options):
            return sample(options[turn % len(options)], turn)


def samples(expression: str, count: int = 12) -> tuple[str, ...]:
    """Texts that an expression probably matches; none where it is not understood."""
    try:
        node = parse(expression)
    except ValueError:
        return ()
    return tuple(dict.fromkeys(text for i in range(count) if (text := sample(node, i)).strip()))


def _phrases(node: Node) -> list[str] | None:
    match node:
        case Chars(members, listed):
            return list(members) if listed else None
        case Edge():
            return [""] if node == WORD_EDGE else None
        case Repeat(inner, low, high):
            if inner == Chars(" "):
                return [" "] if low else ["", " "]
            if high is None:
                return None
            found: list[str] = []
            for times in range(high, low - 1, -1):
                some = _chained([inner] * times)
                if some is None or len(found) + len(some) > MOST_PHRASES:
                    return None
                found += some
            return found
        case Chain(links):
            return _chained(links)
        case Choice(options):
            several = [_phrases(option) for option in options]
            listed_all = [text for some in several if some is not None for text in some]
            return None if None in several or len(listed_all) > MOST_PHRASES else listed_all


def _chained(links: "tuple[Node, ...] | list[Node]") -> list[str] | None:
    texts = [""]
    for link in links:
        ends = _phrases(link)
        if ends is None or len(texts) * len(ends) > MOST_PHRASES:
            return None
        texts = [text + end for text in texts for end in ends]
    return texts


class _Parser:
    """Reads the syntax of RE2 as far as styles use it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def rest(self) -> str:
        return self._text[self._at :]

    def choice(self) -> Node:
        options = [self._chain()]
        while self._take("|"):
            options.append(self._chain())
        return options[0] if len(options) == 1 else Choice(tuple(options))

    def _chain(self) -> Node:
        links: list[Node] = []
        while self.rest() and self._text[self._at] not in "|)":
            links.append(self._repeated(self._atom()))
        return links[0] if len(links) == 1 else Chain(tuple(links))

    def _repeated(self, node: Node) -> Node:
        while True:
            count = _COUNT.match(self._text, self._at)
            if count:
                self._at = count.end()
                low = int(count[1])
                open_ended = None if count[2] else low
                node = Repeat(node, low, int(count[3]) if count[3] else open_ended)
            elif sign := self._take(*"*+?"):
                node = Repeat(node, int(sign == "+"), 1 if sign == "?" else None)
            else:
                return node
            self._take("?")  # lazy: the same texts

    def _atom(self) -> Node:
        sign = self._next()
        match sign:
            case "(":
                return self._group()
            case "[":
                return self._listing()
            case "\\":
                return self._escaped()
            case ".":
                return Chars(_ALL, listed=False)
            case "^" | "$":
                return Edge(sign)
        return Chars(sign)

    def _group(self) -> Node:
        flags = ""
        if self.rest().startswith("?"):
            head = _GROUP.match(self._text, self._at)
            if head is None:
                raise ValueError(f"{self.rest()!r} is not understood")
            self._at = head.end()
            flags = head["flags"] or ""
            if head["end"] == ")":
                return Edge(flags)
        inner = self.choice()
        self._expect(")")
        return Chain((Edge(flags), inner)) if flags else inner

    def _escaped(self) -> Node:
        for form in (_HEX, _PROPERTY):
            found = form.match(self._text, self._at)
            if found and form is _HEX:
                self._at = found.end()
                return Chars(chr(int(found[1] or found[2], 16)))
            if found:
                self._at = found.end()
                name = found[2] or found[3]
                if name not in _PROPERTIES:
                    raise ValueError(f"the class {name!r} is not understood")
                return Chars(_outside(_PROPERTIES[name], negate=found[1] == "P"), listed=False)
        sign = self._next()
        if sign.lower() in _CLASSES:
            members = _CLASSES[sign.lower()]
            return Chars(_outside(members, negate=sign.isupper()), listed=sign == "s")
        if sign in "bBAz":
            return Edge(sign)
        if sign in _CONTROLS:
            return Chars(_CONTROLS[sign])
        if sign.isalnum():
            raise ValueError(f"'\\{sign}' is not understood")
        return Chars(sign)

    def _listing(self) -> Node:
        negate = bool(self._take("^"))
        members, listed, first = "", not negate, True
        while first or not self.rest().startswith("]"):
            first = False
            if self.rest().startswith("[:"):
                raise ValueError(f"{self.rest()!r} is not understood")
            start = self._listed()
            if self.rest().startswith("-") and not self.rest().startswith("-]"):
                self._next()
                end = self._listed()
                members += "".join(map(chr, range(ord(start.members), ord(end.members) + 1)))
                listed = False
            else:
                members += start.members
                listed = listed and start.listed
        self._expect("]")
        return Chars(_outside(members, negate=negate), listed)

    def _listed(self) -> Chars:
        sign = self._next()
        node = self._escaped() if sign == "\\" else Chars(sign)
        if not isinstance(node, Chars):
            raise ValueError("a list of characters holds something else")
        return node

    def _next(self) -> str:
        if not self.rest():
            raise ValueError("the expression ends too early")
        self._at += 1
        return self._text[self._at - 1]

    def _take(self, *signs: str) -> str:
        """The next character if it is one of these, else nothing."""
        if self.rest() and self._text[self._at] in signs:
            return self._next()
        return ""

    def _expect(self, sign: str) -> None:
        if not self._take(sign):
            raise ValueError(f"{sign!r} is missing")


def _outside(members: str, *, negate: bool) -> str:
    if not negate:
        return members
    rest = "".join(char for char in _ALL if char not in members)
    if not rest:
        raise ValueError("the class leaves no character")
    return rest

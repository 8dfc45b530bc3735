"""The catalogue in words: what a reader of the reference sees of every rule.

The service's pages and docs/rules show the same; nothing here knows HTML or Markdown.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from postlint.draft import Platform
from postlint.rulepacks.book import RuleBook
from postlint.rulepacks.catalogue import PackCard, RuleCard
from postlint.rulepacks.examples import unmark

KINDS = {
    "terms": "words and phrases",
    "pattern": "turns of phrase",
    "tokens": "sequences of words",
    "combination": "things that are harmless alone, found together",
    "shape": "the post as a whole",
    "model": "the judgement of the model",
    "calendar": "the day on which the post goes out, and what it says",
}
"""What a rule of each kind looks at."""

_CALENDAR = "calendar"
_SLUR = "slur"


@dataclass(frozen=True, slots=True)
class Label:
    """An id and the words that a reader sees for it."""

    id: str
    text: str


OF_THE_DAY = Label("of-the-day", "those whom the day is about")
"""Whom the calendar's rules protect: each day says it for itself."""

NOBODY = Label("nobody", "nobody in particular")
"""Under which rules without a group are listed."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of an example. marked: it is among the words that the rule finds."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class ExampleText:
    """An example. circumstances: what else is known of the post, as "on x"."""

    pieces: tuple[Piece, ...]
    circumstances: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of a rule that have a note, or words to say instead, of their own."""

    words: str
    instead: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class RuleText:
    """Everything that the reference says of one rule.

    severity: None where the day and the audience decide. terms: the words that it looks
    for; phrases: those of them about which there is more to say. bad, good: texts that
    it finds and leaves alone.
    """

    name: str
    pack: Label
    looks_at: str
    category: str
    severity: str | None
    topic: Label
    groups: tuple[Label, ...]
    message: str
    why: str
    suggestion: str | None
    terms: tuple[str, ...]
    phrases: tuple[Phrase, ...]
    bad: tuple[ExampleText, ...]
    good: tuple[ExampleText, ...]
    references: tuple[str, ...]

    @property
    def id(self) -> str:
        """The name within the pack."""
        return self.name.partition("/")[2]

    @property
    def shows_slurs(self) -> bool:
        """Whether readers should be warned of the words on the page."""
        return self.topic.id == _SLUR

    @property
    def marks_words(self) -> bool:
        """Whether it finds words of the post, not the post as a whole."""
        return any(piece.marked for example in self.bad for piece in example.pieces)

    @property
    def policy(self) -> str:
        """A policy file, policies/mine.yml, that turns the rule off."""
        return f'id: mine\nseverities:\n  {self.name}: "off"\n'


class Reference:
    """All rules as readers see them, made when asked for."""

    def __init__(
        self, rules: Mapping[str, RuleCard], packs: Sequence[PackCard], book: RuleBook
    ) -> None:
        self.packs = packs
        self._rules = rules
        self._titles = {pack.id: pack.title for pack in packs}
        self._topics = book.topics
        self._groups = book.groups

    def rule(self, name: str) -> RuleText | None:
        """The rule "pack/rule", None where there is none."""
        card = self._rules.get(name)
        return self._text(card) if card else None

    def rules(self) -> Iterator[RuleText]:
        """Every rule, in order of names."""
        return map(self._text, self._rules.values())

    def _text(self, card: RuleCard) -> RuleText:
        fill = _without_placeholders if card.kind == _CALENDAR else str
        return RuleText(
            name=card.rule,
            pack=_label(card.rule.partition("/")[0], self._titles),
            looks_at=KINDS[card.kind],
            category=card.category,
            severity=card.severity,
            topic=_label(card.topic, self._topics),
            groups=self._hurt(card),
            message=fill(card.message),
            why=fill(card.why),
            suggestion=fill(card.suggestion) if card.suggestion else None,
            terms=tuple(term["term"] for term in _terms(card)),
            phrases=tuple(_phrases(_terms(card))),
            bad=tuple(map(_example, card.examples.get("match", ()))),
            good=tuple(map(_example, card.examples.get("no_match", ()))),
            references=card.references,
        )

    def _hurt(self, card: RuleCard) -> tuple[Label, ...]:
        """The rule's groups, then those of single words."""
        if card.kind == _CALENDAR:
            return (OF_THE_DAY,)
        of_words = (group for term in _terms(card) for group in term.get("groups", ()))
        groups = dict.fromkeys((*card.groups, *of_words))
        return tuple(_label(group, self._groups) for group in groups)


def _label(identifier: str, labels: Mapping[str, str]) -> Label:
    return Label(identifier, labels.get(identifier, identifier))


def _without_placeholders(template: str) -> str:
    """The calendar's texts are filled in for a post; here is none."""
    return template.format(event="[the day]", date="[its date]", zone="[the time zone]")


def _terms(card: RuleCard) -> Iterator[Mapping[str, Any]]:
    """The terms of a rule that has some, each with what its file says of it."""
    for term in card.definition.get("terms", ()):
        yield {"term": term} if isinstance(term, str) else term


def _phrases(terms: Iterable[Mapping[str, Any]]) -> Iterator[Phrase]:
    for term in terms:
        instead, note = term.get("replacement"), term.get("note")
        if instead is not None or note is not None:
            yield Phrase(term["term"], instead, note)


def _example(example: str | Mapping[str, Any]) -> ExampleText:
    if isinstance(example, str):
        return ExampleText(_pieces(example))
    return ExampleText(_pieces(example["text"]), tuple(_circumstances(example)))


def _pieces(marked: str) -> tuple[Piece, ...]:
    text, spans = unmark(marked)
    pieces, position = [], 0
    for span in spans:
        pieces += [
            Piece(text[position : span.start], marked=False),
            Piece(text[span.start : span.end], marked=True),
        ]
        position = span.end
    pieces.append(Piece(text[position:], marked=False))
    return tuple(piece for piece in pieces if piece.text)


def _circumstances(example: Mapping[str, Any]) -> Iterator[str]:
    if example["platform"] != Platform.OTHER:
        yield f"on {example['platform']}"
    if example["in_reply_to"]:
        yield f"in answer to “{example['in_reply_to']}”"
    if example["organisation"]:
        yield f"by {example['organisation']}"
    for media in example["media"]:
        alt_text = (media.get("alt_text") or "").strip()
        words = f"the alt text “{alt_text}”" if alt_text else "no alt text"
        yield f"with {media['kind']}, {words}"

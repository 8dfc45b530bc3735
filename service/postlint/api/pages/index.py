"""The ways into the reference: rules by pack, by topic or by group, and by words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from postlint.rulepacks.reference import NOBODY, Label, Reference, RuleText


class Order(StrEnum):
    """What the index is sorted by."""

    PACK = "pack"
    TOPIC = "topic"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Section:
    """The rules of one pack or topic, or those that protect one group."""

    label: Label
    about: str = ""
    rules: list[RuleText] = field(default_factory=list)


def sections(reference: Reference, rules: Iterable[RuleText], by: Order) -> list[Section]:
    """The rules under their headings, in order of the headings' words."""
    about = {pack.id: pack.about for pack in reference.packs} if by is Order.PACK else {}
    found: dict[Label, Section] = {}
    for rule in rules:
        for label in _headings(rule, by):
            section = found.setdefault(label, Section(label, about.get(label.id, "")))
            section.rules.append(rule)
    return sorted(found.values(), key=_position)


def matching(rules: Iterable[RuleText], words: str) -> Iterator[RuleText]:
    """Rules that have every one of the words somewhere in their text or examples."""
    wanted = words.casefold().split()
    for rule in rules:
        text = "\n".join(_words(rule)).casefold()
        if all(word in text for word in wanted):
            yield rule


def _headings(rule: RuleText, by: Order) -> tuple[Label, ...]:
    if by is Order.PACK:
        return (rule.pack,)
    if by is Order.TOPIC:
        return (rule.topic,)
    return rule.groups or (NOBODY,)


def _position(section: Section) -> tuple[bool, str]:
    return section.label == NOBODY, section.label.text.casefold()


def _words(rule: RuleText) -> Iterator[str]:
    yield from (rule.name, rule.pack.text, rule.topic.text, rule.message, rule.why)
    yield rule.suggestion or ""
    yield from (group.text for group in rule.groups)
    yield from rule.terms
    yield from (example.text for example in (*rule.bad, *rule.good))

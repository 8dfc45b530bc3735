"""Everything that a finding may refer to: the rules of the packs and of the calendar."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from postlint.events.incident_wording import IncidentRowWording, IncidentWording
from postlint.events.wording import RowWording, Wording
from postlint.finding import Category, Frozen, Severity
from postlint.rulepacks.book import RuleBook
from postlint.rulepacks.loader import TIMING
from postlint.rulepacks.schema import RuleSpec


class RuleCard(Frozen):
    """One rule as readers see it.

    severity: None where it depends on the day and the audience. definition: how the
    rule looks, as in its file; empty for the calendar's.
    """

    rule: str
    kind: str
    category: Category
    topic: str
    severity: Severity | None
    message: str
    why: str
    suggestion: str | None
    groups: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    examples: Mapping[str, Any] = {}
    definition: Mapping[str, Any] = {}


class PackCard(Frozen):
    """A pack. version: digest of its files. rules: how many it has. own: it does not ship
    with postlint.
    """

    id: str
    title: str
    about: str
    version: str
    rules: int
    own: bool = False


def rule_cards(
    book: RuleBook, wording: Wording, incident_wording: IncidentWording
) -> dict[str, RuleCard]:
    """Every rule by its name "pack/rule", in order of names."""
    cards = {name: _card(name, rule) for name, rule in book.rules()}
    cards.update((card.rule, card) for card in _timing_cards(wording, incident_wording))
    return dict(sorted(cards.items()))


def pack_cards(
    book: RuleBook, wording: Wording, incident_wording: IncidentWording, calendar_version: str
) -> list[PackCard]:
    """Every pack, in order of names."""
    cards = [
        PackCard(
            id=pack.spec.id,
            title=pack.spec.title,
            about=pack.spec.about,
            version=pack.version,
            rules=len(pack.rules),
            own=pack.own,
        )
        for pack in book.packs.values()
    ]
    timing = PackCard(
        id=TIMING,
        title="Timing",
        about="The right words on the wrong day: observances in the audience's own time, and what "
        "has just happened to it.",
        version=calendar_version,
        rules=len(wording.rows) + len(incident_wording.rows),
    )
    return sorted([*cards, timing], key=lambda card: card.id)


def _card(name: str, rule: RuleSpec) -> RuleCard:
    return RuleCard(
        rule=name,
        kind=rule.kind,
        category=rule.category,
        topic=rule.topic,
        severity=rule.severity,
        message=rule.message,
        why=rule.why,
        suggestion=rule.suggestion,
        groups=rule.groups,
        references=rule.references,
        examples=rule.examples.model_dump(mode="json"),
        definition=rule.model_dump(mode="json", exclude_defaults=True),
    )


def _timing_cards(wording: Wording, incident_wording: IncidentWording) -> Iterator[RuleCard]:
    rows: Iterable[RowWording | IncidentRowWording] = (
        *wording.rows.values(),
        *incident_wording.rows.values(),
    )
    for row in rows:
        yield RuleCard(
            rule=f"{TIMING}/{row.rule}",
            kind="calendar",
            category=Category.TIMING,
            topic=row.topic,
            severity=None,
            message=row.message,
            why=row.why,
            suggestion=row.suggestion,
        )

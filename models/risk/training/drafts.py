"""Brand drafts written for this project: the only data that shows brand risk."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data import CLEAN_HEADS, Row, read_rows
from labels import GROUPS, INTENTS, RISK_HEAD, TOPIC_HEADS, marked

AUTHORED = Path(__file__).parent / "drafts"
# Writers whose drafts no weight is learnt from: calibration and thresholds come from the first
# ones, figures from the others.
CHOOSING = ("w5", "w9")
MEASURING = ("w6", "w17")
HELD_OUT = (*CHOOSING, *MEASURING)


@dataclass(frozen=True, slots=True)
class BrandDraft:
    """A draft with its writer and what it was written to show."""

    text: str
    writer: str
    harmless: bool
    topics: tuple[str, ...]
    intents: tuple[str, ...]
    row: Row


def read_drafts() -> list[BrandDraft]:
    """All drafts beside this script. Raises ValueError for a label that is no head."""
    return [_draft(raw) for file in sorted(AUTHORED.glob("*.jsonl")) for raw in read_rows(file)]


def by_writers(drafts: Iterable[BrandDraft], writers: Collection[str]) -> list[BrandDraft]:
    """The drafts of these writers."""
    return [draft for draft in drafts if draft.writer in writers]


def learnt(drafts: Iterable[BrandDraft]) -> list[BrandDraft]:
    """The drafts that weights are learnt from."""
    return [draft for draft in drafts if draft.writer not in HELD_OUT]


def _draft(raw: dict[str, Any]) -> BrandDraft:
    labels = (("topics", TOPIC_HEADS), ("intents", INTENTS), ("groups", GROUPS))
    for names, known in ((raw[kind], known) for kind, known in labels):
        unknown = set(names) - set(known)
        if unknown:
            raise ValueError(f"unknown labels {sorted(unknown)} in {raw['text']!r}")
    heads = marked(raw["topics"], TOPIC_HEADS) | {RISK_HEAD: float(not raw["harmless"])}
    if raw["harmless"]:
        heads |= CLEAN_HEADS
    elif "profanity" in raw["topics"]:
        heads["obscene"] = 1.0
    row = Row(
        raw["text"],
        "drafts",
        heads,
        marked(raw["intents"], INTENTS),
        marked(raw["groups"], GROUPS),
    )
    return BrandDraft(
        text=raw["text"],
        writer=raw["writer"],
        harmless=raw["harmless"],
        topics=tuple(raw["topics"]),
        intents=tuple(raw["intents"]),
        row=row,
    )

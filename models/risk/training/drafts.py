"""Brand drafts written for this project: the only data that shows brand risk."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data import CLEAN_HEADS, Row, read_rows
from labels import DRAFT_GROUPS, GROUPS, INTENTS, RISK_HEAD, TOPIC_HEADS, marked

AUTHORED = Path(__file__).parent / "drafts"
PILOT_FILE = "pilot_drafts.jsonl"
# Writers whose drafts are never learnt from: thresholds and figures come from them.
HELD_OUT = ("w6", "w9")


@dataclass(frozen=True, slots=True)
class BrandDraft:
    """A draft with its writer and what it was written to show."""

    text: str
    writer: str
    harmless: bool
    topics: tuple[str, ...]
    row: Row


def read_drafts(data: Path) -> list[BrandDraft]:
    """The pilot drafts of the data folder and all drafts beside this script.

    Raises ValueError for a topic or an intent that is no head.
    """
    files = [data / PILOT_FILE, *sorted(AUTHORED.glob("*.jsonl"))]
    return [_draft(raw) for file in files for raw in read_rows(file)]


def split_drafts(
    drafts: Sequence[BrandDraft], held_out: Iterable[str]
) -> tuple[list[BrandDraft], list[BrandDraft]]:
    """Drafts to learn from, and those of the held-out writers."""
    writers = set(held_out)
    return (
        [draft for draft in drafts if draft.writer not in writers],
        [draft for draft in drafts if draft.writer in writers],
    )


def _draft(raw: dict[str, Any]) -> BrandDraft:
    for names, known in ((raw["topics"], TOPIC_HEADS), (raw["intents"], INTENTS)):
        unknown = set(names) - set(known)
        if unknown:
            raise ValueError(f"unknown labels {sorted(unknown)} in {raw['text']!r}")
    heads = marked(raw["topics"], TOPIC_HEADS) | {RISK_HEAD: float(not raw["harmless"])}
    if raw["harmless"]:
        heads |= CLEAN_HEADS
    elif "profanity" in raw["topics"]:
        heads["obscene"] = 1.0
    groups = {DRAFT_GROUPS.get(name, name) for name in raw["groups"]}
    row = Row(
        raw["text"],
        "drafts",
        heads,
        marked(raw["intents"], INTENTS),
        # A group outside the heads ("politicians") counts as none of them.
        marked(groups, GROUPS),
    )
    return BrandDraft(raw["text"], raw["writer"], raw["harmless"], tuple(raw["topics"]), row)

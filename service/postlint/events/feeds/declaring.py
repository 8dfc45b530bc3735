"""What becomes of what a feed reports: who may declare by itself, and who only proposes."""

from dataclasses import dataclass
from enum import StrEnum

from postlint.events.feeds.register import FeedEvent
from postlint.events.incident import Kind

WORTH_PROPOSING = 2
"""From this severity on people have died: below it nobody would thank for the question."""
WORTH_DECLARING = 3
"""Orange and red alerts: a few a month, all of them in the news."""
WARNING_CAP = 3
"""A warning is risk, not tragedy: severity 4 is kept for what has happened."""


class Course(StrEnum):
    """What to do about an event that nobody has told of yet."""

    IGNORE = "ignore"
    PROPOSE = "propose"
    DECLARE = "declare"


@dataclass(frozen=True, slots=True)
class FeedPolicy:
    """declaring: names of the feeds that need no person to confirm what they report."""

    declaring: frozenset[str]

    def course(self, event: FeedEvent) -> Course:
        """By its gravest bulletins; an event of which no feed names the region needs a person."""
        first = event.standing[0]
        if first.severity < WORTH_PROPOSING or (first.warning and first.kind is Kind.OTHER):
            return Course.IGNORE
        enough = WORTH_PROPOSING if first.warning else WORTH_DECLARING
        sure = any(
            bulletin.feed in self.declaring and bulletin.severity >= enough
            for bulletin in event.standing
        )
        placed = any(bulletin.regions for bulletin in event.standing)
        return Course.DECLARE if sure and placed else Course.PROPOSE

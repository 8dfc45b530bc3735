"""What both decision tables share: how grave a judgement is, and what a post wants."""

from collections.abc import Mapping
from enum import IntEnum, StrEnum
from types import MappingProxyType

from postlint.finding import Severity


class Grade(IntEnum):
    """What should become of the post, from nothing to stopping it."""

    PASS = 0
    NOTE = 1
    REVIEW = 2
    BLOCK = 3

    def lowered(self, steps: int) -> "Grade":
        """So many steps milder."""
        return Grade(max(self - steps, Grade.PASS))


SEVERITIES: Mapping[Grade, Severity] = MappingProxyType(
    {
        Grade.NOTE: Severity.INFO,
        Grade.REVIEW: Severity.WARNING,
        Grade.BLOCK: Severity.ERROR,
    }
)
"""As what a finding reports a grade."""


class Intent(StrEnum):
    """What the post wants; each is found by the signal of that name."""

    PROMOTION = "promotion"
    PRICE = "price"
    HUMOUR = "humour"
    CHEERFUL = "cheerful"
    CONDOLENCE = "condolence"
    SERVICE = "service"
    RELIEF = "relief-effort"


MITIGATING = frozenset({Intent.RELIEF, Intent.SERVICE})
"""Raises money for those who were hit, or says when the shop is open."""

QUIET = frozenset({Intent.CONDOLENCE, Intent.SERVICE})
"""With these a warm tone is no party tone."""

"""Drafts through the linter, and shares with their uncertainty."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from math import sqrt
from typing import TypeVar

from postlint.draft import Draft
from postlint.linter import Linter
from postlint.report import Report, Verdict

NOW = datetime(2026, 6, 10, 12, tzinfo=UTC)
"""When a case without a date is judged: an ordinary Wednesday."""
CHUNK = 32

T = TypeVar("T")


def chunks(items: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), CHUNK):
        yield items[start : start + CHUNK]


def judge(linter: Linter, drafts: Sequence[Draft]) -> list[Report]:
    return [report for chunk in chunks(drafts) for report in linter.lint_all(chunk, NOW)]


def rate(hits: int, total: int) -> str:
    """Share with its 95% Wilson interval."""
    if total == 0:
        return "     -"
    z = 1.96
    share = hits / total
    middle = (share + z * z / (2 * total)) / (1 + z * z / total)
    reach = z * sqrt(share * (1 - share) / total + z * z / (4 * total**2)) / (1 + z * z / total)
    low, high = 100 * max(middle - reach, 0), 100 * min(middle + reach, 1)
    return f"{100 * share:5.1f}%  [{low:4.1f}, {high:4.1f}]  {hits}/{total}"


def flagged(report: Report) -> bool:
    return report.verdict is not Verdict.PASS

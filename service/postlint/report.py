"""A report: everything that postlint has to say about one draft."""

from collections.abc import Iterable
from enum import StrEnum

from postlint.finding import Finding, Frozen, Severity


class Verdict(StrEnum):
    """What to do with the draft: publish it, let a person look, stop it."""

    PASS = "pass"
    REVIEW = "review"
    BLOCK = "block"


class GroupLabel(Frozen):
    """A group that would be hurt, as a reader sees it."""

    id: str
    label: str


class Gap(Frozen):
    """Something that could not be judged, and why. Silence never means clean."""

    part: str
    reason: str


class Versions(Frozen):
    """What judged the draft: enough to explain later why the verdict was this one."""

    postlint: str
    packs: dict[str, str]
    model: str | None
    events: int


class Report(Frozen):
    """The verdict on one draft and the findings behind it, the gravest first.

    scores: every model head's probability in [0, 1]. incomplete: what was not
    judged. language: BCP 47, None when unknown. elapsed_ms: set by the caller,
    who owns the clock.
    """

    verdict: Verdict
    findings: tuple[Finding, ...]
    groups: tuple[GroupLabel, ...]
    scores: dict[str, float]
    incomplete: tuple[Gap, ...]
    language: str | None
    versions: Versions
    elapsed_ms: float | None = None


def verdict_of(findings: Iterable[Finding]) -> Verdict:
    """Block on an error, review on a warning, else pass."""
    worst = max((finding.severity.rank for finding in findings), default=-1)
    if worst == Severity.ERROR.rank:
        return Verdict.BLOCK
    return Verdict.REVIEW if worst == Severity.WARNING.rank else Verdict.PASS

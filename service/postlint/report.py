"""A report: everything that postlint has to say about one draft."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Self

from postlint.finding import Finding, Frozen, Move, Severity


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


class AllowedBy(StrEnum):
    """Who allows a finding."""

    DRAFT = "draft"
    POLICY = "policy"


class Suppressed(Frozen):
    """A finding that does not count, because somebody allows it and says why."""

    finding: Finding
    reason: str
    by: AllowedBy


class Disuse(StrEnum):
    """Why an allowance of the draft does nothing."""

    UNKNOWN_RULE = "unknown-rule"
    """No loaded pack has such a rule: a slip of the pen, or the rule is gone."""
    EXPIRED = "expired"
    """Its `until` is over."""
    NOTHING_FOUND = "nothing-found"
    """The rule finds nothing in this draft."""


class UnusedAllowance(Frozen):
    """An allowance of the draft that can go, or does not say what its author meant."""

    rule: str
    reason: str
    problem: Disuse


class Versions(Frozen):
    """What judged the draft: enough to explain later why the verdict was this one."""

    postlint: str
    packs: dict[str, str]
    model: str | None
    events: int


class Report(Frozen):
    """The verdict on one draft and the findings behind it, the gravest first.

    suppressed: findings that somebody allows; no verdict rests on them. unused_allowances:
    what the draft allows in vain.
    scores: every model head's probability in [0, 1]. incomplete: what was not
    judged. language: BCP 47, None when unknown. elapsed_ms: set by the caller,
    who owns the clock.
    """

    verdict: Verdict
    findings: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...] = ()
    unused_allowances: tuple[UnusedAllowance, ...] = ()
    groups: tuple[GroupLabel, ...]
    scores: dict[str, float]
    incomplete: tuple[Gap, ...]
    language: str | None
    versions: Versions
    elapsed_ms: float | None = None

    def moved(self, move: Move) -> Self:
        """The same report with every span and suggestion elsewhere."""
        findings = tuple(finding.moved(move) for finding in self.findings)
        suppressed = tuple(
            entry.model_copy(update={"finding": entry.finding.moved(move)})
            for entry in self.suppressed
        )
        return self.model_copy(update={"findings": findings, "suppressed": suppressed})


def verdict_of(findings: Iterable[Finding]) -> Verdict:
    """Block on an error, review on a warning, else pass."""
    worst = max((finding.severity.rank for finding in findings), default=-1)
    if worst == Severity.ERROR.rank:
        return Verdict.BLOCK
    return Verdict.REVIEW if worst == Severity.WARNING.rank else Verdict.PASS

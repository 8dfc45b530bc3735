"""A policy: how strictly a team wants to be judged."""

from collections.abc import Iterable, Mapping
from functools import reduce
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from postlint.draft import Reason, RulePattern
from postlint.errors import InheritanceError
from postlint.finding import Finding, Frozen, Severity
from postlint.inference.scorer import HeadThresholds
from postlint.text.folding import fold

DEFAULT = "default"
"""The policy of drafts that name none."""

Grade = Literal["info", "warning", "error", "off"]
"""What becomes of findings: they all get a severity, or are left out."""

GradeOrKeep = Literal[Grade, "keep"]
"""Or they keep the severities that their rules gave them."""


def _findable(value: str) -> str:
    if not fold(value.removesuffix("*")).strip():
        raise ValueError("must have characters to look for")
    return value


class Threshold(Frozen):
    """Probabilities in (0, 1) from which a head asks for a review, and blocks.

    block: without it the model's measured one stays; "never" takes it away.
    """

    review: Annotated[float, Field(gt=0, lt=1)]
    block: Annotated[float, Field(gt=0, lt=1)] | Literal["never"] | None = None

    def over(self, measured: HeadThresholds | None) -> HeadThresholds:
        """These, with what they leave open taken from the measured ones."""
        if self.block == "never":
            return HeadThresholds(self.review, None)
        inherited = measured.block if measured else None
        return HeadThresholds(self.review, inherited if self.block is None else self.block)


class AllowedPhrase(Frozen):
    """Words that the team says on purpose, and why. A trailing * in the phrase stands for
    any ending of its last word.
    """

    phrase: Annotated[str, Field(max_length=200), AfterValidator(_findable)]
    reason: Reason


class Policy(Frozen):
    """How strictly a team wants to be judged.

    extends: id of the policy whose entries hold wherever this one has none (see `resolve`).
    severities: by rule or pack; the rule's own name wins over its pack's; "keep" stands for
    the severity that the rule gives. grades: by the
    severity that a rule gives, for findings without an entry under severities. thresholds:
    by model head, used instead of the measured ones. allowed: a rule or the model may mark
    these words without consequences; an event may not.
    """

    id: str
    about: str = ""
    extends: str | None = None
    severities: Mapping[RulePattern, GradeOrKeep] = {}
    grades: Mapping[Severity, Grade] = {}
    thresholds: Mapping[str, Threshold] = {}
    allowed: tuple[AllowedPhrase, ...] = ()

    def apply(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings that this policy keeps, at the severity that it gives them."""
        kept = []
        for finding in findings:
            grade = self._grade(finding)
            if grade == "off":
                continue
            if grade != "keep":
                finding = finding.model_copy(update={"severity": Severity(grade)})
            kept.append(finding)
        return kept

    def _grade(self, finding: Finding) -> GradeOrKeep:
        for name in (finding.rule, whole_pack(finding.rule)):
            if name in self.severities:
                return self.severities[name]
        return self.grades.get(finding.severity, "keep")

    def over(self, parent: "Policy") -> "Policy":
        """This policy with the entries of `parent` where it has none of its own.

        What this one says of a whole pack also wins over what the parent says of one rule
        in it. All phrases that either allows are allowed.
        """
        inherited = {
            rule: grade
            for rule, grade in parent.severities.items()
            if whole_pack(rule) not in self.severities
        }
        own = {fold(allowed.phrase) for allowed in self.allowed}
        phrases = (allowed for allowed in parent.allowed if fold(allowed.phrase) not in own)
        return self.model_copy(
            update={
                "severities": {**inherited, **self.severities},
                "grades": {**parent.grades, **self.grades},
                "thresholds": {**parent.thresholds, **self.thresholds},
                "allowed": (*phrases, *self.allowed),
            }
        )

    def head_thresholds(self, measured: Mapping[str, HeadThresholds]) -> dict[str, HeadThresholds]:
        """The model's measured thresholds with this policy's in their place."""
        own = {
            head: threshold.over(measured.get(head)) for head, threshold in self.thresholds.items()
        }
        return {**measured, **own}


def resolve(policies: Mapping[str, Policy]) -> dict[str, Policy]:
    """The policies, each with what it inherits; given and returned by id.

    Raises InheritanceError with every policy that extends an unknown one or, by whatever
    detour, itself.
    """
    problems: dict[str, str] = {}
    resolved: dict[str, Policy] = {}
    for name, policy in policies.items():
        line, broken = _line(policy, policies)
        resolved[name] = reduce(Policy.over, line)
        if broken == name:
            detour = " extends ".join(repr(step) for step in (*(p.id for p in line), name))
            problems[name] = f"goes in a circle: {detour}"
        elif broken is not None and len(line) == 1:
            allowed = ", ".join(sorted(policies))
            problems[name] = f"{broken!r} is not known; allowed: {allowed}"
    if problems:
        raise InheritanceError(problems)
    return resolved


def _line(policy: Policy, policies: Mapping[str, Policy]) -> tuple[list[Policy], str | None]:
    """A policy and those it inherits from, the nearest first; and the id at which the line
    breaks, because it is unknown or stands in the line already.
    """
    line = [policy]
    while (above := line[-1].extends) is not None:
        if above not in policies or policies[above] in line:
            return line, above
        line.append(policies[above])
    return line, None


def whole_pack(rule: str) -> str:
    """What stands for all rules of the pack of this rule: "pack/*"."""
    return f"{rule.partition('/')[0]}/*"

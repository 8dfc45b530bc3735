"""A policy: how strictly a team wants to be judged."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Literal

from pydantic import Field

from postlint.finding import Finding, Frozen, Severity
from postlint.inference.scorer import HeadThresholds

RulePattern = Annotated[str, Field(pattern=r"^[a-z0-9-]+(/([a-z0-9-]+|\*))$")]
"""A rule ("pack/rule") or a whole pack ("pack/*")."""


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


class Policy(Frozen):
    """severities: re-grades a rule or a pack, or turns it off; the rule's own name wins
    over its pack's. thresholds: by model head, used instead of the measured ones.
    """

    id: str
    about: str = ""
    severities: Mapping[RulePattern, Severity | Literal["off"]] = {}
    thresholds: Mapping[str, Threshold] = {}

    def apply(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings that this policy keeps, at the severity that it gives them."""
        kept = []
        for finding in findings:
            pack = finding.rule.partition("/")[0]
            severity = self.severities.get(finding.rule, self.severities.get(f"{pack}/*"))
            if severity == "off":
                continue
            kept.append(finding.model_copy(update={"severity": severity}) if severity else finding)
        return kept

    def head_thresholds(self, measured: Mapping[str, HeadThresholds]) -> dict[str, HeadThresholds]:
        """The model's measured thresholds with this policy's in their place."""
        own = {
            head: threshold.over(measured.get(head)) for head, threshold in self.thresholds.items()
        }
        return {**measured, **own}

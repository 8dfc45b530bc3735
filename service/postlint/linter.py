"""Draft in, report out. Pure: no I/O, no clock, no global; the caller says what time it is."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from postlint.checks.base import Check, CheckContext, DocumentParser, Match, Matcher, PatternFinders
from postlint.checks.index import CheckIndex
from postlint.checks.lexicon import Lexicon
from postlint.checks.rule import fingerprint
from postlint.draft import Draft
from postlint.errors import UnknownPolicyError
from postlint.finding import Finding, Source
from postlint.inference.scorer import RiskScorer, RiskScores
from postlint.policy import Policy
from postlint.report import GroupLabel, Report, Versions, verdict_of
from postlint.text.masks import MaskIndex
from postlint.text.views import build_views

JUDGED_LANGUAGE = "en"
"""The language that rules and model know; anything else is reported as not judged."""

MOST_FINDINGS = 100
"""Findings in a report: who has a hundred to mend asks again afterwards."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What all checks share: phrases, signals, the parser, labels of groups.

    detect_language: BCP 47 tag of a text, None when too short to tell.
    """

    lexicon: Lexicon
    maskable: MaskIndex
    signals: Mapping[str, Matcher]
    patterns: PatternFinders
    parser: DocumentParser
    group_labels: Mapping[str, str]
    detect_language: Callable[[str], str | None]


class Linter:
    """Judges drafts by checks and a policy. Safe to call from several threads."""

    def __init__(
        self,
        knowledge: Knowledge,
        checks: Sequence[Check],
        policies: Mapping[str, Policy],
        scorer: RiskScorer | None,
        versions: Versions,
    ) -> None:
        self._knowledge = knowledge
        self._checks = CheckIndex(checks, knowledge.signals)
        self._policies = dict(policies)
        self._scorer = scorer
        self.versions = versions

    def lint(self, draft: Draft, now: datetime) -> Report:
        """Judge one draft as of `now` (aware).

        Raises UnknownPolicyError when the draft names a policy that is not loaded.
        """
        return self.lint_all([draft], now)[0]

    def lint_all(self, drafts: Sequence[Draft], now: datetime) -> list[Report]:
        """Judge drafts together, which costs the model less than one by one; same order."""
        policies = [self.policy(draft.policy) for draft in drafts]
        scores: Sequence[RiskScores | None] = [None] * len(drafts)
        if self._scorer is not None:
            scores = self._scorer.score([draft.text for draft in drafts])
        return [
            self._report(draft, now, score, policy)
            for draft, score, policy in zip(drafts, scores, policies, strict=True)
        ]

    def raw_findings(self, draft: Draft, now: datetime) -> list[Finding]:
        """What every check says, before a policy grades it and one finding absorbs another;
        for those who write rules.
        """
        return self._run_checks(self._scored_context(draft, now))

    def signal_matches(self, draft: Draft, now: datetime, name: str) -> Sequence[Match]:
        """Where a draft gives one signal; for those who write rules."""
        return self._scored_context(draft, now).signal(name)

    def policy(self, name: str) -> Policy:
        """The loaded policy of that name, or UnknownPolicyError."""
        policy = self._policies.get(name)
        if policy is None:
            raise UnknownPolicyError(name, sorted(self._policies))
        return policy

    def _report(
        self, draft: Draft, now: datetime, scores: RiskScores | None, policy: Policy
    ) -> Report:
        context = self._context(draft, now, scores, policy)
        language = draft.language or self._knowledge.detect_language(draft.text)
        self._note_gaps(context, language)
        told = ordered(absorb(policy.apply(self._run_checks(context))))
        findings = list(islice(told, MOST_FINDINGS))
        if next(told, None) is not None:
            context.report_gap("findings", f"only the gravest {MOST_FINDINGS} are listed")
        named = dict.fromkeys(group for finding in findings for group in finding.groups)
        labels = self._knowledge.group_labels
        return Report(
            verdict=verdict_of(findings),
            findings=tuple(findings),
            groups=tuple(GroupLabel(id=group, label=labels.get(group, group)) for group in named),
            scores=dict(scores.heads) if scores else {},
            incomplete=tuple(context.gaps),
            language=language,
            versions=self.versions,
        )

    def _run_checks(self, context: CheckContext) -> list[Finding]:
        concerned = self._checks.concerned(context.triggers)
        return [finding for check in concerned for finding in check.run(context)]

    def _scored_context(self, draft: Draft, now: datetime) -> CheckContext:
        scores = self._scorer.score([draft.text])[0] if self._scorer else None
        return self._context(draft, now, scores, self.policy(draft.policy))

    def _context(
        self, draft: Draft, now: datetime, scores: RiskScores | None, policy: Policy
    ) -> CheckContext:
        knowledge = self._knowledge
        views = build_views(draft.text, knowledge.maskable)
        measured = self._scorer.info if self._scorer else None
        return CheckContext(
            draft=draft,
            views=views,
            moment=draft.scheduled_at or now,
            hits=knowledge.lexicon.find(views),
            signals=knowledge.signals,
            patterns=knowledge.patterns,
            parser=knowledge.parser,
            scores=scores,
            rescore=self._scorer.score if self._scorer else lambda _texts: (),
            thresholds=policy.head_thresholds(measured.thresholds if measured else {}),
            rates=measured.rates if measured else {},
            group_threshold=measured.group_threshold if measured else 1.0,
        )

    def _note_gaps(self, context: CheckContext, language: str | None) -> None:
        if self._scorer is None:
            context.report_gap("model", "no model is loaded: only rules and calendar judged this")
        if language is not None and language.split("-")[0] != JUDGED_LANGUAGE:
            context.report_gap(
                "language", f"rules and model know English; this text looks like {language!r}"
            )
        if context.draft.media:
            context.report_gap(
                "media", "pictures, videos and their alternative texts are not judged"
            )


def absorb(findings: Iterable[Finding]) -> list[Finding]:
    """Drop what the model says where a rule or an event says it better.

    Words that a finding of another source marks, at least as grave, are taken out of a
    model finding; one without words left is dropped. A model finding about the post as a
    whole is explained by any such finding that marks words, or is about the same topic.
    """
    findings = list(findings)
    explained = [finding for finding in findings if finding.source is not Source.MODEL]
    kept = (
        _unexplained(finding, explained) if finding.source is Source.MODEL else finding
        for finding in findings
    )
    return [finding for finding in kept if finding is not None]


def _unexplained(model: Finding, others: Sequence[Finding]) -> Finding | None:
    """What is left of a model finding beside those of other sources."""
    graver = [other for other in others if other.severity.rank >= model.severity.rank]
    if any(other.topic == model.topic and not (other.spans and model.spans) for other in graver):
        return None
    marked = [span for other in graver for span in other.spans]
    if not model.spans:
        return None if marked else model
    left = tuple(
        span
        for span in model.spans
        if not any(span.start < other.end and other.start < span.end for other in marked)
    )
    if len(left) == len(model.spans):
        return model
    print_of_left = fingerprint(model.rule, left)
    return model.model_copy(update={"spans": left, "fingerprint": print_of_left}) if left else None


def _covers(outer: Finding, inner: Finding) -> bool:
    """Whether every span of `inner` lies in a span of `outer`; so it does if it has none."""
    return all(
        any(mine.start <= span.start and span.end <= mine.end for mine in outer.spans)
        for span in inner.spans
    )


def ordered(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The gravest first, then in text order. One that says nothing new is left out: the
    same finding again, or the topic of one before it within that one's words.

    Lazy: each further finding costs a look at all before it.
    """
    ranked = sorted(
        findings,
        key=lambda finding: (
            -finding.severity.rank,
            finding.spans[0].start if finding.spans else -1,
            finding.rule,
        ),
    )
    kept: list[Finding] = []
    for finding in ranked:
        if not any(_repeats(finding, before) for before in kept):
            kept.append(finding)
            yield finding


def _repeats(finding: Finding, before: Finding) -> bool:
    if not finding.spans:
        return finding.fingerprint == before.fingerprint
    return finding.topic == before.topic and _covers(before, finding)

"""Draft in, report out. Pure: no I/O, no clock, no global; the caller says what time it is."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TypeVar

from postlint.checks.base import (
    Check,
    CheckContext,
    DocumentParser,
    KnownIncidents,
    Match,
    Matcher,
    PatternFinders,
)
from postlint.checks.index import CheckIndex
from postlint.checks.lexicon import Lexicon
from postlint.checks.rule import fingerprint
from postlint.draft import Draft
from postlint.errors import UnknownPolicyError
from postlint.finding import Finding, Source
from postlint.inference.scorer import RiskScorer, RiskScores
from postlint.policy import Policy, whole_pack
from postlint.report import Gap, GroupLabel, Report, Versions, verdict_of
from postlint.suppression import AllowedPhrases, sift
from postlint.text.masks import MaskIndex
from postlint.text.views import build_views

T = TypeVar("T")

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
        incidents: Callable[[], KnownIncidents],
        gaps: Sequence[Gap] = (),
    ) -> None:
        """incidents: gives what has happened, asked once for drafts that are judged together.
        gaps: what every report has to say was not judged, because it is not loaded.
        """
        self._knowledge = knowledge
        self._checks = CheckIndex(checks, knowledge.signals)
        self._policies = dict(policies)
        self._allowed = {name: AllowedPhrases(own.allowed) for name, own in policies.items()}
        rules = {rule for check in checks for rule in check.rules}
        self._allowable = rules | {whole_pack(rule) for rule in rules}
        self._scorer = scorer
        self._incidents = incidents
        self._gaps = tuple(gaps)
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
        incidents = self._incidents()
        return [
            self._report(draft, now, score, policy, incidents)
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
        self,
        draft: Draft,
        now: datetime,
        scores: RiskScores | None,
        policy: Policy,
        incidents: KnownIncidents,
    ) -> Report:
        context = self._context(draft, now, scores, policy, incidents)
        language = draft.language or self._knowledge.detect_language(draft.text)
        self._note_gaps(context, language)
        sifted = sift(
            policy.apply(self._run_checks(context)),
            draft.allow,
            self._allowed[policy.id].words(context.views),
            self._allowable,
            now,
        )
        ranked = iter(sorted(sifted.suppressed, key=lambda entry: rank(entry.finding)))
        suppressed = _listed(context, "suppressed findings", ranked)
        told = absorb(sifted.told, [entry.finding for entry in suppressed])
        findings = _listed(context, "findings", ordered(told))
        named = dict.fromkeys(group for finding in findings for group in finding.groups)
        labels = self._knowledge.group_labels
        return Report(
            verdict=verdict_of(findings),
            findings=findings,
            suppressed=suppressed,
            unused_allowances=tuple(sifted.unused),
            groups=tuple(GroupLabel(id=group, label=labels.get(group, group)) for group in named),
            scores=dict(scores.heads) if scores else {},
            incomplete=tuple(context.gaps),
            language=language,
            versions=self.versions.model_copy(update={"events": incidents.revision}),
        )

    def _run_checks(self, context: CheckContext) -> list[Finding]:
        concerned = self._checks.concerned(context.triggers)
        return [finding for check in concerned for finding in check.run(context)]

    def _scored_context(self, draft: Draft, now: datetime) -> CheckContext:
        scores = self._scorer.score([draft.text])[0] if self._scorer else None
        return self._context(draft, now, scores, self.policy(draft.policy), self._incidents())

    def _context(
        self,
        draft: Draft,
        now: datetime,
        scores: RiskScores | None,
        policy: Policy,
        incidents: KnownIncidents,
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
            incidents=incidents,
            scores=scores,
            rescore=self._scorer.score if self._scorer else lambda _texts: (),
            thresholds=policy.head_thresholds(measured.thresholds if measured else {}),
            rates=measured.rates if measured else {},
            group_threshold=measured.group_threshold if measured else 1.0,
        )

    def _note_gaps(self, context: CheckContext, language: str | None) -> None:
        for gap in self._gaps:
            context.report_gap(gap.part, gap.reason)
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


def _listed(context: CheckContext, what: str, items: Iterator[T]) -> tuple[T, ...]:
    """The first items; that there are more, the report says."""
    listed = tuple(islice(items, MOST_FINDINGS))
    if next(items, None) is not None:
        context.report_gap(what, f"only the gravest {MOST_FINDINGS} {what} are listed")
    return listed


def absorb(findings: Iterable[Finding], suppressed: Sequence[Finding] = ()) -> list[Finding]:
    """Drop what the model says where a rule or an event says it better.

    Words that a finding of another source marks, at least as grave, are taken out of a
    model finding; one without words left is dropped. A model finding about the post as a
    whole is explained by any such finding that marks words, or is about the same topic.

    suppressed: findings that do not count. They take with them what only says the same again,
    and never more: who allows a word has not allowed what else is wrong with the sentence.
    """
    findings = [
        finding
        for finding in findings
        if finding.source is Source.EVENT or not _is_said_by(finding, suppressed)
    ]
    explained = [finding for finding in findings if finding.source is not Source.MODEL]
    allowed = [finding for finding in suppressed if finding.source is not Source.MODEL]
    kept = (
        _unexplained(finding, [*explained, *_about_the_same(finding, allowed)])
        if finding.source is Source.MODEL
        else finding
        for finding in findings
    )
    return [finding for finding in kept if finding is not None]


def _is_said_by(finding: Finding, others: Iterable[Finding]) -> bool:
    """Whether one of them, at least as grave, makes this finding say nothing new."""
    return any(
        _repeats(finding, other) and other.severity.rank >= finding.severity.rank
        for other in others
    )


def _about_the_same(model: Finding, others: Iterable[Finding]) -> list[Finding]:
    """Those about the topic of a model finding, or about all the words that it marks."""
    return [
        other
        for other in others
        if other.topic == model.topic or (model.spans and _covers(other, model))
    ]


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


def rank(finding: Finding) -> tuple[int, int, str]:
    """Sorts the gravest first, then in text order."""
    start = finding.spans[0].start if finding.spans else -1
    return -finding.severity.rank, start, finding.rule


def ordered(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The gravest first, then in text order. One that says nothing new is left out: the
    same finding again, or the topic of one before it within that one's words.

    Lazy: each further finding costs a look at all before it.
    """
    kept: list[Finding] = []
    for finding in sorted(findings, key=rank):
        if not any(_repeats(finding, before) for before in kept):
            kept.append(finding)
            yield finding


def _repeats(finding: Finding, before: Finding) -> bool:
    if not finding.spans:
        return finding.fingerprint == before.fingerprint
    return finding.topic == before.topic and _covers(before, finding)

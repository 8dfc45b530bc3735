"""What every check sees and gives: the context of one draft, matches, findings.

A check is pure. What it may need (phrase hits, signals, scores, parsed documents)
is in the `CheckContext`, computed once a draft and only when somebody asks.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, Protocol

from postlint.checks.occlusion import Occlusion
from postlint.draft import Draft
from postlint.events.filed import FiledIncident
from postlint.events.incident import Kind
from postlint.finding import Finding, Severity
from postlint.inference.scorer import HeadThresholds, RiskScores
from postlint.report import Gap
from postlint.text.segment import quotations, sentences
from postlint.text.span import Span
from postlint.text.views import TextViews


@dataclass(frozen=True, slots=True)
class PhraseHit:
    """A phrase that occurs in the draft.

    key: whatever the source registered with the phrase; span: where it stands in
    the original text, in code points.
    """

    key: Any
    span: Span


@dataclass(frozen=True, slots=True)
class Match:
    """One place where a rule or a signal applies; no spans means the post as a whole."""

    spans: tuple[Span, ...] = ()
    groups: tuple[str, ...] = ()
    note: str | None = None
    replacement: str | None = None
    severity: Severity | None = None
    score: float | None = None
    threshold: float | None = None


class DocumentParser(Protocol):
    """spaCy behind a seam: tokens cost little, the trained pipeline costs a lot."""

    @property
    def trained_available(self) -> bool:
        """Whether part-of-speech tags, lemmas and entities can be had."""
        ...

    def parse(self, text: str, *, trained: bool) -> Any:
        """A spaCy Doc of the text; its token offsets are code points of the text."""
        ...


class KnownIncidents(Protocol):
    """What has happened, as of one moment."""

    @property
    def revision(self) -> int:
        """Grows with every change."""
        ...

    def named(self, views: TextViews) -> Mapping[str, tuple[FiledIncident, tuple[Span, ...]]]:
        """Incidents that a text names, by id, and where."""
        ...

    def near(self, moment: datetime, regions: Collection[str]) -> Iterable[FiledIncident]:
        """Incidents that may reach an audience about the time of a moment."""
        ...

    def striking(self, account: str) -> Iterable[FiledIncident]:
        """Incidents that struck an organisation itself, whenever that was."""
        ...

    def of_kind(self, kind: Kind, moment: datetime) -> Iterable[FiledIncident]:
        """Incidents of a kind about the time of a moment, wherever they are."""
        ...


Trigger = str | int
"""What the search of all phrases and patterns finds in a text: the name of a source of the
lexicon, or the number of a pattern."""


class Matcher(Protocol):
    """How to look for something: one implementation a kind of rule."""

    def match(self, context: "CheckContext") -> Sequence[Match]: ...

    def triggers(self, signals: Mapping[str, "Matcher"]) -> frozenset[Trigger] | None:
        """Of these at least one is in every text that matches; None when nothing of the
        kind is known, so that the matcher must always be asked.

        signals: all signals by name, for matchers that rest on them.
        """
        ...


class PatternFinder(Protocol):
    """All patterns that look at one view of a text, tried together."""

    def matching(self, text: str) -> frozenset[int]:
        """Numbers of the patterns that match somewhere in the text."""
        ...


@dataclass(frozen=True, slots=True)
class PatternFinders:
    """The patterns of all rules, by the view that they look at; no number is used twice."""

    folded: PatternFinder
    plain: PatternFinder


class Check(Protocol):
    """Judges one aspect of a draft."""

    def run(self, context: "CheckContext") -> Iterable[Finding]: ...

    @property
    def rules(self) -> Iterable[str]:
        """Every name that a finding of this check may have as its rule."""
        ...

    def triggers(self, signals: Mapping[str, Matcher]) -> frozenset[Trigger] | None:
        """As of a `Matcher`: without any of these in the draft the check finds nothing."""
        ...


@dataclass
class CheckContext:
    """One draft under judgement.

    moment: when the post goes out, UTC. hits: phrase hits by the source that
    registered the phrases. signals: every signal by name. patterns: those of all rules.
    incidents: what has happened. scores: what the model says, None when no model is loaded;
    rescore asks it about other texts. thresholds: by head, the policy's over the model's.
    rates: how common heads were in the model's training. gaps: grows with what could not be
    judged.
    """

    draft: Draft
    views: TextViews
    moment: datetime
    hits: Mapping[str, Sequence[PhraseHit]]
    signals: Mapping[str, Matcher]
    patterns: PatternFinders
    parser: DocumentParser
    incidents: KnownIncidents
    scores: RiskScores | None
    rescore: Callable[[Sequence[str]], Sequence[RiskScores]]
    thresholds: Mapping[str, HeadThresholds]
    rates: Mapping[str, float]
    group_threshold: float
    gaps: list[Gap] = field(default_factory=list)
    _found: dict[str, Sequence[Match]] = field(default_factory=dict)
    _documents: dict[bool, Any] = field(default_factory=dict)

    @cached_property
    def sentences(self) -> Sequence[Span]:
        """The sentences of the draft that have words, in order."""
        return [
            sentence
            for sentence in sentences(self.draft.text)
            if any(map(str.isalnum, self.draft.text[sentence.start : sentence.end]))
        ]

    @cached_property
    def quotations(self) -> Sequence[Span]:
        """What stands in quotation marks, in order."""
        return quotations(self.draft.text)

    @cached_property
    def _occlusion(self) -> Occlusion:
        return Occlusion(self.draft.text, self.sentences, self.rescore)

    def decisive_sentence(
        self, measure: Callable[[RiskScores], float], threshold: float
    ) -> Span | None:
        """The sentence without which the model's measure falls below the threshold, if any."""
        return self._occlusion.decisive(measure, threshold)

    def phrase_hits(self, source: str) -> Sequence[PhraseHit]:
        """Where the phrases of this source occur, in text order."""
        return self.hits.get(source, ())

    def signal(self, name: str) -> Sequence[Match]:
        """The matches of a signal, looked for once, whoever asks; none if the packs lack it."""
        found = self._found.get(name)
        if found is None:
            matcher = self.signals.get(name)
            found = self._found[name] = matcher.match(self) if matcher is not None else ()
        return found

    def has_signal(self, name: str) -> bool:
        """Whether the draft gives this signal anywhere."""
        return bool(self.signal(name))

    def signal_spans(self, name: str) -> tuple[Span, ...]:
        """Where the signal stands, in text order."""
        return tuple(sorted(span for match in self.signal(name) for span in match.spans))

    def document(self, *, trained: bool) -> Any:
        """The draft as a spaCy Doc, parsed at most once a pipeline."""
        if trained not in self._documents:
            self._documents[trained] = self.parser.parse(self.draft.text, trained=trained)
        return self._documents[trained]

    @cached_property
    def matching_patterns(self) -> frozenset[int]:
        """Numbers of the patterns that match the view that they look at."""
        folded = self.patterns.folded.matching(self.views.folded.text)
        return folded | self.patterns.plain.matching(self.views.plain.text)

    @property
    def triggers(self) -> frozenset[Trigger]:
        """All that the search of phrases and patterns found."""
        return self.matching_patterns.union(self.hits)

    def report_gap(self, part: str, reason: str) -> None:
        """Say that something was not judged; the same gap is kept once."""
        gap = Gap(part=part, reason=reason)
        if gap not in self.gaps:
            self.gaps.append(gap)

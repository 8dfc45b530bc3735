"""Incidents: what was harmless yesterday, and is not while people wait for news."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from postlint.checks.base import CheckContext, Match, Matcher
from postlint.checks.rule import excerpts, fingerprint, help_url
from postlint.checks.spans import merged
from postlint.events.filed import FiledIncident
from postlint.events.grading import SEVERITIES, Grade, Intent
from postlint.events.incident import Kind
from postlint.events.incident_phases import Phase, Stage, changes_after, stage_at
from postlint.events.incident_sensitivity import Clash, Judgement, Row, Situation, judge
from postlint.events.incident_wording import Fillings, IncidentRowWording, IncidentWording
from postlint.events.metaphors import ClashKey
from postlint.events.overlap import Overlap
from postlint.events.zones import clocks
from postlint.finding import Category, EventReference, Finding, Source, Suggestion
from postlint.text.span import Span

SOURCE = "metaphors"
"""Under this name the figures of speech are registered in the lexicon."""

MOST = 2
"""Findings a post at most, the gravest: a third event would not change what to do."""

_PRODUCT = "product-noun"
"""The signal of a post that shows goods of the brand."""

_SELLS = "strong-promotion"
"""The signal of unmistakable selling."""

_PLAYS = frozenset({Row.I4, Row.I5, Row.I6})
"""Rows about words that clash."""

Clashes = Mapping[Clash, tuple[Span, ...]]


@dataclass(frozen=True, slots=True)
class _Words:
    """What the text says. named: where it names which incident; clashes: by kind of event."""

    named: Mapping[str, tuple[Span, ...]]
    clashes: Mapping[Kind, Clashes]
    intents: frozenset[Intent]
    product: bool
    soft: bool


@dataclass(frozen=True, slots=True)
class _Verdict:
    """The strictest judgement by one incident. regions: the part of the audience that it is
    about, empty where that is nobody or all the world; spans: the words that it rests on.
    """

    judgement: Judgement
    situation: Situation
    filed: FiledIncident
    regions: tuple[str, ...]
    spans: tuple[Span, ...]


class IncidentCheck:
    """Judges a post by what has just happened, where its audience lives."""

    def __init__(self, wording: IncidentWording) -> None:
        self._wording = wording

    @property
    def rules(self) -> tuple[str, ...]:
        return tuple(_name(row) for row in self._wording.rows.values())

    def triggers(self, _signals: Mapping[str, Matcher]) -> None:
        """A day can be wrong for a post that says nothing of it."""

    def run(self, context: CheckContext) -> Iterable[Finding]:
        """At most `MOST` findings, the gravest first; notes only where nothing is graver."""
        named = context.incidents.named(context.views)
        clashes = _clashes(context)
        current = [
            (filed, stage)
            for filed in _concerned(context, (filed for filed, _ in named.values()), clashes)
            if (stage := stage_at(filed.windows, context.moment)).phase is not Phase.OVER
        ]
        if not current:
            return []
        words = _Words(
            named={id: spans for id, (_, spans) in named.items()},
            clashes=clashes,
            intents=_intents(context),
            product=context.has_signal(_PRODUCT),
            soft=not context.has_signal(_SELLS),
        )
        verdicts = [
            verdict
            for filed, stage in current
            for verdict in _verdicts(filed, stage, words, context)
        ]
        return [self._finding(verdict, context) for verdict in _worth_saying(verdicts)]

    def _finding(self, verdict: _Verdict, context: CheckContext) -> Finding:
        incident = verdict.filed.incident
        wording = self._wording.rows[verdict.judgement.row]
        rule = _name(wording)
        spans = excerpts(context.draft.text, Match(spans=verdict.spans))
        # The part of the audience that it is about; where that is nobody, those who were there.
        clock = clocks(verdict.regions or incident.regions, incident.starts_at)[0]
        day = (incident.starts_at + clock.ahead).date()
        fillings = Fillings(
            event=incident.name,
            date=day,
            zone=clock.zone,
            until=_until(verdict, context.moment),
            clear=_clear(verdict, context.moment),
        )
        advice = [wording.suggestion]
        # A post that makes something of the event does not become right by waiting.
        if verdict.judgement.grade > Grade.NOTE and verdict.judgement.row is not Row.I3:
            advice.append(self._wording.wait)
        return Finding(
            rule=rule,
            category=Category.TIMING,
            topic=wording.topic,
            severity=SEVERITIES[verdict.judgement.grade],
            message=fillings.fill(wording.message),
            why=fillings.fill(f"{wording.why} {self._when(verdict.situation)}"),
            spans=spans,
            groups=self._wording.kinds[incident.kind],
            suggestions=tuple(Suggestion(advice=fillings.fill(text)) for text in advice),
            source=Source.EVENT,
            event=EventReference(
                id=incident.id, name=incident.name, date=day.isoformat(), zone=clock.zone
            ),
            help_url=help_url(rule),
            fingerprint=fingerprint(f"{rule}:{incident.id}", spans),
        )

    def _when(self, situation: Situation) -> str:
        phase = self._wording.phases[situation.phase]
        return f"{phase} {self._wording.mourning}" if situation.mourning else phase


def _name(row: IncidentRowWording) -> str:
    return f"timing/{row.rule}"


def _concerned(
    context: CheckContext, named: Iterable[FiledIncident], clashes: Mapping[Kind, Clashes]
) -> Iterable[FiledIncident]:
    """What may matter to this post, each once: by name, account, audience, or a bound phrase."""
    known, draft = context.incidents, context.draft
    concerned = [*named, *known.near(context.moment, draft.regions)]
    if draft.organisation is not None:
        concerned.extend(known.striking(draft.organisation))
    for kind, by_clash in clashes.items():
        if Clash.BOUND in by_clash:
            concerned.extend(known.of_kind(kind, context.moment))
    return {filed.incident.id: filed for filed in concerned}.values()


def _clashes(context: CheckContext) -> Mapping[Kind, Clashes]:
    found: dict[Kind, dict[Clash, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for hit in context.phrase_hits(SOURCE):
        key: ClashKey = hit.key
        if key.kind is not None:
            found[key.kind][key.clash].append(hit.span)
    return {
        kind: {clash: merged(spans) for clash, spans in by_clash.items()}
        for kind, by_clash in found.items()
    }


def _intents(context: CheckContext) -> frozenset[Intent]:
    """What the post wants; words that are too loud beside any event count as cheer."""
    intents = {intent for intent in Intent if context.has_signal(intent)}
    if any(hit.key.kind is None for hit in context.phrase_hits(SOURCE)):
        intents.add(Intent.CHEERFUL)
    return frozenset(intents)


def _verdicts(
    filed: FiledIncident, stage: Stage, words: _Words, context: CheckContext
) -> Iterator[_Verdict]:
    """The judgement of each part of the audience, for each way in which the words clash."""
    incident, draft = filed.incident, context.draft
    # A warning is no tragedy that a post could make something of.
    mention = () if incident.risk else words.named.get(incident.id, ())
    clashes = _outside(words.clashes.get(incident.kind, {}), mention)
    reached = filed.reach.overlap(draft.regions) or {Overlap.NONE: ()}
    account = (draft.organisation or "").casefold()
    for overlap, regions in reached.items():
        for clash, spans in (*clashes.items(), (Clash.NONE, ())):
            situation = Situation(
                withdrawn=False,
                phase=stage.phase,
                mourning=stage.mourning,
                funeral=stage.funeral,
                severity=incident.severity,
                overlap=overlap,
                struck=account in filed.struck,
                mentions=bool(mention),
                clash=clash,
                product=words.product,
                soft=words.soft,
                queued=draft.created_at is not None and draft.created_at < incident.starts_at,
                intents=words.intents,
            )
            judgement = judge(situation)
            if judgement is not None and incident.risk:
                judgement = _of_risk(judgement)
            if judgement is not None:
                marked = {Row.I3: mention, Row.I4: spans, Row.I5: spans, Row.I6: spans}
                found = marked.get(judgement.row, ())
                yield _Verdict(judgement, situation, filed, regions, found)


def _of_risk(judgement: Judgement) -> Judgement | None:
    """What is left of a judgement where nothing has happened yet: a play on it asks for a
    second look, all else is business as usual.
    """
    if judgement.row not in _PLAYS:
        return None
    return replace(judgement, grade=min(judgement.grade, Grade.REVIEW))


def _outside(clashes: Clashes, mention: Sequence[Span]) -> Clashes:
    """The clashes without the words that belong to the event's own name."""
    outside = {
        clash: tuple(
            span
            for span in spans
            if not any(name.start <= span.start and span.end <= name.end for name in mention)
        )
        for clash, spans in clashes.items()
    }
    return {clash: spans for clash, spans in outside.items() if spans}


def _until(verdict: _Verdict, moment: datetime) -> datetime:
    """When something else than now will hold."""
    windows = verdict.filed.windows
    now = stage_at(windows, moment)
    changes = changes_after(windows, moment)
    return next(change for change in changes if stage_at(windows, change) != now)


def _clear(verdict: _Verdict, moment: datetime) -> datetime:
    """From when on the incident gives nothing graver than a note."""
    windows = verdict.filed.windows
    return next(
        change
        for change in changes_after(windows, moment)
        if _grade_in(verdict.situation, stage_at(windows, change)) <= Grade.NOTE
    )


def _grade_in(situation: Situation, stage: Stage) -> Grade:
    then = replace(situation, phase=stage.phase, mourning=stage.mourning, funeral=stage.funeral)
    judgement = judge(then)
    return judgement.grade if judgement is not None else Grade.PASS


def _worth_saying(verdicts: Iterable[_Verdict]) -> Sequence[_Verdict]:
    """The gravest of each incident; the same words in the same row say the same, whichever
    incident they touch.
    """
    told: dict[tuple[Row, tuple[Span, ...]], _Verdict] = {}
    seen: set[str] = set()
    for verdict in sorted(verdicts, key=_gravest_first):
        if verdict.filed.incident.id not in seen:
            seen.add(verdict.filed.incident.id)
            told.setdefault((verdict.judgement.row, verdict.spans), verdict)
    grave = [verdict for verdict in told.values() if verdict.judgement.grade > Grade.NOTE]
    return grave[:MOST] or tuple(told.values())[:1]


def _gravest_first(verdict: _Verdict) -> tuple[int, int, int, str]:
    """Order: by grade, then by row, then by overlap; stable by id."""
    return (
        -verdict.judgement.grade,
        tuple(Row).index(verdict.judgement.row),
        verdict.situation.overlap.steps,
        verdict.filed.incident.id,
    )

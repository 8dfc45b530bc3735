"""Observances: the right words on the wrong day."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from postlint.checks.base import CheckContext, Match, Matcher
from postlint.checks.rule import excerpts, fingerprint, help_url
from postlint.checks.spans import merged
from postlint.events.calendar import Calendar, Occurrence
from postlint.events.grading import SEVERITIES, Grade, Intent
from postlint.events.phrases import CalendarKey
from postlint.events.sensitivity import Judgement, Row, Situation, Touch, judge
from postlint.events.wording import RowWording, Wording
from postlint.finding import Category, EventReference, Finding, Source, Suggestion
from postlint.text.span import Span

SOURCE = "calendar"
"""Under this name the phrases of the calendar are registered in the lexicon."""

MOST = 2
"""Findings a post at most, the gravest: a third day would not change what to do."""

Touches = Mapping[Touch, tuple[Span, ...]]


@dataclass(frozen=True, slots=True)
class _Verdict:
    """The strictest judgement of one observance, and the words it rests on."""

    judgement: Judgement
    occurrence: Occurrence
    spans: tuple[Span, ...]


class ObservanceCheck:
    """Judges a post by the sensitive days near to the moment at which it goes out."""

    def __init__(self, calendar: Calendar, wording: Wording) -> None:
        self._calendar = calendar
        self._wording = wording

    @property
    def rules(self) -> tuple[str, ...]:
        return tuple(_name(row) for row in self._wording.rows.values())

    def run(self, context: CheckContext) -> Iterable[Finding]:
        """At most `MOST` findings, the gravest first; notes only where nothing is graver."""
        touched = _touched(context)
        occurrences = self._occurrences(context, touched)
        if not occurrences:
            return []
        intents = frozenset(intent for intent in Intent if context.has_signal(intent))
        verdicts = (
            _strictest(met, touched.get(name, {}), intents) for name, met in occurrences.items()
        )
        kept = _worth_saying(verdict for verdict in verdicts if verdict is not None)
        return [self._finding(verdict, context.draft.text) for verdict in kept]

    def triggers(self, _signals: Mapping[str, Matcher]) -> None:
        """A day can be wrong for a post that does not name it."""

    def _occurrences(
        self, context: CheckContext, touched: Mapping[str, Touches]
    ) -> Mapping[str, Sequence[Occurrence]]:
        """What is near; and what the text names, however far away it is."""
        regions = context.draft.regions
        found: dict[str, Sequence[Occurrence]] = {}
        for occurrence in self._calendar.occurring(context.moment, regions):
            name = occurrence.observance.id
            found[name] = (*found.get(name, ()), occurrence)
        for name, touches in touched.items():
            if Touch.NAME in touches:
                met = self._calendar.nearest(name, context.moment, regions)
                if met:
                    found[name] = met
        return found

    def _finding(self, verdict: _Verdict, text: str) -> Finding:
        occurrence, judgement = verdict.occurrence, verdict.judgement
        observance = occurrence.observance
        wording = self._wording.rows[judgement.row]
        rule = _name(wording)
        where = self._wording.relations[occurrence.relation]
        spans = excerpts(text, Match(spans=verdict.spans))
        return Finding(
            rule=rule,
            category=Category.TIMING,
            topic=wording.topic,
            severity=SEVERITIES[judgement.grade],
            message=self._wording.fill(wording.message, occurrence),
            why=self._wording.fill(f"{wording.why} {where}", occurrence),
            spans=spans,
            groups=observance.groups or self._wording.kinds[observance.kind],
            suggestions=(Suggestion(advice=self._wording.fill(wording.suggestion, occurrence)),),
            source=Source.EVENT,
            event=EventReference(
                id=observance.id,
                name=observance.name,
                date=occurrence.date.isoformat(),
                zone=occurrence.zone,
            ),
            help_url=help_url(rule),
            fingerprint=fingerprint(f"{rule}:{observance.id}", spans),
        )


def _name(row: RowWording) -> str:
    return f"timing/{row.rule}"


def _touched(context: CheckContext) -> Mapping[str, Touches]:
    """How the text touches which observances, and where.

    Two different bound phrases together name the day: "#NeverForget: $9.11 pizza".
    """
    hits: dict[str, dict[Touch, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for hit in context.phrase_hits(SOURCE):
        key: CalendarKey = hit.key
        hits[key.observance][key.touch].append(hit.span)
    touched: dict[str, Touches] = {}
    for name, by_touch in hits.items():
        touches = {touch: merged(spans) for touch, spans in by_touch.items()}
        bound = touches.get(Touch.BOUND, ())
        words = {context.draft.text[span.start : span.end].casefold() for span in bound}
        if len(words) > 1:
            touches.setdefault(Touch.NAME, bound)
        touched[name] = touches
    return touched


def _strictest(
    occurrences: Iterable[Occurrence], touches: Touches, intents: frozenset[Intent]
) -> _Verdict | None:
    verdicts = _verdicts(occurrences, touches, intents)
    return min(verdicts, key=_gravest_first, default=None)


def _verdicts(
    occurrences: Iterable[Occurrence], touches: Touches, intents: frozenset[Intent]
) -> Iterator[_Verdict]:
    if Touch.PRICE in touches:
        intents |= {Intent.PROMOTION}  # whoever asks that price sells with the date
    for occurrence in occurrences:
        observance = occurrence.observance
        for touch, spans in (*touches.items(), (Touch.NONE, ())):
            judgement = judge(
                Situation(
                    sensitivity=observance.sensitivity,
                    customary=observance.customary,
                    evidence=observance.evidence,
                    relation=occurrence.relation,
                    strength=occurrence.strength,
                    touch=touch,
                    intents=intents,
                )
            )
            if judgement is not None:
                general = judgement.row in (Row.O5, Row.O6)
                yield _Verdict(judgement, occurrence, () if general else spans)


def _worth_saying(verdicts: Iterable[_Verdict]) -> Sequence[_Verdict]:
    """The gravest; the same words in the same row say the same, whichever day they touch."""
    told: dict[tuple[Row, tuple[Span, ...]], _Verdict] = {}
    for verdict in sorted(verdicts, key=_gravest_first):
        told.setdefault((verdict.judgement.row, verdict.spans), verdict)
    grave = [verdict for verdict in told.values() if verdict.judgement.grade > Grade.NOTE]
    return grave[:MOST] or tuple(told.values())[:1]


def _gravest_first(verdict: _Verdict) -> tuple[int, int, int, str]:
    """Order: by grade, then by the more specific row, then by strength; stable by name."""
    occurrence = verdict.occurrence
    return (
        -verdict.judgement.grade,
        tuple(Row).index(verdict.judgement.row),
        occurrence.strength.steps,
        occurrence.observance.id,
    )

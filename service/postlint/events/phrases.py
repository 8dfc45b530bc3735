"""What to look for in a text: every way in which it may touch an observance."""

from collections.abc import Iterator
from dataclasses import dataclass

from postlint.events.calendar import Calendar
from postlint.events.observance import Observance, Sensitivity
from postlint.events.sensitivity import Touch


@dataclass(frozen=True, slots=True)
class CalendarKey:
    """What a phrase found in a text means: it touches this observance, in this way."""

    observance: str
    touch: Touch


def calendar_phrases(calendar: Calendar) -> Iterator[tuple[str, CalendarKey]]:
    """Every phrase of every observance with its key; many phrases have several keys.

    A phrase also carries the keys of its observance's phrases that it contains, so
    that whoever keeps only the longest hit loses nothing: "Juneteenth sale" still
    names Juneteenth.
    """
    for observance in calendar.observances.values():
        keys: dict[str, set[Touch]] = {}
        for phrase, touch in _phrases(observance):
            keys.setdefault(phrase, set()).add(touch)
        folded: dict[str, set[Touch]] = {}
        for phrase, touches in keys.items():
            folded.setdefault(phrase.casefold(), set()).update(touches)
        for phrase in keys:
            touches = {touch for part in _parts(phrase) for touch in folded.get(part, ())}
            for touch in sorted(touches):
                yield phrase, CalendarKey(observance.id, touch)


def _phrases(observance: Observance) -> Iterator[tuple[str, Touch]]:
    for name in observance.names:
        yield name, Touch.NAME
        yield "#" + "".join(filter(str.isalnum, name)), Touch.NAME
        if "'" in name:
            yield name.replace("'", ""), Touch.NAME
    for phrase in observance.bound:
        yield phrase, Touch.BOUND
    for phrase in observance.phrases:
        yield phrase, Touch.PHRASE if " " in phrase else Touch.WORD
    for theme in observance.themes:
        yield theme, Touch.THEME
    if observance.rule.fixed and observance.sensitivity is not Sensitivity.AVOID_THEME:
        yield from ((price, Touch.PRICE) for price in _prices(*observance.rule.fixed))


def _prices(month: int, day: int) -> tuple[str, ...]:
    """The date written as a price: dollars put the month first, euros and pounds the day.

    A double date such as 11.11 is left out: shops use it the whole year round.
    """
    if month == day:
        return ()
    amounts = (f"{day}.{month:02}", f"{day},{month:02}")
    euros = (form.format(amount) for form in ("€{}", "{}€", "{} €") for amount in amounts)
    return (f"${month}.{day:02}", f"£{amounts[0]}", *euros)


def _parts(phrase: str) -> Iterator[str]:
    """The phrase and every run of its words, folded."""
    words = phrase.casefold().split()
    for start in range(len(words)):
        for stop in range(start + 1, len(words) + 1):
            yield " ".join(words[start:stop])

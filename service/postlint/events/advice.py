"""What an observance asks of a planner, in a sentence or two; no draft is needed for it."""

from collections.abc import Iterator

from postlint.events.observance import Custom, Observance, Sensitivity

_BEHAVIOUR = {
    Sensitivity.NO_PROMO: "Tribute and service only: no promotion, no humour, no party tone.",
    Sensitivity.NO_HUMOUR: "No jokes and no party tone; sober business is fine.",
    Sensitivity.AVOID_THEME: "Only what touches the day itself is out of place.",
}
_CUSTOMS = {
    Custom.PROMOTION: "Offers that name the day are customary.",
    Custom.GREETING: "Good wishes are customary.",
}


def advice(observance: Observance) -> str:
    """How to behave, what to keep away from, what is customary all the same."""
    return " ".join(_sentences(observance))


def _sentences(observance: Observance) -> Iterator[str]:
    yield _BEHAVIOUR[observance.sensitivity]
    if observance.themes:
        yield f"Avoid: {', '.join(observance.themes)}."
    words = (*observance.bound, *observance.phrases)
    if words:
        yield f"Reads as a play on it: {', '.join(words)}."
    yield from (_CUSTOMS[custom] for custom in observance.customary)

from postlint.events.calendar import Calendar
from postlint.events.observance import Observance
from postlint.events.phrases import CalendarKey, calendar_phrases
from postlint.events.sensitivity import Touch
from tests.events.conftest import MakeObservance


def touches(observance: Observance) -> dict[str, set[Touch]]:
    found: dict[str, set[Touch]] = {}
    for phrase, key in calendar_phrases(Calendar([observance])):
        assert key.observance == observance.id
        found.setdefault(phrase, set()).add(key.touch)
    return found


def test_a_name_is_also_a_hashtag_and_may_lose_its_apostrophe(
    make_observance: MakeObservance,
) -> None:
    found = touches(make_observance(names=["Martyrs' Day"]))
    assert found["Martyrs' Day"] == {Touch.NAME}
    assert found["#MartyrsDay"] == {Touch.NAME}
    assert found["Martyrs Day"] == {Touch.NAME}


def test_several_words_weigh_more_than_one(make_observance: MakeObservance) -> None:
    found = touches(make_observance(phrases=["rock bottom", "shake"], themes=["earthquake"]))
    assert found["rock bottom"] == {Touch.PHRASE}
    assert found["shake"] == {Touch.WORD}
    assert found["earthquake"] == {Touch.THEME}


def test_a_longer_phrase_still_names_the_day(make_observance: MakeObservance) -> None:
    found = touches(make_observance(names=["Juneteenth"], bound=["juneteenth ice cream"]))
    assert found["juneteenth ice cream"] == {Touch.NAME, Touch.BOUND}


def test_the_date_as_a_price_follows_the_currency(make_observance: MakeObservance) -> None:
    prices = {
        phrase
        for phrase, kinds in touches(make_observance(rule="09-11")).items()
        if Touch.PRICE in kinds
    }
    assert {"$9.11", "£11.09", "€11,09", "11,09 €"} <= prices
    assert "$11.09" not in prices


def test_a_double_date_or_a_moving_one_is_no_price(make_observance: MakeObservance) -> None:
    for rule in ("11-11", "last Mon of May"):
        found = touches(make_observance(rule=rule))
        assert not any(Touch.PRICE in kinds for kinds in found.values())


def test_a_mild_day_has_no_price(make_observance: MakeObservance) -> None:
    found = touches(make_observance(sensitivity="avoid_theme"))
    assert not any(Touch.PRICE in kinds for kinds in found.values())


def test_the_shipped_phrases_are_words_to_look_for(shipped: Calendar) -> None:
    phrases = list(calendar_phrases(shipped))
    assert ("#AnzacDay", CalendarKey("anzac", Touch.BOUND)) in phrases
    assert all(phrase.strip() == phrase and phrase for phrase, _ in phrases)
    assert len(set(phrases)) == len(phrases)

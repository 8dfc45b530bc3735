from dataclasses import replace
from datetime import timedelta

from postlint.events.feeds.register import KEPT, Change, News, Register
from postlint.events.incident import Kind
from tests.events.feeds.conftest import START, MakeBulletin

HOUR = timedelta(hours=1)
LATER = START + HOUR


def news(changes: tuple[Change, ...]) -> list[News]:
    return [change.news for change in changes]


def test_an_event_is_new_once(make_bulletin: MakeBulletin) -> None:
    register = Register()
    assert news(register.take([make_bulletin()], START)) == [News.NEW]
    assert register.take([make_bulletin()], START) == ()


def test_said_again_later_is_no_news_but_graver_is(make_bulletin: MakeBulletin) -> None:
    register = Register()
    register.take([make_bulletin()], START)
    assert register.take([make_bulletin(revision=LATER)], START) == ()
    (change,) = register.take([make_bulletin(revision=LATER + HOUR, severity=4)], START)
    assert change.news is News.UPDATED
    assert change.event.standing[0].severity == 4


def test_an_old_message_does_not_undo_a_newer_one(make_bulletin: MakeBulletin) -> None:
    register = Register()
    newer = make_bulletin(revision=LATER, severity=4)
    assert register.take([newer, make_bulletin(severity=2)], START)[0].event.bulletins == (newer,)
    assert register.take([make_bulletin(severity=2)], START) == ()


def test_any_shared_name_is_the_same_event(make_bulletin: MakeBulletin) -> None:
    register = Register()
    register.take([make_bulletin("usgs:a", "usgs:b")], START)
    (change,) = register.take([make_bulletin("usgs:b", "usgs:c", revision=LATER)], START)
    assert (change.news, change.event.ids) == (News.UPDATED, {"usgs:a", "usgs:b", "usgs:c"})


def test_two_feeds_near_in_space_and_time_tell_of_one_event(make_bulletin: MakeBulletin) -> None:
    register = Register()
    register.take([make_bulletin(regions=())], START)
    gdacs = make_bulletin(
        "gdacs:1", feed="gdacs", coordinates=(21.0, 96.5), starts_at=START + 23 * HOUR
    )
    (change,) = register.take([gdacs], START)
    assert (change.news, len(change.event.bulletins)) == (News.UPDATED, 2)


def test_glide_joins_what_is_far_apart(make_bulletin: MakeBulletin) -> None:
    register = Register()
    register.take([make_bulletin("usgs:a", "glide:EQ-1")], START)
    far = make_bulletin("gdacs:1", "glide:EQ-1", feed="gdacs", coordinates=(0.0, 0.0))
    assert news(register.take([far], START)) == [News.UPDATED]


def test_far_late_other_or_only_threatening_is_another_event(make_bulletin: MakeBulletin) -> None:
    others = (
        {"coordinates": (25.0, 95.9)},
        {"starts_at": START + 25 * HOUR},
        {"kind": Kind.FLOOD_STORM},
        {"warning": True, "ends_at": None},
        {"coordinates": None},
        {"feed": "usgs"},  # a second shock, not a second opinion
    )
    for changes in others:
        register = Register()
        register.take([make_bulletin()], START)
        other = make_bulletin("other:1", **({"feed": "gdacs"} | changes))
        assert news(register.take([other], START)) == [News.NEW], changes


def test_an_event_is_cancelled_when_all_of_its_feeds_take_it_back(
    make_bulletin: MakeBulletin,
) -> None:
    register = Register()
    gdacs = make_bulletin("gdacs:1", feed="gdacs", severity=1)
    register.take([make_bulletin(), gdacs], START)
    (change,) = register.take([make_bulletin(withdrawn=True, revision=LATER)], START)
    assert (change.news, change.event.standing[0].feed) == (News.UPDATED, "gdacs")
    (change,) = register.take([replace(gdacs, withdrawn=True, revision=LATER)], START)
    assert change.news is News.CANCELLED


def test_a_cancelled_event_stays_so_until_something_newer_is_said(
    make_bulletin: MakeBulletin,
) -> None:
    register = Register()
    register.take([make_bulletin()], START)
    register.take([make_bulletin(withdrawn=True, revision=LATER)], START)
    assert register.take([make_bulletin()], START) == ()
    assert news(register.take([make_bulletin(revision=LATER + HOUR)], START)) == [News.NEW]


def test_a_withdrawal_of_what_nobody_knew_is_no_news(make_bulletin: MakeBulletin) -> None:
    assert Register().take([make_bulletin(withdrawn=True)], START) == ()


def test_a_message_may_say_that_two_events_are_one(make_bulletin: MakeBulletin) -> None:
    register = Register()
    register.take([make_bulletin("cap:a"), make_bulletin("cap:b")], START)
    changes = register.take([make_bulletin("cap:a", "cap:b", revision=LATER)], START)
    assert sorted(news(changes)) == [News.CANCELLED, News.UPDATED]


def test_a_warning_ends_with_its_time_and_a_disaster_does_not(make_bulletin: MakeBulletin) -> None:
    register = Register()
    warning = make_bulletin("nws:1", feed="nws", warning=True, ends_at=LATER)
    register.take([make_bulletin(), warning], START)
    assert register.take([], LATER - timedelta(seconds=1)) == ()
    (change,) = register.take([], LATER)
    assert (change.news, change.event.ids) == (News.CANCELLED, {"nws:1"})


def test_what_is_long_over_is_forgotten(make_bulletin: MakeBulletin) -> None:
    register = Register()
    register.take([make_bulletin()], START)
    after = START + KEPT + HOUR
    register.take([make_bulletin("usgs:z", revision=after, starts_at=after)], after)
    assert news(register.take([make_bulletin()], after)) == [News.NEW]

"""Observance findings: the shipped calendar, real phrases, and intents set by hand."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

import pytest

from postlint.checks.base import CheckContext, PhraseHit
from postlint.checks.lexicon import Entry, Lexicon
from postlint.checks.timing import MOST, SOURCE, ObservanceCheck
from postlint.draft import Draft
from postlint.events.grading import Intent
from postlint.events.load import load_calendar, load_wording
from postlint.events.phrases import calendar_phrases
from postlint.finding import Finding, Source
from postlint.resources import rules_folder
from postlint.text.views import build_views

PROMOTION, PRICE, HUMOUR, CHEERFUL, CONDOLENCE, SERVICE, RELIEF = Intent

Lint = Callable[..., list[Finding]]


@dataclass(frozen=True)
class Post:
    """The part of a `CheckContext` that the check looks at, with intents set by hand."""

    draft: Draft
    moment: datetime
    hits: Mapping[str, Sequence[PhraseHit]]
    intents: frozenset[Intent]

    def phrase_hits(self, source: str) -> Sequence[PhraseHit]:
        return self.hits.get(source, ())

    def has_signal(self, name: str) -> bool:
        return name in self.intents


@pytest.fixture(scope="module")
def lint() -> Lint:
    """lint(text, intents, moment, regions) -> findings; the moment is ISO 8601, UTC."""
    folder = rules_folder() / "calendar"
    calendar = load_calendar(folder)
    check = ObservanceCheck(calendar, load_wording(folder))
    lexicon = Lexicon(Entry(SOURCE, phrase, key) for phrase, key in calendar_phrases(calendar))

    def run(
        text: str, intents: Iterable[Intent], moment: str, regions: Sequence[str]
    ) -> list[Finding]:
        post = Post(
            draft=Draft(text=text, regions=tuple(regions)),
            moment=datetime.fromisoformat(moment).replace(tzinfo=UTC),
            hits=lexicon.find(build_views(text)),
            intents=frozenset(intents),
        )
        return list(check.run(cast(CheckContext, post)))

    return run


@pytest.mark.parametrize(
    ("text", "intents", "moment", "regions", "severity", "rule"),
    [
        # Sells with the name of the day, or with two phrases that together name it.
        ("#NeverForget: $9.11 pizza all day", [PROMOTION], "2026-09-11T13:00", ["US"],
         "error", "observance-promotion"),
        ("#NeverForget: $9.11 pizza all day", [PROMOTION], "2026-09-11T13:00", [],
         "error", "observance-promotion"),
        # The price that is the date is the offer.
        ("#NeverForget: $9.11 pizza all day", [PRICE], "2026-09-11T13:00", ["US"],
         "error", "observance-promotion"),
        ("Remembrance Sunday brunch, £20", [PRICE], "2026-11-08T09:00", ["GB"],
         "warning", "observance-promotion"),
        ("Pearl Harbor Day deals are live", [PROMOTION], "2026-12-05T18:00", ["US"],
         "error", "observance-promotion"),
        ("Try our new Juneteenth ice cream", [PROMOTION], "2026-05-23T18:00", ["US"],
         "error", "observance-promotion"),
        ("#AnzacDay special: two for one", [PROMOTION], "2026-04-14T02:00", ["AU"],
         "error", "observance-promotion"),
        ("It's memorial day for Kristallnacht! Treat yourself to more cheese",
         [PROMOTION, CHEERFUL], "2026-11-09T09:00", ["DE"], "error", "observance-promotion"),
        ("Memorial Day sale: 30% off", [PROMOTION], "2026-05-25T15:00", ["US"],
         "warning", "observance-promotion"),
        ("Patriot Day sale", [PROMOTION], "2026-03-01T15:00", ["US"],
         "warning", "observance-promotion"),
        # Wishes a happy one.
        ("Happy Memorial Day!", [CHEERFUL], "2026-05-25T15:00", ["US"],
         "warning", "observance-greeting"),
        # Plays on it.
        ("Tank Day: all tumblers 20% off", [PROMOTION], "2026-05-18T02:00", ["KR"],
         "error", "observance-phrase"),
        ("All burgers $12.07 today", [PROMOTION], "2026-12-07T18:00", ["US"],
         "warning", "observance-phrase"),
        ("Kick off summer with 20% off", [PROMOTION], "2026-05-25T15:00", ["US"],
         "warning", "observance-phrase"),
        # Touches nothing, on a silent and on a sober day.
        ("20% off all coats", [PROMOTION], "2026-09-11T13:00", ["US"],
         "warning", "day-of-mourning"),
        ("Mondays, am I right?", [HUMOUR], "2027-05-04T06:00", ["IL"],
         "error", "day-of-mourning"),
        ("Mondays, am I right?", [HUMOUR], "2026-04-03T12:00", ["GB"],
         "warning", "sober-day"),
        # Speaks of it without selling.
        ("Lest we forget.", [CONDOLENCE], "2026-04-25T02:00", ["AU"],
         "info", "observance-tribute"),
        ("Take a moment to remember #PearlHarbor with us", [], "2026-12-07T18:00", ["US"],
         "info", "observance-tribute"),
    ],
)  # fmt: skip
def test_the_moment_makes_it_wrong(
    lint: Lint,
    text: str,
    intents: list[Intent],
    moment: str,
    regions: list[str],
    severity: str,
    rule: str,
) -> None:
    gravest = lint(text, intents, moment, regions)[0]
    assert (gravest.severity, gravest.rule) == (severity, f"timing/{rule}")


@pytest.mark.parametrize(
    ("text", "intents", "moment", "regions"),
    [
        # Another day, another country, the day's own customs.
        ("$9.11 pizza all day", [PROMOTION], "2026-06-02T13:00", ["US"]),
        ("20% off all coats", [PROMOTION], "2026-09-11T01:00", ["US"]),
        ("20% off all coats", [PROMOTION], "2026-09-10T13:00", ["US"]),
        ("20% off all coats", [PROMOTION], "2026-09-11T13:00", []),
        ("20% off all coats", [PROMOTION], "2026-09-11T13:00", ["DE"]),
        ("Anzac Day special", [PROMOTION], "2026-04-25T02:00", ["US"]),
        ("Happy Mother's Day! 20% off bouquets", [PROMOTION, CHEERFUL], "2026-05-10T15:00", ["US"]),
        ("Ramadan offers: dates and lanterns", [PROMOTION], "2026-02-25T10:00", ["AE"]),
        ("Veterans Day sale", [PROMOTION], "2026-11-11T15:00", ["US"]),
        ("Halloween party tickets", [PROMOTION, CHEERFUL], "2026-10-29T12:00", ["US"]),
        # Hours, help and donations on the day.
        ("We gave $5,000 for the 9/11 memorial.", [PRICE, RELIEF], "2026-09-11T13:00", ["US"]),
        ("We are closed on Memorial Day.", [SERVICE], "2026-05-25T15:00", ["US"]),
        ("Open from one on Anzac Day, see you then!", [SERVICE, CHEERFUL],
         "2026-04-25T02:00", ["AU"]),
    ],
)  # fmt: skip
def test_the_moment_is_fine(
    lint: Lint, text: str, intents: list[Intent], moment: str, regions: list[str]
) -> None:
    findings = lint(text, intents, moment, regions)
    assert [finding for finding in findings if finding.severity != "info"] == []


def test_a_hashtag_far_from_the_date_with_the_price_never_stops_a_post(lint: Lint) -> None:
    findings = lint("#NeverForget: $9.11 pizza", [PROMOTION], "2026-06-02T13:00", ["US"])
    assert all(finding.severity != "error" for finding in findings)


def test_the_finding_names_event_date_zone_words_and_who_is_hurt(lint: Lint) -> None:
    text = "Big news: Anzac Day special, two for one"
    (finding,) = lint(text, [PROMOTION], "2026-04-24T15:00", ["AU", "US"])
    assert finding.source is Source.EVENT
    assert finding.event is not None
    assert finding.event.model_dump() == {
        "id": "anzac",
        "name": "ANZAC Day",
        "date": "2026-04-25",
        "zone": "Australia/Sydney",
    }
    (span,) = finding.spans
    assert (span.text, text[span.start : span.end]) == ("Anzac Day", "Anzac Day")
    assert finding.groups == ("veterans",)
    assert "ANZAC Day" in finding.message
    assert "on the day itself: 25 April 2026 in Australia/Sydney" in finding.why
    assert finding.suggestions[0].advice
    assert finding.help_url == "/rules/timing/observance-promotion"


def test_the_zone_in_which_it_is_the_day_is_named(lint: Lint) -> None:
    (finding,) = lint("20% off all coats", [PROMOTION], "2026-09-12T03:00", ["US"])
    assert finding.event is not None
    assert finding.event.date == "2026-09-11"
    assert finding.event.zone == "America/New_York"


def test_an_untouched_day_marks_no_words(lint: Lint) -> None:
    (finding,) = lint("20% off all coats", [PROMOTION], "2026-09-11T13:00", ["US"])
    assert finding.spans == ()


def test_a_longer_name_is_another_day(lint: Lint) -> None:
    findings = lint("Workers Memorial Day gloves, 10% off", [PROMOTION], "2026-04-28T15:00", ["US"])
    assert [finding.event.id for finding in findings if finding.event] == ["workers_memorial"]


def test_one_day_is_told_once_by_its_strictest_row(lint: Lint) -> None:
    findings = lint("Pearl Harbor Day sale on planes", [PROMOTION], "2026-12-07T18:00", ["US"])
    assert [finding.rule for finding in findings] == ["timing/observance-promotion"]


def test_a_crowded_date_gives_only_the_gravest_findings(lint: Lint) -> None:
    regions = ["AU", "CA", "GB", "FR", "PL", "US", "IN", "KR", "CL", "LY"]
    text = "Remembrance Day, Armistice Day and poppy sale: party with 11:11 deals"
    findings = lint(text, [PROMOTION, HUMOUR], "2026-11-11T12:00", regions)
    ranks = [finding.severity.rank for finding in findings]
    assert 1 < len(findings) <= MOST
    assert ranks == sorted(ranks, reverse=True)


def test_notes_are_left_out_beside_something_graver(lint: Lint) -> None:
    everywhere = ["US", "GB", "DE", "AU"]
    findings = lint("20% off all coats", [PROMOTION], "2026-01-27T12:00", everywhere)
    assert {finding.severity for finding in findings} == {"warning"}


def test_the_same_finding_on_another_day_has_another_fingerprint(lint: Lint) -> None:
    first = lint("20% off", [PROMOTION], "2026-09-11T13:00", ["US"])[0]
    second = lint("20% off", [PROMOTION], "2026-12-07T13:00", ["US"])[0]
    assert first.rule == second.rule
    assert first.fingerprint != second.fingerprint


def test_an_ordinary_promotion_is_left_alone_on_an_ordinary_day(lint: Lint) -> None:
    ordinary = ["2026-02-04", "2026-03-05", "2026-06-02", "2026-07-16", "2026-10-20"]
    for day in ordinary:
        for regions in (["US"], ["GB"], ["DE"], ["AU"], ["IN"], []):
            assert (
                lint("20% off all coats 🎉", [PROMOTION, CHEERFUL], f"{day}T12:00", regions) == []
            )

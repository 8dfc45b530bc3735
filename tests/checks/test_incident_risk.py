"""A warning of a feed: nobody has come to harm, so only a play on it is worth a word."""

from datetime import datetime, timedelta

import pytest

from postlint.bootstrap import compose, lay_foundation, read
from postlint.draft import Draft
from postlint.events.incident import Declaration, Kind
from postlint.finding import Finding, Severity
from postlint.settings import Settings
from tests.support import NOON

START = NOON - timedelta(hours=2)


@pytest.fixture(scope="module", params=[True, False], ids=["risk", "tragedy"])
def risk(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture(scope="module")
def findings(risk: bool) -> dict[str, tuple[Finding, ...]]:
    """What is said of three posts while a storm comes, or has come, to Oregon."""
    foundation = lay_foundation(Settings(model="none"), None)
    foundation.incidents.declare(
        Declaration(
            name="Storm Ines",
            kind=Kind.FLOOD_STORM,
            regions=("US-OR",),
            starts_at=START,
            severity=3,
            risk=risk,
        )
    )
    linter = compose(foundation, read(foundation)).linter
    posts = {
        "play": "Storm of savings! 40% off everything this weekend only, buy now!",
        "business": "New boots are in. 20% off this weekend, buy now!",
        "service": "Our Portland shop is closed today because of the weather.",
    }

    def timing(text: str, now: datetime = NOON) -> tuple[Finding, ...]:
        report = linter.lint(Draft(text=text, regions=("US-OR",)), now)
        return tuple(finding for finding in report.findings if finding.rule.startswith("timing/"))

    return {name: timing(text) for name, text in posts.items()}


def test_a_play_on_it_asks_for_a_second_look_and_is_not_stopped(
    findings: dict[str, tuple[Finding, ...]], risk: bool
) -> None:
    (finding,) = findings["play"]
    assert finding.severity is (Severity.WARNING if risk else Severity.ERROR)


def test_business_goes_on_while_nothing_has_happened(
    findings: dict[str, tuple[Finding, ...]], risk: bool
) -> None:
    assert bool(findings["business"]) is not risk


def test_service_is_always_welcome(findings: dict[str, tuple[Finding, ...]]) -> None:
    assert findings["service"] == ()

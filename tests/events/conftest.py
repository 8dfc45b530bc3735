"""Observances made for a test, and the calendar that ships."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from postlint.events.calendar import Calendar
from postlint.events.load import load_calendar
from postlint.events.observance import Observance
from postlint.resources import rules_folder

MakeObservance = Callable[..., Observance]


@pytest.fixture
def make_observance() -> MakeObservance:
    """Builds an observance; what a test does not say is the mildest that is valid."""

    def make(**fields: Any) -> Observance:
        sane = {
            "id": "test_day",
            "name": "Test Day",
            "names": ["Test Day"],
            "rule": "06-15",
            "regions": ["US"],
            "kind": "disaster",
            "since": 1990,
            "sensitivity": "no_promo",
            "source": "https://example.org/day",
            "evidence": "page",
        }
        return Observance.model_validate(sane | fields)

    return make


@pytest.fixture(scope="session")
def shipped_folder() -> Path:
    """The calendar folder that ships."""
    return rules_folder() / "calendar"


@pytest.fixture(scope="session")
def shipped(shipped_folder: Path) -> Calendar:
    """The calendar that ships."""
    return load_calendar(shipped_folder)

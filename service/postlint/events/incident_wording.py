"""What a reader is told about an incident: texts as data, filled in for one post."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from postlint.events.incident import Kind
from postlint.events.incident_phases import Phase
from postlint.events.incident_sensitivity import Row
from postlint.events.wording import RuleName, spoken
from postlint.finding import Frozen


def _check_placeholders(text: str) -> str:
    try:
        text.format(event="", date="", zone="", until="", clear="")
    except (KeyError, IndexError, ValueError):
        allowed = "{event}, {date}, {zone}, {until} and {clear}"
        raise ValueError(f"only {allowed} may stand in braces") from None
    return text


Template = Annotated[str, Field(min_length=8, max_length=600), AfterValidator(_check_placeholders)]


class IncidentRowWording(Frozen):
    """How the finding of one row reads. rule: its name within the pack "timing"."""

    rule: RuleName
    topic: str
    message: Template
    why: Template
    suggestion: Template


class IncidentWording(Frozen):
    """All texts of the incident findings.

    phases: a sentence that says when it happened and how long the phase lasts; mourning:
    one that is added on a day of mourning; wait: when the post could go instead; kinds:
    the groups that would be hurt; rows: by row.
    """

    phases: Mapping[Phase, Template]
    mourning: Template
    wait: Template
    kinds: Mapping[Kind, tuple[str, ...]]
    rows: Mapping[Row, IncidentRowWording]

    @model_validator(mode="after")
    def _is_complete(self) -> "IncidentWording":
        told = [phase for phase in Phase if phase is not Phase.OVER]
        for name, given, expected in (
            ("phases", self.phases, told),
            ("kinds", self.kinds, list(Kind)),
            ("rows", self.rows, list(Row)),
        ):
            missing = ", ".join(member for member in expected if member not in given)
            if missing:
                raise ValueError(f"{name}: texts are missing for {missing}")
        return self


class Fillings(Frozen):
    """What is put into the texts for one post. until, clear: UTC."""

    event: str
    date: date
    zone: str
    until: datetime
    clear: datetime

    def fill(self, template: str) -> str:
        """A template with everything put in."""
        return template.format(
            event=self.event,
            date=spoken(self.date),
            zone=self.zone,
            until=_moment(self.until),
            clear=_moment(self.clear),
        )


def _moment(instant: datetime) -> str:
    return f"{instant:%Y-%m-%dT%H:%M:%SZ}"

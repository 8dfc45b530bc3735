"""What a reader is told about an observance: texts as data, filled in for one post."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from postlint.events.calendar import Occurrence, Relation
from postlint.events.sensitivity import Row
from postlint.finding import Frozen


def _check_placeholders(text: str) -> str:
    try:
        text.format(event="", date="", zone="")
    except (KeyError, IndexError, ValueError):
        raise ValueError("only {event}, {date} and {zone} may stand in braces") from None
    return text


Template = Annotated[str, Field(min_length=8, max_length=600), AfterValidator(_check_placeholders)]

RuleName = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
"""Name of a rule within its pack."""


class RowWording(Frozen):
    """How the finding of one row reads. rule: its name within the pack "timing"."""

    rule: RuleName
    topic: str
    message: Template
    why: Template
    suggestion: Template


class Wording(Frozen):
    """All texts of the observance findings.

    relations: a sentence that says where the post lies relative to the day; kinds:
    for every kind of observance the groups that would be hurt; rows: by row.
    """

    relations: Mapping[Relation, Template]
    kinds: Mapping[str, tuple[str, ...]]
    rows: Mapping[Row, RowWording]

    @model_validator(mode="after")
    def _is_complete(self) -> "Wording":
        for name, given, expected in (
            ("relations", self.relations, Relation),
            ("rows", self.rows, Row),
        ):
            missing = ", ".join(member for member in expected if member not in given)
            if missing:
                raise ValueError(f"{name}: texts are missing for {missing}")
        return self

    def fill(self, template: str, occurrence: Occurrence) -> str:
        """A template with the event, its date and the zone put in."""
        return template.format(
            event=occurrence.observance.name,
            date=spoken(occurrence.date),
            zone=occurrence.zone,
        )


def spoken(day: date) -> str:
    """The date as a reader would say it: 11 September 2026."""
    return f"{day.day} {day:%B %Y}"

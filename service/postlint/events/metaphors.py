"""Figures of speech that clash with what happened, by the kind of event."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field, model_validator

from postlint.events.incident import Keyword, Kind
from postlint.events.incident_sensitivity import Clash
from postlint.finding import Frozen


@dataclass(frozen=True, slots=True)
class ClashKey:
    """What a phrase found in a text means: so it sounds beside events of this kind; None says
    that it is too loud beside any.
    """

    kind: Kind | None
    clash: Clash


class Figures(Frozen):
    """Phrases of one kind. like: kinds whose phrases count here, too."""

    bound: tuple[Keyword, ...] = ()
    generic: tuple[Keyword, ...] = ()
    like: tuple[Kind, ...] = ()


class Metaphors(Frozen):
    """All phrases by kind, and those that are too loud beside any event."""

    kinds: Mapping[Kind, Figures]
    loud: Annotated[tuple[Keyword, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _knows_every_kind(self) -> "Metaphors":
        missing = ", ".join(kind for kind in Kind if kind not in self.kinds)
        if missing:
            raise ValueError(f"kinds: nothing is said of {missing}")
        nested = [kind for kind, own in self.kinds.items() if self._leads_on(own)]
        if nested:
            raise ValueError(f"kinds.{nested[0]}.like: may not name a kind that itself has 'like'")
        return self

    def phrases(self) -> Iterator[tuple[str, ClashKey]]:
        """Every phrase with its key; a phrase of several kinds has several."""
        for kind, own in self.kinds.items():
            for figures in (own, *(self.kinds[narrow] for narrow in own.like)):
                for phrase in figures.bound:
                    yield phrase, ClashKey(kind, Clash.BOUND)
                for phrase in figures.generic:
                    yield phrase, ClashKey(kind, Clash.GENERIC)
        for phrase in self.loud:
            yield phrase, ClashKey(None, Clash.NONE)

    def _leads_on(self, own: Figures) -> bool:
        return any(self.kinds[narrow].like for narrow in own.like)

"""The one composition root: settings in, a working linter out."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from postlint import __version__
from postlint.checks.base import KnownIncidents
from postlint.checks.incident import SOURCE as METAPHORS
from postlint.checks.incident import IncidentCheck
from postlint.checks.incident_index import NO_INCIDENTS, IncidentWatch
from postlint.checks.lexicon import Entry, Lexicon
from postlint.checks.timing import SOURCE as CALENDAR
from postlint.checks.timing import ObservanceCheck
from postlint.errors import RulesError, SourceError
from postlint.events.calendar import Calendar
from postlint.events.feeds.client import http_client
from postlint.events.feeds.declaring import FeedPolicy
from postlint.events.feeds.desk import IncidentDesk
from postlint.events.feeds.poller import Poller
from postlint.events.feeds.sources import parse_declaring, parse_sources
from postlint.events.incident_wording import IncidentWording
from postlint.events.incidents import IncidentStore, MemoryIncidentStore
from postlint.events.load import (
    load_calendar,
    load_incident_wording,
    load_metaphors,
    load_wording,
)
from postlint.events.own_calendar import read_own_calendar
from postlint.events.phrases import calendar_phrases
from postlint.events.wording import Wording
from postlint.inference.loader import load_scorer
from postlint.inference.scorer import RiskScorer
from postlint.language import detect_language
from postlint.linter import Knowledge, Linter
from postlint.nlp import SpacyParser
from postlint.policy import Policy, resolve
from postlint.report import Gap, Versions
from postlint.resources import model_folder, rules_folder
from postlint.rulepacks.book import POLICY, Loaded, RuleBook
from postlint.rulepacks.catalogue import PackCard, RuleCard, pack_cards, rule_cards
from postlint.rulepacks.compiler import compile_sound
from postlint.rulepacks.loader import digest, read_rules
from postlint.rulepacks.store import PackStore
from postlint.settings import Settings
from postlint.text.masks import MaskIndex

_DEFAULT_POLICY = "default"
"""By which a draft is judged that names none."""

_NAMED = 10
"""Rules that a report names when they could not be loaded."""


@dataclass(frozen=True, slots=True)
class Foundation:
    """What stays when packs change: calendar, incidents and model, loaded once.

    folder: of the shipped packs. store: the packs and policies of one's own. calendar_problems:
    why files of one's own calendar were left out. phrases: of calendar and metaphors.
    watch: what of the incidents judges posts now.
    """

    folder: Path
    store: PackStore
    calendar: Calendar
    wording: Wording
    calendar_version: str
    calendar_problems: tuple[SourceError, ...]
    incident_wording: IncidentWording
    incidents: IncidentStore
    watch: IncidentWatch
    phrases: tuple[Entry, ...]
    parser: SpacyParser
    scorer: RiskScorer | None


@dataclass(frozen=True, slots=True)
class Dates:
    """The calendar, with the days of one's own. folder: of the shipped one. problems: why files
    of one's own were left out.
    """

    calendar: Calendar
    wording: Wording
    folder: Path
    problems: tuple[SourceError, ...]


@dataclass(frozen=True, slots=True)
class Application:
    """What API and CLI work with, new whenever packs change.

    rules_alone: a linter without model, languages and incidents, for what depends on none.
    problems: why rules or policies were left out.
    """

    linter: Linter
    rules_alone: Linter
    book: RuleBook
    rules: Mapping[str, RuleCard]
    packs: Sequence[PackCard]
    calendar: Calendar
    scorer: RiskScorer | None
    problems: Sequence[SourceError]
    left_out: Sequence[str]


def build(settings: Settings) -> Application:
    """Load rules, calendar and the model that the settings name.

    Raises RulesError, SourceError or ModelError, whose texts say what to mend.
    """
    return assemble(settings, load_scorer(settings.model, shipped=model_folder()))


def assemble(settings: Settings, scorer: RiskScorer | None) -> Application:
    """Load rules and calendar and put them together with a loaded model, or none.

    Raises RulesError when anything is wrong with them.
    """
    foundation = lay_foundation(settings, scorer)
    application = compose(foundation, read(foundation))
    if application.problems:
        raise RulesError(application.problems)
    return application


def load_foundation(settings: Settings) -> Foundation:
    """Load the calendar and the model that the settings name.

    Raises RulesError, SourceError or ModelError, whose texts say what to mend.
    """
    return lay_foundation(settings, load_scorer(settings.model, shipped=model_folder()))


def lay_foundation(settings: Settings, scorer: RiskScorer | None) -> Foundation:
    """Load the calendar and put it together with a loaded model, or none."""
    dates = load_dates(settings)
    incidents = MemoryIncidentStore()
    return Foundation(
        folder=settings.rules or rules_folder(),
        store=PackStore(settings.data),
        calendar=dates.calendar,
        wording=dates.wording,
        calendar_version=digest(dates.folder),
        calendar_problems=dates.problems,
        incident_wording=load_incident_wording(_holding("incidents.yml", dates.folder)),
        incidents=incidents,
        watch=IncidentWatch(incidents.snapshot),
        phrases=tuple(_phrases(dates)),
        parser=SpacyParser(),
        scorer=scorer,
    )


def _phrases(dates: Dates) -> Iterator[Entry]:
    for phrase, key in calendar_phrases(dates.calendar):
        yield Entry(CALENDAR, phrase, key)
    for phrase, clash in load_metaphors(_holding("metaphors.yml", dates.folder)).phrases():
        yield Entry(METAPHORS, phrase, clash)


def _holding(name: str, calendar: Path) -> Path:
    """A calendar folder with this file: a calendar of one's own need not repeat it."""
    return calendar if (calendar / name).is_file() else rules_folder() / "calendar"


def load_dates(settings: Settings) -> Dates:
    """Load the shipped calendar and what is sound of one's own, `calendar/` in the data folder.

    Raises RulesError or SourceError where the shipped one is wrong.
    """
    # Packs of one's own need not repeat the calendar.
    given = (settings.rules or rules_folder()) / "calendar"
    folder = given if given.is_dir() else rules_folder() / "calendar"
    wording = load_wording(folder)
    shipped = load_calendar(folder).observances
    own = read_own_calendar(settings.data / "calendar", shipped.keys(), wording.kinds.keys())
    calendar = Calendar([*shipped.values(), *own.observances])
    return Dates(calendar, wording, folder, own.problems)


def feed_poller(settings: Settings, incidents: IncidentStore) -> Poller | None:
    """What follows the feeds that the settings name, or None where they name none.

    Raises SettingsError for a feed that does not exist.
    """
    sources = parse_sources(settings.feeds)
    if not sources:
        return None
    declaring = parse_declaring(settings.feeds_declaring, sources)
    desk = IncidentDesk(incidents, FeedPolicy(declaring))
    return Poller(sources, http_client(settings.feeds_contact), desk, Random())


def read(foundation: Foundation, staged: Path | None = None) -> Loaded:
    """Read the shipped packs and one's own.

    staged: folder of a pack that counts instead of the own one of its name.
    Raises RulesError where there is nothing to judge by.
    """
    packs = foundation.store.packs()
    if staged is not None:
        packs[staged.name] = staged
    return read_rules(foundation.folder, packs.values(), foundation.store.policies)


def compose(foundation: Foundation, loaded: Loaded) -> Application:
    """Put what was read together; what cannot be compiled is left out and told."""
    compiled, loaded = compile_sound(loaded)
    book, wording = loaded.book, foundation.wording
    incident_wording = foundation.incident_wording
    packs = pack_cards(book, wording, incident_wording, foundation.calendar_version)
    knowledge = Knowledge(
        lexicon=Lexicon([*compiled.entries, *foundation.phrases]),
        maskable=MaskIndex(compiled.maskable),
        signals=compiled.signals,
        patterns=compiled.patterns,
        parser=foundation.parser,
        group_labels=book.groups,
        detect_language=detect_language,
    )

    def linter(
        knowledge: Knowledge, scorer: RiskScorer | None, incidents: Callable[[], KnownIncidents]
    ) -> Linter:
        return Linter(
            knowledge=knowledge,
            checks=(
                *compiled.checks,
                ObservanceCheck(foundation.calendar, wording),
                IncidentCheck(incident_wording),
            ),
            policies=_policies(book),
            scorer=scorer,
            versions=Versions(
                postlint=__version__,
                packs={pack.id: pack.version for pack in packs},
                model=scorer.info.version if scorer else None,
                events=0,
            ),
            incidents=incidents,
            gaps=_gaps(loaded.left_out),
        )

    return Application(
        linter=linter(knowledge, foundation.scorer, foundation.watch),
        rules_alone=linter(
            replace(knowledge, detect_language=lambda _text: None), None, lambda: NO_INCIDENTS
        ),
        book=book,
        rules=rule_cards(book, wording, incident_wording),
        packs=packs,
        calendar=foundation.calendar,
        scorer=foundation.scorer,
        problems=(*foundation.calendar_problems, *loaded.problems),
        left_out=loaded.left_out,
    )


def _policies(book: RuleBook) -> Mapping[str, Policy]:
    """Every policy with what it inherits; also the one that no draft can do without."""
    return {_DEFAULT_POLICY: Policy(id=_DEFAULT_POLICY), **resolve(book.policies)}


def _gaps(left_out: Sequence[str]) -> list[Gap]:
    """What every report says when files were left out."""
    policies = [name.removeprefix(POLICY) for name in left_out if name.startswith(POLICY)]
    rules = [name for name in left_out if not name.startswith(POLICY)]
    return [
        Gap(part=part, reason=f"{_counted(names, one, part)} could not be loaded; see /readyz")
        for part, one, names in (("rules", "rule", rules), ("policies", "policy", policies))
        if names
    ]


def _counted(names: Sequence[str], one: str, many: str) -> str:
    """As in "2 rules (acme/x, acme/y)"."""
    shown = ", ".join([*names[:_NAMED], *(["…"] if len(names) > _NAMED else [])])
    return f"{len(names)} {one if len(names) == 1 else many} ({shown})"

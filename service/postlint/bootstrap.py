"""The one composition root: settings in, a working linter out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from postlint import __version__
from postlint.checks.lexicon import Entry, Lexicon
from postlint.checks.timing import SOURCE as CALENDAR
from postlint.checks.timing import ObservanceCheck
from postlint.events.calendar import Calendar
from postlint.events.load import load_calendar, load_wording
from postlint.events.phrases import calendar_phrases
from postlint.inference.loader import load_scorer
from postlint.inference.scorer import RiskScorer
from postlint.language import detect_language
from postlint.linter import Knowledge, Linter
from postlint.nlp import SpacyParser
from postlint.report import Versions
from postlint.resources import model_folder, rules_folder
from postlint.rulepacks.catalogue import PackCard, RuleCard, pack_cards, rule_cards
from postlint.rulepacks.compiler import compile_rules
from postlint.rulepacks.loader import RuleBook, digest, load_rules
from postlint.settings import Settings
from postlint.text.masks import MaskIndex


@dataclass(frozen=True, slots=True)
class Application:
    """Everything that is loaded once: what API and CLI work with."""

    linter: Linter
    book: RuleBook
    rules: Mapping[str, RuleCard]
    packs: Sequence[PackCard]
    calendar: Calendar
    scorer: RiskScorer | None


def build(settings: Settings) -> Application:
    """Load rules, calendar and the model that the settings name.

    Raises RulesError, SourceError or ModelError, whose texts say what to mend.
    """
    return assemble(settings, load_scorer(settings.model, shipped=model_folder()))


def assemble(settings: Settings, scorer: RiskScorer | None) -> Application:
    """Load rules and calendar and put them together with a loaded model, or none."""
    folder = settings.rules or rules_folder()
    book = load_rules(folder)
    compiled = compile_rules(book)
    # Packs of one's own need not repeat the calendar.
    dates = folder / "calendar" if (folder / "calendar").is_dir() else rules_folder() / "calendar"
    calendar, wording = load_calendar(dates), load_wording(dates)
    packs = pack_cards(book, wording, digest(dates))
    phrases = [Entry(CALENDAR, phrase, key) for phrase, key in calendar_phrases(calendar)]
    linter = Linter(
        knowledge=Knowledge(
            lexicon=Lexicon([*compiled.entries, *phrases]),
            maskable=MaskIndex(compiled.maskable),
            signals=compiled.signals,
            patterns=compiled.patterns,
            parser=SpacyParser(),
            group_labels=book.groups,
            detect_language=detect_language,
        ),
        checks=(*compiled.checks, ObservanceCheck(calendar, wording)),
        policies=book.policies,
        scorer=scorer,
        versions=Versions(
            postlint=__version__,
            packs={pack.id: pack.version for pack in packs},
            model=scorer.info.version if scorer else None,
            events=0,
        ),
    )
    return Application(linter, book, rule_cards(book, wording), packs, calendar, scorer)

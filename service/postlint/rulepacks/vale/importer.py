"""`postlint rules import-vale`: a Vale style in, a pack of ours out."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from postlint.checks.base import DocumentParser
from postlint.finding import Category
from postlint.rulepacks.vale.files import check_signals, check_target, write_pack
from postlint.rulepacks.vale.part import NotExpressible, Part
from postlint.rulepacks.vale.proof import Bench, Proven, RuleFile
from postlint.rulepacks.vale.source import ValeRule, read_style
from postlint.rulepacks.vale.translate import translate
from postlint.rulepacks.vale.wording import identifier, rule_id, told


@dataclass(frozen=True, slots=True)
class Target:
    """Where a style goes. folder: of packs; pack: its name, None for the style's own."""

    folder: Path
    pack: str | None
    category: Category
    topic: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one Vale rule: the ids of its rule files, or none; `notes` say what is
    not in them, or why there are none.
    """

    rule: str
    files: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Import:
    """style: its name. pack: the folder that was written, None where there was nothing to
    write. outcomes: one a Vale rule, in order of names.
    """

    style: str
    pack: Path | None
    outcomes: tuple[Outcome, ...]

    @property
    def imported(self) -> int:
        """How many Vale rules became files."""
        return sum(bool(outcome.files) for outcome in self.outcomes)


def import_style(source: Path, target: Target, parser: DocumentParser) -> Import:
    """Write a Vale style as a pack, each rule that can be said with examples that hold.

    parser: for rules on grammar. Nothing is written where nothing can be imported.
    Raises SourceError when the source is no style, or the target is taken or unfit.
    """
    style = read_style(source)
    pack = target.pack or identifier(style.name)
    check_target(target.folder, pack, target.topic)
    work = _Work(style.name, pack, target, parser)
    outcomes = [work.outcome(rule) for rule in style.rules]
    outcomes += [Outcome(name, (), (reason,)) for name, reason in style.unreadable.items()]
    outcomes.sort(key=lambda outcome: outcome.rule.lower())
    written = None
    if work.rules:
        check_signals(target.folder, work.signals)
        about = f"Imported from the Vale style {style.name}, whose licence applies."
        spec = {"id": pack, "title": f"{style.name} (Vale)"[:80], "about": about}
        written = write_pack(target.folder, spec, work.rules, work.signals, target.topic)
    return Import(style.name, written, tuple(outcomes))


class _Work:
    """One import under way. rules, signals: fields of the files to write."""

    def __init__(self, style: str, pack: str, target: Target, parser: DocumentParser) -> None:
        self._style = style
        self._pack = pack
        self._target = target
        self._parser = parser
        self.rules: list[dict[str, Any]] = []
        self.signals: list[dict[str, Any]] = []

    def outcome(self, rule: ValeRule) -> Outcome:
        """Translate and prove one rule."""
        try:
            translation = translate(rule)
            files = [self._file(rule, part) for part in translation.parts]
            self._check_ids(files)
            bench = Bench(self._pack, files, self._parser)
        except NotExpressible as error:
            return Outcome(rule.name, (), error.args)
        notes = list(translation.left_out)
        written: list[str] = []
        for file in files:
            try:
                proven = bench.prove(file)
            except NotExpressible as error:
                which = f"{_looked_for(file)}: " if len(files) > 1 else ""
                notes += [f"{which}{reason}" for reason in error.args]
                continue
            notes += proven.left_out
            written.append(file.id)
            self._keep(proven)
        return Outcome(rule.name, tuple(written), tuple(notes))

    def _keep(self, proven: Proven) -> None:
        self.rules.append(dict(proven.fields))
        if proven.signal is not None:
            self.signals.append(dict(proven.signal))

    def _file(self, rule: ValeRule, part: Part) -> RuleFile:
        name = rule_id(rule, part)
        how = dict(part.how)
        signal = None
        if part.signal is not None:
            signal = {
                "id": f"{self._pack}-{name}",
                "about": f"What the rule {self._pack}/{name} asks for.",
                "kind": "pattern",
                "patterns": [part.signal.pattern],
                "view": "plain",
            }
            how["unless"] = [f"signal:{signal['id']}"]
        fields = {
            "id": name,
            "kind": how.pop("kind"),
            "category": self._target.category.value,
            "topic": self._target.topic,
            **told(rule, self._style, part),
            **how,
        }
        return RuleFile(part, fields, signal)

    def _check_ids(self, files: Sequence[RuleFile]) -> None:
        taken = {rule["id"] for rule in self.rules}
        for file in files:
            if file.id in taken:
                raise NotExpressible(f"another rule of the style is called {file.id!r}, too")
            taken.add(file.id)


def _looked_for(file: RuleFile) -> str:
    """What a file would find, for a reader who knows the Vale rule."""
    patterns = file.fields.get("patterns")
    return " ".join(f"'{pattern}'" for pattern in patterns) if patterns else file.id

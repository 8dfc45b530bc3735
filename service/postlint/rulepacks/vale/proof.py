"""Shows by the linter that rule files do what they say, and gives them their examples.

Nothing is written that the linter has not done: examples are posts in which a rule found
just the words that are marked, and posts in which it found nothing.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import TypeAdapter, ValidationError

from postlint import __version__
from postlint.checks.base import DocumentParser
from postlint.checks.incident_index import NO_INCIDENTS
from postlint.checks.lexicon import Lexicon
from postlint.draft import MAX_TEXT, Draft
from postlint.errors import RulesError
from postlint.finding import Finding
from postlint.linter import Knowledge, Linter
from postlint.policy import Policy
from postlint.report import Versions
from postlint.rulepacks.book import Pack, RuleBook
from postlint.rulepacks.compiler import compile_rules
from postlint.rulepacks.examples import unmark
from postlint.rulepacks.schema import PackSpec, RuleSpec, SignalSpec
from postlint.rulepacks.vale.part import NotExpressible, Part
from postlint.rulepacks.vale.trials import HARMLESS, posts
from postlint.rulepacks.verifier import MOMENT
from postlint.text.masks import MaskIndex
from postlint.text.span import Span

T = TypeVar("T")

_WANTED: Final = 2
"""Examples of each sort, as many as a rule needs."""

_RULE: TypeAdapter[RuleSpec] = TypeAdapter(RuleSpec)
_SIGNAL: TypeAdapter[SignalSpec] = TypeAdapter(SignalSpec)
_UNPROVEN: Final = {"match": ["?", "?"], "no_match": ["?", "?"]}


@dataclass(frozen=True, slots=True)
class RuleFile:
    """A rule file to be, with the signal file that it needs if any: their fields.

    part: where examples come from.
    """

    part: Part
    fields: Mapping[str, Any]
    signal: Mapping[str, Any] | None = None

    @property
    def id(self) -> str:
        return str(self.fields["id"])


@dataclass(frozen=True, slots=True)
class Proven:
    """Complete fields of a rule file and of its signal. left_out: what did not hold."""

    fields: Mapping[str, Any]
    signal: Mapping[str, Any] | None
    left_out: tuple[str, ...]


class Bench:
    """A linter over a few rule files to be."""

    def __init__(self, pack: str, files: Sequence[RuleFile], parser: DocumentParser) -> None:
        """NotExpressible where a file has not the form of a rule."""
        self._pack = pack
        self._parser = parser
        self._linter = _linter(pack, files, parser)

    def prove(self, file: RuleFile) -> Proven:
        """The file with examples that hold; NotExpressible where there are not enough."""
        if file.part.grammar and not self._parser.trained_available:
            raise NotExpressible("it needs grammar: install postlint[nlp] and import it again")
        terms, left_out = self._holding_terms(file)
        match = list(islice(dict.fromkeys(self._matches(file)), _WANTED))
        if len(match) < _WANTED:
            raise NotExpressible("no two posts could be made that the linter finds it in")
        quiet = (text for text in _near_posts(file.part) if self._is_quiet(file, text))
        no_match = list(islice(dict.fromkeys(quiet), _WANTED))
        if len(no_match) < _WANTED:
            raise NotExpressible("it finds something in every post that was tried")
        examples = {"match": match, "no_match": no_match}
        fields = {**file.fields, **terms, "examples": examples}
        _checked(_RULE, fields)
        return Proven(fields, self._proven_signal(file), left_out)

    def _holding_terms(self, file: RuleFile) -> tuple[dict[str, Any], tuple[str, ...]]:
        """The terms that the linter finds, and why others are left out.

        A replacement in which the rule finds something again becomes a note.
        """
        if file.fields["kind"] != "terms":
            return {}, ()
        kept: list[Any] = []
        left_out: list[str] = []
        for term, phrase in zip(file.fields["terms"], file.part.samples, strict=True):
            if not any(place in self._spans(file, text) for text, place in posts(phrase)):
                left_out.append(f"{phrase!r}: the linter does not find it")
            elif isinstance(term, dict) and self._findings(file, term["replacement"]):
                kept.append({"term": phrase, "note": f"Write {term['replacement']}."})
            else:
                kept.append(term)
        if not kept:
            raise NotExpressible("the linter finds none of its words")
        return {"terms": kept}, tuple(left_out)

    def _matches(self, file: RuleFile) -> Iterator[str]:
        """Posts with what the rule finds in them marked: one of each sample, then more."""
        if file.part.whole:
            yield from (
                marked for text in file.part.samples if (marked := self._marked(file, text, None))
            )
            return
        more: list[Iterator[str]] = []
        for turn, sample in enumerate(file.part.samples):
            marked_posts = (
                marked
                for text, place in posts(sample, turn)
                if (marked := self._marked(file, text, place))
            )
            first = next(marked_posts, None)
            if first is not None:
                yield first
                more.append(marked_posts)
        yield from chain.from_iterable(more)

    def _marked(self, file: RuleFile, text: str, place: Span | None) -> str | None:
        """The post as an example, if the rule finds what it should: a phrase just where it
        stands, anything else within the words that were put there.
        """
        found = self._findings(file, text)
        if not found or not self._is_mended(file, text, found):
            return None
        kind = file.fields["kind"]
        if kind == "shape":
            return _as_example(text, [])
        spans = sorted(self._spans(file, text))
        if kind == "terms" and spans != [place]:
            return None
        if place is not None and (spans[0].start < place.start or spans[-1].end > place.end):
            return None
        return _as_example(text, spans)

    def _is_mended(self, file: RuleFile, text: str, found: Sequence[Finding]) -> bool:
        """Whether each replacement leaves less to find."""
        swaps = (swap for finding in found for swap in finding.suggestions if swap.replacement)
        return all(
            len(self._findings(file, f"{text[: swap.start]}{swap.replacement}{text[swap.end :]}"))
            < len(found)
            for swap in swaps
        )

    def _is_quiet(self, file: RuleFile, text: str) -> bool:
        """Whether it is an example of what the rule leaves alone."""
        return bool(text.strip()) and unmark(text)[0] == text and not self._findings(file, text)

    def _findings(self, file: RuleFile, text: str) -> list[Finding]:
        if not text.strip() or len(text) > MAX_TEXT or "\x00" in text:
            return []
        findings = self._linter.raw_findings(Draft(text=text), MOMENT)
        return [finding for finding in findings if finding.rule == f"{self._pack}/{file.id}"]

    def _spans(self, file: RuleFile, text: str) -> set[Span]:
        found = self._findings(file, text)
        return {Span(span.start, span.end) for finding in found for span in finding.spans}

    def _proven_signal(self, file: RuleFile) -> Mapping[str, Any] | None:
        if file.signal is None or file.part.signal is None:
            return None
        name = file.signal["id"]
        samples = file.part.signal.samples
        around = (text for sample in samples for text, _ in posts(sample))
        texts = (text for text in chain(samples, around) if unmark(text)[0] == text)
        given = list(islice((text for text in texts if self._gives(name, text)), _WANTED))
        quiet = list(islice((text for text in HARMLESS if not self._gives(name, text)), _WANTED))
        if len(given) < _WANTED or len(quiet) < _WANTED:
            raise NotExpressible("no two posts could be made that hold what silences it")
        return {**file.signal, "examples": {"match": given, "no_match": quiet}}

    def _gives(self, name: str, text: str) -> bool:
        return bool(self._linter.signal_matches(Draft(text=text), MOMENT, name))


def _linter(pack: str, files: Sequence[RuleFile], parser: DocumentParser) -> Linter:
    rules = {file.id: _checked(_RULE, {**file.fields, "examples": _UNPROVEN}) for file in files}
    signals = [file.signal for file in files if file.signal is not None]
    spec = PackSpec(id=pack, title=pack, about=pack)
    book = RuleBook(
        groups={},
        topics={},
        packs={pack: Pack(spec, "", rules)},
        signals={
            signal["id"]: _checked(_SIGNAL, {**signal, "examples": _UNPROVEN}) for signal in signals
        },
        policies={},
        files=defaultdict(Path),
    )
    try:
        compiled = compile_rules(book)
        lexicon = Lexicon(compiled.entries)
    except (RulesError, ValueError) as error:
        raise NotExpressible(f"it does not compile: {error}") from None
    return Linter(
        knowledge=Knowledge(
            lexicon=lexicon,
            maskable=MaskIndex(compiled.maskable),
            signals=compiled.signals,
            patterns=compiled.patterns,
            parser=parser,
            group_labels={},
            detect_language=lambda _text: None,
        ),
        checks=compiled.checks,
        policies={"default": Policy(id="default")},
        scorer=None,
        versions=Versions(postlint=__version__, packs={}, model=None, events=0),
        incidents=lambda: NO_INCIDENTS,
    )


def _checked(adapter: TypeAdapter[T], fields: Mapping[str, Any]) -> T:
    try:
        return adapter.validate_python(dict(fields))
    except ValidationError as error:
        problem = error.errors(include_url=False)[0]
        field = ".".join(str(part) for part in problem["loc"][1:])
        raise NotExpressible(f"no rule of ours may say {field}: {problem['msg']}") from None


def _near_posts(part: Part) -> Iterator[str]:
    if part.whole:
        yield from part.near
    else:
        for turn, words in enumerate(part.near):
            yield next(posts(words, turn))[0]
    yield from HARMLESS
    yield from part.near


def _as_example(text: str, spans: Sequence[Span]) -> str | None:
    """The text with [[the spans]] marked, unless brackets of its own confuse that."""
    pieces: list[str] = []
    position = 0
    for span in spans:
        pieces += [text[position : span.start], "[[", text[span.start : span.end], "]]"]
        position = span.end
    marked = "".join([*pieces, text[position:]])
    return marked if unmark(marked) == (text, tuple(spans)) else None

"""Specs in, matchers and checks out: the one place that knows every kind."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count
from typing import assert_never

from postlint.checks.base import Check, Matcher, PatternFinders
from postlint.checks.combination import CombinationMatcher
from postlint.checks.conditions import ConditionalMatcher
from postlint.checks.lexicon import Entry, TermDetail, TermsMatcher, searchable
from postlint.checks.model import ModelMatcher
from postlint.checks.pattern import PatternIndex, PatternMatcher
from postlint.checks.rule import RuleCheck
from postlint.checks.shape import ShapeMatcher
from postlint.checks.tokens import TokensMatcher, check_patterns
from postlint.checks.validity import VALIDATORS
from postlint.errors import RulesError, SourceError
from postlint.finding import Source
from postlint.rulepacks.book import SIGNAL, Loaded, RuleBook
from postlint.rulepacks.references import settle
from postlint.rulepacks.schema import (
    CombinationMatching,
    Matching,
    ModelMatching,
    ModelRule,
    PatternMatching,
    RuleSpec,
    ShapeMatching,
    TermsMatching,
    TokensMatching,
)

_TRAINED_ATTRIBUTES = frozenset({"POS", "TAG", "DEP", "LEMMA", "MORPH", "ENT_TYPE", "ENT_IOB"})


@dataclass(frozen=True, slots=True)
class CompiledRules:
    """What a linter needs of a rule book.

    entries: phrases for the lexicon; maskable: words to find with letters masked;
    signals: by name; patterns: by view; checks: one a rule.
    """

    entries: tuple[Entry, ...]
    maskable: tuple[str, ...]
    signals: dict[str, Matcher]
    patterns: PatternFinders
    checks: tuple[Check, ...]


class _Compiler:
    def __init__(self, book: RuleBook) -> None:
        self._near = {name for name, signal in book.signals.items() if signal.reach == "near"}
        self._explaining = _explaining_heads(book)
        self.entries: list[Entry] = []
        self.maskable: list[str] = []
        numbers = count()
        self.folded = PatternIndex(numbers)
        self.plain = PatternIndex(numbers)

    def matcher(self, name: str, spec: Matching) -> Matcher:
        """name: reference of the rule or signal; it names its phrases in the lexicon."""
        inner = self._inner(name, spec)
        excepted_by = self._register(f"{name}!except", spec.exceptions)
        if not (spec.unless or excepted_by or spec.platforms or spec.reply is not None):
            return inner
        return ConditionalMatcher(
            inner=inner,
            unless=tuple(name for name in _names(spec.unless) if name not in self._near),
            unless_near=tuple(name for name in _names(spec.unless) if name in self._near),
            excepted_by=excepted_by,
            platforms=spec.platforms,
            reply=spec.reply,
        )

    def _inner(self, name: str, spec: Matching) -> Matcher:
        match spec:
            case TermsMatching():
                return self._terms(name, spec)
            case PatternMatching():
                index = self.plain if spec.view == "plain" else self.folded
                expressions = dict(index.add(pattern) for pattern in spec.patterns)
                anchored_by = self._register(f"{name}!anchor", spec.anchors)
                is_valid = VALIDATORS[spec.valid] if spec.valid else None
                return PatternMatcher(expressions, anchored_by, spec.view == "plain", is_valid)
            case TokensMatching():
                source = f"{name}!anchor"
                self._register(source, spec.anchors)
                patterns = [list(pattern) for pattern in spec.tokens]
                check_patterns(patterns)
                return TokensMatcher(name, patterns, source, _needs_training(patterns))
            case CombinationMatching():
                in_sentence = spec.within == "sentence"
                return CombinationMatcher(_names(spec.all), _names(spec.any), in_sentence)
            case ShapeMatching():
                return ShapeMatcher(spec.measure, spec.over, dict(spec.limits))
            case ModelMatching():
                rivals = self._explaining.get(spec.explains or "", ())
                is_rule = isinstance(spec, ModelRule)
                explained_by = self._explaining.get(spec.head, ()) if is_rule else ()
                return ModelMatcher(spec.head, spec.threshold, spec.explains, rivals, explained_by)
            case _:
                assert_never(spec)

    def _terms(self, name: str, spec: TermsMatching) -> TermsMatcher:
        for term in spec.terms:
            if isinstance(term, str):
                detail = TermDetail(term)
            else:
                detail = TermDetail(
                    term.term, term.groups, term.note, term.replacement, term.severity
                )
            self._enter(name, detail.text, detail)
            word = detail.text.removesuffix("*")
            if spec.maskable and word.isalpha():
                self.maskable.append(word)
        return TermsMatcher(name, spec.case_sensitive)

    def _register(self, source: str, phrases: Iterable[str]) -> str | None:
        known = len(self.entries)
        for phrase in phrases:
            self._enter(source, phrase, None)
        return source if len(self.entries) > known else None

    def _enter(self, source: str, phrase: str, key: TermDetail | None) -> None:
        searchable(phrase)
        self.entries.append(Entry(source, phrase, key))


def compile_sound(loaded: Loaded) -> tuple[CompiledRules, Loaded]:
    """Compile all that can be compiled; what cannot is left out with all that needs it."""
    while True:
        try:
            return compile_rules(loaded.book), loaded
        except RulesError as error:
            loaded = settle(loaded.without(error.problems))


def compile_rules(book: RuleBook) -> CompiledRules:
    """Compile a rule book; raises RulesError naming each file that cannot be compiled."""
    compiler = _Compiler(book)
    problems: list[SourceError] = []
    signals: dict[str, Matcher] = {}
    checks: list[Check] = []
    for name, signal in book.signals.items():
        reference = f"{SIGNAL}{name}"
        try:
            signals[name] = compiler.matcher(reference, signal)
        except ValueError as error:
            problems.append(SourceError(book.files[reference], None, str(error)))
    for name, rule in book.rules():
        try:
            checks.append(_check(name, rule, compiler.matcher(name, rule)))
        except ValueError as error:
            problems.append(SourceError(book.files[name], None, str(error)))
    if problems:
        raise RulesError(problems)
    compiler.folded.seal()
    compiler.plain.seal()
    return CompiledRules(
        entries=tuple(compiler.entries),
        maskable=tuple(compiler.maskable),
        signals=signals,
        patterns=PatternFinders(compiler.folded, compiler.plain),
        checks=tuple(checks),
    )


def _check(name: str, rule: RuleSpec, matcher: Matcher) -> RuleCheck:
    return RuleCheck(
        rule=name,
        category=rule.category,
        topic=rule.topic,
        severity=rule.severity,
        groups=rule.groups,
        message=rule.message,
        why=rule.why,
        suggestion=rule.suggestion,
        source=Source.MODEL if rule.kind == "model" else Source.RULE,
        matcher=matcher,
    )


def _explaining_heads(book: RuleBook) -> dict[str, tuple[str, ...]]:
    """By head that is explained: the heads of the rules that explain it."""
    found: dict[str, tuple[str, ...]] = {}
    for _, rule in book.rules():
        if isinstance(rule, ModelMatching) and rule.explains is not None:
            found[rule.explains] = (*found.get(rule.explains, ()), rule.head)
    return found


def _names(references: Iterable[str]) -> tuple[str, ...]:
    return tuple(reference.removeprefix("signal:") for reference in references)


def _needs_training(patterns: list[list[dict[str, object]]]) -> bool:
    return any(
        attribute.upper() in _TRAINED_ATTRIBUTES
        for pattern in patterns
        for token in pattern
        for attribute in token
    )

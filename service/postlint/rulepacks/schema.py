"""The form of a rule, a signal and a pack, as written in YAML.

Frozen and strict: an unknown field is an error, so a typing mistake never turns a
rule off. What a file means is decided in `compiler`; here is only what it may say.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from postlint.draft import Platform
from postlint.finding import Category, Severity

Identifier = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
SignalReference = Annotated[str, Field(pattern=r"^signal:[a-z0-9]+(-[a-z0-9]+)*$")]
Title = Annotated[str, Field(max_length=80)]
About = Annotated[str, Field(max_length=600)]
Phrase = Annotated[str, Field(min_length=1, max_length=200, pattern=r"\S")]


class Spec(BaseModel):
    """Base of everything that is written in a rule file."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ExampleDraft(Spec):
    """An example that needs more than its text."""

    text: str
    platform: Platform = Platform.OTHER
    in_reply_to: str | None = None
    organisation: str | None = None
    media: tuple[dict[str, Any], ...] = ()


Example = Annotated[str | ExampleDraft, Field(union_mode="left_to_right")]


class Examples(Spec):
    """Texts that a rule must find, with [[the exact words]] marked, and near misses.

    At least two of each, or the rule does not load: a rule that is never shown
    what it must leave alone will cry wolf.
    """

    match: Annotated[tuple[Example, ...], Field(min_length=2)]
    no_match: Annotated[tuple[Example, ...], Field(min_length=2)]


class Term(Spec):
    """One phrase of a terms rule, with what is special about it.

    term: the phrase; a trailing * stands for any ending of its last word.
    groups, note, replacement, severity: used instead of or beside the rule's own.
    """

    term: Phrase
    groups: tuple[Identifier, ...] = ()
    note: str | None = None
    replacement: str | None = None
    severity: Severity | None = None


class _Matching(Spec):
    """How to look, whatever the kind: conditions that every kind shares.

    unless: signals that silence the match: from anywhere in the post, or from near it,
    as the signal's `reach` says.
    exceptions: phrases that make a match harmless when they cover it.
    platforms: only on these; reply: only in answers (true) or only in posts (false).
    """

    unless: tuple[SignalReference, ...] = ()
    exceptions: tuple[Phrase, ...] = ()
    platforms: tuple[Platform, ...] = ()
    reply: bool | None = None


class TermsMatching(_Matching):
    """Phrases, matched on word edges in every view of the text.

    maskable: also find the words with letters masked, as in f*ck.
    case_sensitive: the original text must have the term's own capitals.
    """

    kind: Literal["terms"]
    terms: Annotated[tuple[Phrase | Term, ...], Field(min_length=1)]
    maskable: bool = False
    case_sensitive: bool = False


class PatternMatching(_Matching):
    """RE2 expressions on the folded (or the plain) text.

    A named group "span" limits what is marked. anchors: phrases of which at
    least one must occur before the expressions are tried. valid: what is marked must also
    pass the check digits or the numbering plan of such a number.
    """

    kind: Literal["pattern"]
    patterns: Annotated[tuple[Annotated[str, Field(min_length=1)], ...], Field(min_length=1)]
    anchors: tuple[Phrase, ...] = ()
    view: Literal["folded", "plain"] = "folded"
    valid: Literal["iban", "payment-card", "phone-number"] | None = None


class TokensMatching(_Matching):
    """spaCy Matcher patterns; tried only when an anchor occurs."""

    kind: Literal["tokens"]
    tokens: Annotated[tuple[tuple[dict[str, Any], ...], ...], Field(min_length=1)]
    anchors: Annotated[tuple[Phrase, ...], Field(min_length=1)]


class CombinationMatching(_Matching):
    """Signals that are only wrong together.

    all: every one must be present; any: at least one, where given;
    within: in the whole post, or in one sentence.
    """

    kind: Literal["combination"]
    all: tuple[SignalReference, ...] = ()
    any: tuple[SignalReference, ...] = ()
    within: Literal["post", "sentence"] = "post"

    @model_validator(mode="after")
    def _has_a_condition(self) -> "CombinationMatching":
        if not self.all and not self.any:
            raise ValueError("name at least one signal under 'all' or 'any'")
        return self


class ShapeMatching(_Matching):
    """A measure of the whole post above a limit.

    limits: per platform, where `over` is not the same everywhere.
    """

    kind: Literal["shape"]
    measure: Literal["length", "hashtags", "capitals", "emoji-run", "missing-alt-text"]
    over: Annotated[int, Field(ge=0)] | None = None
    limits: dict[Platform, Annotated[int, Field(ge=0)]] = {}

    @model_validator(mode="after")
    def _has_a_limit(self) -> "ShapeMatching":
        if self.over is None and not self.limits:
            raise ValueError("give 'over' or 'limits'")
        return self


class ModelMatching(_Matching):
    """A head of the model over its threshold.

    head: name of a head, an intent ("intent:promotion") or a group ("group:women").
    threshold: probability in (0, 1); without it the model's measured one counts.
    explains: a head that says that something is wrong, but not what. Where it is over its
    threshold, of all rules that explain it the one with the likeliest head speaks for it.
    """

    kind: Literal["model"]
    head: str
    threshold: Annotated[float, Field(gt=0, lt=1)] | None = None
    explains: str | None = None


class _Message(Spec):
    """What a rule tells the reader."""

    id: Identifier
    category: Category
    topic: Identifier
    severity: Severity
    groups: tuple[Identifier, ...] = ()
    message: Annotated[str, Field(min_length=8, max_length=200)]
    why: Annotated[str, Field(min_length=20, max_length=600)]
    suggestion: Annotated[str, Field(max_length=400)] | None = None
    examples: Examples
    references: tuple[str, ...] = ()


class _SignalHead(Spec):
    """What a signal is: a name for something that a text does, without a message.

    reach: how far it silences rules that name it under `unless`: "near" stands for the
    same or a neighbouring sentence.
    """

    id: Identifier
    about: Annotated[str, Field(min_length=8, max_length=300)]
    reach: Literal["post", "near"] = "post"
    examples: Examples


class TermsRule(_Message, TermsMatching): ...


class PatternRule(_Message, PatternMatching): ...


class TokensRule(_Message, TokensMatching): ...


class CombinationRule(_Message, CombinationMatching): ...


class ShapeRule(_Message, ShapeMatching): ...


class ModelRule(_Message, ModelMatching): ...


class TermsSignal(_SignalHead, TermsMatching): ...


class PatternSignal(_SignalHead, PatternMatching): ...


class TokensSignal(_SignalHead, TokensMatching): ...


class CombinationSignal(_SignalHead, CombinationMatching): ...


class ShapeSignal(_SignalHead, ShapeMatching): ...


class ModelSignal(_SignalHead, ModelMatching): ...


RuleSpec = Annotated[
    TermsRule | PatternRule | TokensRule | CombinationRule | ShapeRule | ModelRule,
    Field(discriminator="kind"),
]
SignalSpec = Annotated[
    TermsSignal | PatternSignal | TokensSignal | CombinationSignal | ShapeSignal | ModelSignal,
    Field(discriminator="kind"),
]
Matching = (
    TermsMatching
    | PatternMatching
    | TokensMatching
    | CombinationMatching
    | ShapeMatching
    | ModelMatching
)


class PackSpec(Spec):
    """pack.yml: what a folder of rules is about."""

    id: Identifier
    title: Title
    about: About


class LabelSpec(Spec):
    """A group or a topic: the words that a reader sees for an id."""

    label: Annotated[str, Field(min_length=2, max_length=100)]

"""What a translation makes of a Vale rule: rule files to be, and what it leaves out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


class NotExpressible(Exception):  # noqa: N818 - an answer, not a fault
    """A Vale rule that no kind of ours can say; its arguments are the reasons, for people."""


@dataclass(frozen=True, slots=True)
class SignalPart:
    """A signal that silences a part. pattern: on the plain text; samples: texts that give it."""

    pattern: str
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One rule file to be.

    how: the kind and how it looks, as in a rule file.
    samples: words that it probably finds, each a term in a part of kind terms; near: words
    that it probably leaves alone. Both are put into posts, or are posts where `whole`.
    suffix: what its id adds to the Vale rule's; empty for its main part.
    found, wanted: what the message shows as found and as better, where that is one thing.
    advice: what to do instead. grammar: whether it needs the trained pipeline.
    """

    how: Mapping[str, Any]
    samples: tuple[str, ...]
    near: tuple[str, ...] = ()
    suffix: str = ""
    whole: bool = False
    found: str | None = None
    wanted: str | None = None
    advice: str | None = None
    grammar: bool = False
    signal: SignalPart | None = None


@dataclass(frozen=True, slots=True)
class Translation:
    """left_out: what of the rule is not in the parts, each with the reason."""

    parts: tuple[Part, ...]
    left_out: tuple[str, ...] = ()

"""What authors allow in plain text and Markdown: comments that are no part of the post."""

import re
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from postlint.draft import Allowance
from postlint.errors import SourceError
from postlint.text.span import Mapped, Rewriting

_FORM = (
    "a postlint comment must read <!-- postlint: allow pack/rule -- reason -->, "
    "or with until=2026-12-31 after the rule"
)

_COMMENT = re.compile(r"<!--\s*postlint\b(?P<said>(?:(?!-->).)*+)(?P<end>-->)?", re.DOTALL)

_SAID = re.compile(
    r"\s*:\s*allow\s+(?P<rule>\S+)(?:\s+until=(?P<until>\S+))?\s+--\s+(?P<reason>\S.*)", re.DOTALL
)

_ONE = r"<!--\s*postlint\b(?:(?!-->).)*+-->"

_REMOVED = re.compile(
    rf"\A(?:\s*+{_ONE})++\s*+"
    rf"|(?<!\s)(?:\s*+{_ONE})++\s*+\Z"
    rf"|^(?:[ \t]*+{_ONE})++[ \t]*+(?:\r?\n)?"
    rf"|(?<![ \t])[ \t]*+{_ONE}(?=\s|\Z)"
    rf"|{_ONE}",
    re.DOTALL | re.MULTILINE,
)
"""Comments with the white space that is there for them: around those at either end of the
text, the line of those which have one to themselves, else the spaces before, so that words
on both sides stay as far apart as without the comment."""


def read_allowances(path: str, line: int, passage: str) -> Iterator[Allowance]:
    """What the comments of a passage allow; it begins on this line (1-based) of the file.

    Raises SourceError at a comment for postlint that cannot be understood.
    """
    for comment in _COMMENT.finditer(passage):
        here = line + passage.count("\n", 0, comment.start())
        said = _SAID.fullmatch(comment["said"]) if comment["end"] else None
        if said is None:
            raise SourceError(Path(path), here, _FORM)
        fields = {**said.groupdict(), "reason": " ".join(said["reason"].split())}
        try:
            yield Allowance.model_validate(fields)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            problem = first["msg"].removeprefix("Value error, ")
            raise SourceError(Path(path), here, f"{first['loc'][0]}: {problem}") from None


def without_comments(passage: str) -> Mapped:
    """The passage as it will be published, with the way back to the passage."""
    text = Rewriting()
    position = 0
    for removed in _REMOVED.finditer(passage):
        text.keep(passage[position : removed.start()], position)
        position = removed.end()
    text.keep(passage[position:], position)
    return text.mapped(len(passage))

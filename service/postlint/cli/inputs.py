"""Drafts from files: plain text, Markdown with front matter, JSON lines."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import frontmatter
from pydantic import ValidationError

from postlint.cli.allowances import read_allowances, without_comments
from postlint.draft import Draft
from postlint.errors import SourceError
from postlint.formatters.place import Place
from postlint.text.span import unmoved

_MARKDOWN = frozenset({".md", ".markdown", ".mdx"})
_JSON_LINES = frozenset({".jsonl", ".ndjson"})


@dataclass(frozen=True, slots=True)
class Located:
    """A draft and where it stands."""

    place: Place
    draft: Draft


def read_drafts(path: str, content: str, given: Mapping[str, Any]) -> Iterator[Located]:
    """The drafts of one file.

    given: fields from the command line; they win over what the file says.
    Raises SourceError that names line and field when a draft is not valid.
    """
    suffix = Path(path).suffix.lower()
    if suffix in _JSON_LINES:
        yield from _json_lines(path, content, given)
    elif suffix in _MARKDOWN:
        yield _markdown(path, content, given)
    else:
        yield _commented(path, 1, content.rstrip("\r\n"), {}, given)


def _json_lines(path: str, content: str, given: Mapping[str, Any]) -> Iterator[Located]:
    for number, line in enumerate(content.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            fields = json.loads(line)
        except ValueError as error:
            raise SourceError(Path(path), number, f"is not JSON: {error}") from None
        if not isinstance(fields, dict):
            raise SourceError(Path(path), number, "must be a JSON object with a text")
        draft = _draft(path, number, fields, given)
        offsets = unmoved(draft.text).offsets
        yield Located(Place(path, number, draft.text, offsets, one_line=True), draft)


def _markdown(path: str, content: str, given: Mapping[str, Any]) -> Located:
    content = content.replace("\r\n", "\n")  # as frontmatter does: else its body is not found
    try:
        metadata, body = frontmatter.parse(content)
    except Exception as error:  # any error of the YAML parser behind frontmatter
        raise SourceError(Path(path), 1, f"front matter is not YAML: {error}") from None
    line = content[: content.rindex(body)].count("\n") + 1
    # A content file has fields of its own (title, tags); only ours are read.
    fields = {key: value for key, value in metadata.items() if key in Draft.model_fields}
    return _commented(path, line, body, fields, given)


def _commented(
    path: str, line: int, passage: str, fields: Mapping[str, Any], given: Mapping[str, Any]
) -> Located:
    """The draft in a passage that may hold comments for postlint."""
    comments = list(read_allowances(path, line, passage))
    allowed = fields.get("allow", [])
    if isinstance(allowed, list):  # else it is said to be wrong with the other fields
        allowed = [*allowed, *comments]
    text, offsets = without_comments(passage)
    draft = _draft(path, 1, {**fields, "text": text, "allow": allowed}, given)
    return Located(Place(path, line, passage, offsets), draft)


def _draft(path: str, line: int, fields: Mapping[str, Any], given: Mapping[str, Any]) -> Draft:
    try:
        return Draft.model_validate({**fields, **given})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        message = first["msg"].removeprefix("Value error, ")
        raise SourceError(Path(path), line, f"{field}: {message}") from None

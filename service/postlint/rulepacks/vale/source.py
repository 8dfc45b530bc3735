"""A Vale style as it lies on disk: a folder, each .yml file in it a rule.

What a field means is decided by the translation; here is only what it may be. Unknown
fields are left alone: Vale's own versions differ in what they know.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from postlint.errors import SourceError
from postlint.yaml_file import parse_yaml


def _text(value: Any) -> Any:
    """A scalar as it was written: `- 404` is a word here, too."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int | float) else value


def _several(value: Any) -> Any:
    """A list; one scalar stands for a list of it, nothing for an empty one."""
    if value is None:
        return ()
    return (value,) if isinstance(value, str | int | float) else value


def _lower_keys(value: Any) -> Any:
    """Vale does not mind the capitals of field names."""
    return {str(key).lower(): item for key, item in value.items()} if _is_map(value) else value


def _is_map(value: Any) -> bool:
    return isinstance(value, Mapping)


_Text = Annotated[str, BeforeValidator(_text)]
_Texts = Annotated[tuple[_Text, ...], BeforeValidator(_several)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Word(_Part):
    """One word of a sequence: what it says (a regular expression), what part of speech it
    is (Penn tags, also one), how many words may stand before it.
    """

    pattern: _Text = ""
    tag: _Text = ""
    upos: _Text = ""
    negate: bool = False
    skip: int = 0
    min: int = 1


class Action(_Part):
    """What Vale offers to do about a finding."""

    name: _Text = ""
    params: _Texts = ()


class ValeRule(_Part):
    """One rule; `name` is its file's name, every other field one of Vale's."""

    name: str
    extends: _Text
    message: _Text = ""
    level: Literal["suggestion", "warning", "error"] = "warning"
    description: _Text = ""
    link: _Text = ""
    scope: _Texts = ()
    action: Action = Action()
    ignorecase: bool = False
    nonword: bool = False
    append: bool = False
    tokens: Annotated[tuple[_Text | Word, ...], BeforeValidator(_several)] = ()
    raw: _Texts = ()
    exceptions: _Texts = ()
    swap: dict[_Text, _Text] = {}
    token: _Text = ""
    max: Annotated[int, Field(ge=0)] = 0
    min: Annotated[int, Field(ge=0)] = 0
    first: _Text = ""
    second: _Text = ""
    match: _Text = ""


@dataclass(frozen=True, slots=True)
class Style:
    """name: of its folder. rules: in order of names. unreadable: why, by file name."""

    name: str
    rules: tuple[ValeRule, ...]
    unreadable: Mapping[str, str]


def read_style(folder: Path) -> Style:
    """The rules of a style folder.

    Raises SourceError when there is none in it, naming the styles in its folders if any.
    """
    paths = sorted(folder.glob("*.yml"))
    if not paths:
        below = sorted({path.parent.name for path in folder.glob("*/*.yml")})
        hint = f"; give one of the folders in it: {', '.join(below)}" if below else ""
        raise SourceError(folder, None, f"is no Vale style: no .yml file lies in it{hint}")
    rules: list[ValeRule] = []
    unreadable: dict[str, str] = {}
    for path in paths:
        try:
            rules.append(_read(path))
        except ValueError as error:
            unreadable[path.stem] = str(error)
    return Style(folder.resolve().name, tuple(rules), unreadable)


def _read(path: Path) -> ValeRule:
    """One rule; ValueError says what is wrong with its file."""
    try:
        data = _lower_keys(parse_yaml(path.read_text(encoding="utf-8-sig")))
    except yaml.MarkedYAMLError as error:
        line = f"line {error.problem_mark.line + 1}: " if error.problem_mark else ""
        raise ValueError(f"is not YAML: {line}{error.problem}") from None
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ValueError(f"cannot be read: {error}") from None
    if not _is_map(data):
        raise ValueError("is no Vale rule: not a list of fields")
    try:
        return ValeRule.model_validate({**data, "name": path.stem})
    except ValidationError as error:
        problem = error.errors(include_url=False)[0]
        field = ".".join(str(part) for part in problem["loc"])
        raise ValueError(f"is no Vale rule: {field}: {problem['msg']}") from None

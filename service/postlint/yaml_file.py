"""Reads a YAML file into a checked spec, and writes one; every problem says path, line and
excerpt.

YAML 1.2, so that `no` stays a word and `1:20` a time of day: PyYAML's C parser with
the core schema of 1.2 in place of its own rules. A hundred rule files are read while
a parser in Python reads eight.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from postlint.errors import SourceError

T = TypeVar("T")

KINDS = frozenset({"terms", "pattern", "tokens", "combination", "shape", "model"})
"""Kinds of rules, of which pydantic names one in the place of a problem."""

_CORE_SCHEMA = {
    "null": (r"null|Null|NULL|~|", "nN~"),
    "bool": (r"true|True|TRUE|false|False|FALSE", "tTfF"),
    "int": (r"[-+]?[0-9]+", "-+0123456789"),
    "float": (r"[-+]?(\.[0-9]+|[0-9]+\.[0-9]*)([eE][-+]?[0-9]+)?", "-+.0123456789"),
}
"""What a plain scalar may be besides a string, and the characters it may begin with.
Source: YAML 1.2.2, 10.3.2; octal, hexadecimal and infinite numbers are left out."""


class _Loader(yaml.CSafeLoader):
    # Its own, or the rules of YAML 1.1 would come along.
    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - read by PyYAML on the class

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """As usual, but a key given twice is an error: one of the two would be lost."""
        seen = set()
        for key, _ in node.value:
            if key.value in seen:
                problem = f"{key.value!r} is given twice"
                raise yaml.MarkedYAMLError(problem=problem, problem_mark=key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


for _name, (_form, _first) in _CORE_SCHEMA.items():
    _Loader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_name}", re.compile(f"(?:{_form})$"), [*_first, ""]
    )


def _construct_int(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> int:
    """012 is twelve; PyYAML would take it for octal."""
    return int(str(loader.construct_scalar(node)))


_Loader.add_constructor("tag:yaml.org,2002:int", _construct_int)


def parse_yaml(text: str) -> Any:
    """The value of one YAML document; yaml.YAMLError where it is none."""
    return yaml.load(text, _Loader)


def read_spec(path: Path, adapter: TypeAdapter[T]) -> T:
    """The file as what the adapter describes.

    Raises SourceError with the line of the first problem and the values that would
    be allowed.
    """
    text = _read(path)
    data = _parse(path, text)
    try:
        return adapter.validate_python(data)
    except ValidationError as error:
        problems = error.errors(include_url=False)
        # A field that does not exist explains best why another one is missing.
        first = min(problems, key=lambda problem: problem["type"] != "extra_forbidden")
        location = list(first["loc"])
        if location and location[0] in KINDS:  # the tag of the union, no field of the file
            location = location[1:]
        line = line_of(text, location)
        problem = _problem(first, location)
        raise SourceError(path, line, problem, _excerpt(text, line), location) from None


def write_yaml(path: Path, fields: Mapping[str, Any]) -> None:
    """Write fields as people would, so that they are read back as they are."""
    text = yaml.dump(dict(fields), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)
    path.write_text(text, encoding="utf-8")


class _Dumper(yaml.SafeDumper):
    """Quotes all that YAML 1.1 and 1.2 may read differently: whatever begins otherwise
    than with a letter.
    """


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = None if text[:1].isalpha() else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _represent_text)


def problem_at(path: Path, field: Sequence[str | int], problem: str) -> SourceError:
    """What is wrong with a field of a YAML file, with its line and excerpt."""
    try:
        text = _read(path)
        line = line_of(text, field)
    except (SourceError, yaml.YAMLError):  # it has changed since it was read
        return SourceError(path, None, problem, field=field)
    return SourceError(path, line, problem, _excerpt(text, line), field)


def line_of(text: str, location: Sequence[Any]) -> int:
    """1-based line of the innermost part of `location` that stands in the YAML text."""
    node = yaml.compose(text, _Loader)
    line = 1
    for part in location:
        found = _child(node, part)
        if found is None:
            break
        line, node = found
    return line


def _child(node: yaml.Node | None, part: Any) -> tuple[int, yaml.Node] | None:
    """Line and value of one part of a mapping or a sequence."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(part):
                return key.start_mark.line + 1, value
    elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        value = node.value[part]
        return value.start_mark.line + 1, value
    return None


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise SourceError(path, None, f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise SourceError(path, None, "cannot be read: it is not UTF-8") from None


def _parse(path: Path, text: str) -> Any:
    try:
        return parse_yaml(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise SourceError(
            path, line, f"is not YAML: {error.problem}", _excerpt(text, line)
        ) from None
    except yaml.YAMLError as error:
        raise SourceError(path, None, f"is not YAML: {error}") from None
    except (RecursionError, TypeError, ValueError) as error:
        # Nested without end, a list as a key, a number of thousands of digits.
        raise SourceError(path, None, f"is no rule file: {type(error).__name__}") from None


def _excerpt(text: str, line: int | None) -> str:
    lines = text.splitlines()
    return lines[line - 1].strip() if line is not None and line <= len(lines) else ""


def _problem(error: Mapping[str, Any], location: Iterable[Any]) -> str:
    field = ".".join(str(part) for part in location) or "file"
    if error["type"] == "extra_forbidden":
        return f"{field}: there is no such field here"
    if error["type"] in ("union_tag_not_found", "union_tag_invalid"):
        return f"kind: must be one of {', '.join(sorted(KINDS))}"
    return f"{field}: {error['msg']}"

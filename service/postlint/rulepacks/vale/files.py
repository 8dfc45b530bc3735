"""A pack on disk: what is written, and what must be there before."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from postlint.errors import SourceError
from postlint.rulepacks.loader import POLICIES, SIGNALS
from postlint.rulepacks.schema import Identifier, LabelSpec
from postlint.yaml_file import read_spec, write_yaml

_IDENTIFIER: TypeAdapter[str] = TypeAdapter(Identifier)
_LABELS: TypeAdapter[dict[str, LabelSpec]] = TypeAdapter(dict[str, LabelSpec])

_NO_PACKS: Final = frozenset({SIGNALS, POLICIES, "calendar"})
"""Folders of a rules folder that are something else."""

_START: Final = {
    "topics.yml": "{topic}: {{label: house style}}\n",
    "groups.yml": "{{}}\n",
    "policies/default.yml": "id: default\nabout: Nothing is graded otherwise.\n",
}
"""What a folder of rules cannot do without, by file."""


def check_target(folder: Path, pack: str, topic: str) -> None:
    """SourceError where a name is none, the pack is there already, or the folder does not
    know the topic.
    """
    for option, name in (("--pack", pack), ("--topic", topic)):
        if not _is_identifier(name):
            problem = f"{name!r} is no name: give one in a-z, 0-9 and - with {option}"
            raise SourceError(folder, None, problem)
    if pack in _NO_PACKS or (folder / pack).exists():
        raise SourceError(folder / pack, None, "is taken already; --pack gives another name")
    topics = folder / "topics.yml"
    known = read_spec(topics, _LABELS) if topics.exists() else {topic: None}
    if topic not in known:
        raise SourceError(
            topics,
            None,
            f"has no topic {topic!r}: add a line `{topic}: {{label: …}}`, "
            "or choose one of its own with --topic",
        )


def _is_identifier(name: str) -> bool:
    try:
        _IDENTIFIER.validate_python(name)
    except ValidationError:
        return False
    return True


def check_signals(folder: Path, signals: Sequence[Mapping[str, Any]]) -> None:
    """SourceError where one of them is there already."""
    for signal in signals:
        path = folder / SIGNALS / f"{signal['id']}.yml"
        if path.exists():
            raise SourceError(path, None, "exists already; --pack gives another name")


def write_pack(
    folder: Path,
    pack: Mapping[str, Any],
    rules: Sequence[Mapping[str, Any]],
    signals: Sequence[Mapping[str, Any]],
    topic: str,
) -> Path:
    """Write a pack that `check_target` allows, and whatever the folder lacks to be loaded.

    Returns the folder of the pack.
    """
    for name, text in _START.items():
        if not (folder / name).exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text.format(topic=topic), encoding="utf-8")
    target = folder / str(pack["id"])
    target.mkdir()
    write_yaml(target / "pack.yml", pack)
    for rule in rules:
        write_yaml(target / f"{rule['id']}.yml", rule)
    for signal in signals:
        (folder / SIGNALS).mkdir(exist_ok=True)
        write_yaml(folder / SIGNALS / f"{signal['id']}.yml", signal)
    return target

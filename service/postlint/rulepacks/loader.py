"""Folders of packs, read and checked: groups, topics, signals, rules, policies.

One rule is one file, a pack is a folder with a pack.yml; nothing else lists them. A file
that is wrong is left out with all that needs it, and the rest is loaded.
"""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter

from postlint.errors import RulesError, SourceError
from postlint.policy import Policy
from postlint.rulepacks.book import POLICY, SIGNAL, Loaded, Pack, RuleBook
from postlint.rulepacks.references import settle
from postlint.rulepacks.schema import LabelSpec, PackSpec, RuleSpec, SignalSpec
from postlint.yaml_file import problem_at, read_spec

T = TypeVar("T")

SIGNALS = "signals"
POLICIES = "policies"
PACK_FILE = "pack.yml"

TIMING = "timing"
"""The pack of the calendar's rules, whose texts stand in calendar/findings.yml."""

_LABELS: TypeAdapter[dict[str, LabelSpec]] = TypeAdapter(dict[str, LabelSpec])
_PACK: TypeAdapter[PackSpec] = TypeAdapter(PackSpec)
_RULE: TypeAdapter[RuleSpec] = TypeAdapter(RuleSpec)
_SIGNAL: TypeAdapter[SignalSpec] = TypeAdapter(SignalSpec)
_POLICY: TypeAdapter[Policy] = TypeAdapter(Policy)


def load_rules(folder: Path) -> RuleBook:
    """Read a rules folder of which everything must be right.

    Raises RulesError with all problems: files that are not YAML, unknown fields or
    values, ids that do not name their file, references to what does not exist.
    """
    loaded = read_rules(folder)
    if loaded.problems:
        raise RulesError(loaded.problems)
    return loaded.book


def read_rules(
    folder: Path, own_packs: Iterable[Path] = (), own_policies: Path | None = None
) -> Loaded:
    """Read all that is sound of a rules folder, with folders of own packs and one of own
    policies beside it.

    Raises RulesError where groups.yml or topics.yml cannot be read: they are no rules,
    and without them none can be judged.
    """
    reader = _Reader()
    groups, topics = _labels(folder / "groups.yml"), _labels(folder / "topics.yml")
    signals = reader.members(folder / SIGNALS, _SIGNAL, SIGNAL)
    policies = reader.members(folder / POLICIES, _POLICY, POLICY)
    shipped = shipped_packs(folder)
    for pack_file in sorted(folder.glob(f"*/{PACK_FILE}")):
        reader.pack(pack_file.parent, own=False)
    for path in own_packs:
        if path.name in shipped:
            problem = f"id: {path.name!r} is a pack that ships with postlint; take another name"
            reader.leave_out(path, problem_at(path / PACK_FILE, ["id"], problem))
        else:
            reader.pack(path, own=True)
    if own_policies is not None:
        for key, policy in reader.members(own_policies, _POLICY, POLICY, policies).items():
            policies[key] = policy
    book = RuleBook(groups, topics, reader.packs, signals, policies, reader.files)
    return settle(Loaded(book, tuple(reader.problems), frozenset(reader.known)))


def shipped_packs(folder: Path) -> frozenset[str]:
    """Ids that the packs of a rules folder and the calendar have taken."""
    return frozenset({TIMING, *(path.parent.name for path in folder.glob(f"*/{PACK_FILE}"))})


def digest(folder: Path) -> str:
    """12 hex digits that change with any YAML file in the folder or below."""
    state = hashlib.sha256()
    for path in sorted(folder.rglob("*.yml")):
        state.update(path.relative_to(folder).as_posix().encode() + b"\0")
        try:
            state.update(path.read_bytes() + b"\0")
        except OSError:  # whoever reads the file says so
            state.update(b"\0")
    return state.hexdigest()[:12]


def _labels(path: Path) -> dict[str, str]:
    try:
        specs = read_spec(path, _LABELS)
    except SourceError as problem:
        raise RulesError([problem]) from None
    return {key: spec.label for key, spec in specs.items()}


class _Reader:
    """Reads folders and collects every problem instead of stopping at the first."""

    def __init__(self) -> None:
        self.problems: list[SourceError] = []
        self.packs: dict[str, Pack] = {}
        self.files: dict[str, Path] = {}
        self.known: set[str] = set()

    def pack(self, folder: Path, *, own: bool) -> None:
        """Read a folder of rules; without a sound pack.yml all of them are left out."""
        try:
            spec = self._named(folder / PACK_FILE, _PACK, folder.name, "folder")
        except SourceError as problem:
            self.leave_out(folder, problem)
            return
        rules = self.members(folder, _RULE, f"{spec.id}/")
        self.packs[spec.id] = Pack(spec, digest(folder), rules, own)

    def leave_out(self, folder: Path, problem: SourceError) -> None:
        """Note why no rule of this folder is there."""
        self.problems.append(problem)
        self.known.update(f"{folder.name}/{path.stem}" for path in _rule_files(folder))

    def members(
        self,
        folder: Path,
        adapter: TypeAdapter[T],
        prefix: str,
        taken: Mapping[str, object] | None = None,
    ) -> dict[str, T]:
        """The sound files of a folder by the id inside, which must be the file's name.

        prefix: what makes a reference of an id. taken: ids that ship with postlint.
        """
        members: dict[str, T] = {}
        for path in _rule_files(folder):
            name = f"{prefix}{path.stem}"
            try:
                if path.stem in (taken or {}):
                    raise problem_at(path, ["id"], f"id: {path.stem!r} ships with postlint")
                members[path.stem] = self._named(path, adapter, path.stem, "file")
            except SourceError as problem:
                self.problems.append(problem)
            else:
                self.files[name] = path
            self.known.add(name)
        return members

    def _named(self, path: Path, adapter: TypeAdapter[T], name: str, what: str) -> T:
        spec = read_spec(path, adapter)
        if spec.id != name:  # type: ignore[attr-defined]
            raise problem_at(path, ["id"], f"id: must be {name!r}, the name of the {what}")
        return spec


def _rule_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*.yml") if path.name != PACK_FILE)

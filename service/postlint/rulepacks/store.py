"""Packs and policies of one's own: where they lie on disk, and how a pack is replaced whole.

A pack is a folder, and no system renames one folder over another. So it is written aside,
the old one is moved aside, and the new one moved in; whoever dies between the two moves
leaves the old one where `settle` finds it.
"""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from postlint.errors import StoreBusyError
from postlint.rulepacks.loader import PACK_FILE, POLICIES
from postlint.rulepacks.schema import PackSpec, RuleSpec
from postlint.yaml_file import write_yaml

PATIENCE = 30.0
"""Seconds that a writer waits for another one."""

Fingerprint = frozenset[tuple[str, int, int, int]]
"""Path, inode, time of change in ns and size of every file; equal where nothing changed."""


class PackStore:
    """The folder `data`: packs/<id>/ and policies/. It is made by the first write."""

    def __init__(self, data: Path) -> None:
        self.folder = data
        self.policies = data / POLICIES
        self.packs_folder = data / "packs"
        self._work = data / ".work"

    def packs(self) -> dict[str, Path]:
        """The folders of packs by their names, in order."""
        if not self.packs_folder.is_dir():
            return {}
        folders = (path for path in self.packs_folder.iterdir() if path.is_dir())
        return {path.name: path for path in sorted(folders) if not path.name.startswith(".")}

    def fingerprint(self) -> Fingerprint:
        """What tells whether a pack or a policy has changed, without reading it."""
        packs = (path for form in ("*", "*/*.yml") for path in self.packs_folder.glob(form))
        return frozenset(_state(path) for path in (*packs, *self.policies.glob("*.yml")))

    @contextmanager
    def locked(self) -> Iterator[None]:
        """One writer at a time, in all processes.

        Raises StoreBusyError when another one does not end within `PATIENCE`.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(self.folder / ".lock", timeout=PATIENCE):
                self._clear()
                try:
                    yield
                finally:
                    self._clear()
        except Timeout:
            raise StoreBusyError("another pack is being written") from None

    def settle(self) -> None:
        """Put back what a writer that died had moved aside; waits for one that lives."""
        if self._work.is_dir():
            with self.locked():
                pass

    def stage(self, spec: PackSpec, rules: Mapping[str, RuleSpec]) -> Path:
        """Write a pack aside, to be looked at and moved in by `replace`. Needs the lock."""
        folder = self._work / "new" / spec.id
        write_pack(folder, spec, rules)
        return folder

    def replace(self, staged: Path) -> None:
        """Move a staged pack in, in place of the one of its name. Needs the lock."""
        target, old = self.packs_folder / staged.name, self._work / "old" / staged.name
        for folder in (self.packs_folder, old.parent):
            folder.mkdir(parents=True, exist_ok=True)
        if target.exists():
            target.rename(old)
        staged.rename(target)
        _flush(self.packs_folder)

    def remove(self, pack: str) -> None:
        """Delete a pack whole. Needs the lock."""
        gone = self._work / "gone"
        gone.mkdir(parents=True)
        (self.packs_folder / pack).rename(gone / pack)
        _flush(self.packs_folder)

    def _clear(self) -> None:
        """Put back what was moved aside and not replaced; throw away the rest."""
        for old in self._work.glob("old/*"):
            if not (self.packs_folder / old.name).exists():
                old.rename(self.packs_folder / old.name)
        if self._work.exists():
            shutil.rmtree(self._work)


def write_pack(folder: Path, spec: PackSpec, rules: Mapping[str, RuleSpec]) -> None:
    """Write a pack as people would, one file a rule, so that it survives a power cut."""
    folder.mkdir(parents=True)
    write_yaml(folder / PACK_FILE, _fields(spec))
    for name, rule in rules.items():
        write_yaml(folder / f"{name}.yml", _fields(rule))
    for path in folder.iterdir():
        _flush(path)
    _flush(folder)


def _fields(spec: PackSpec | RuleSpec) -> dict[str, Any]:
    """As the author gave them, the id first."""
    fields = spec.model_dump(mode="json", exclude_unset=True)
    first: dict[str, Any] = {key: fields[key] for key in ("id", "kind") if key in fields}
    return {**first, **fields}


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _state(path: Path) -> tuple[str, int, int, int]:
    try:
        found = path.stat()
    except OSError:  # gone since it was listed
        return str(path), 0, 0, 0
    return str(path), found.st_ino, found.st_mtime_ns, found.st_size

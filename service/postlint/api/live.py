"""What the service answers with now, and how it follows the packs on disk.

Linter and judge are replaced together, in one assignment: whoever has begun with the old
ones ends with them, and nobody waits.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import structlog
from anyio import CapacityLimiter
from anyio.to_thread import run_sync

from postlint.api.judge import Judge
from postlint.bootstrap import Application, Foundation, compose, read
from postlint.rulepacks.store import Fingerprint

T = TypeVar("T")

EVERY = 1.0
"""Seconds between two looks at the packs on disk."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Serving:
    """An application and the judge that asks its linter."""

    application: Application
    judge: Judge


class Live:
    """Serves what lies on disk. Making one loads the packs.

    threads: how many drafts are judged at once. max_text: longest text in code points.
    Raises RulesError where there is nothing to judge by.
    """

    def __init__(self, foundation: Foundation, threads: int, max_text: int) -> None:
        self.foundation = foundation
        self._limiter = CapacityLimiter(threads)
        self._max_text = max_text
        self._changing = asyncio.Lock()
        self._seen: Fingerprint = frozenset()
        self.current = self._load()

    def place(self, path: Path) -> str:
        """A file of the packs as people know it, from their folder on."""
        for folder in (self.foundation.store.folder, self.foundation.folder):
            if path.is_relative_to(folder):
                return path.relative_to(folder).as_posix()
        return path.name

    async def watch(self) -> None:
        """Follow the packs on disk, for ever: other processes and editors change them."""
        while True:
            await asyncio.sleep(EVERY)
            async with self._changing:
                try:
                    await run_sync(self._follow)
                except Exception as error:
                    # Whatever it is, the old packs still judge; the next look tries again.
                    _log.error("packs not read", kind=type(error).__name__)

    async def change(self, work: Callable[[], T]) -> T:
        """Do something to the packs in a thread, one at a time, and serve what is then there.

        work: may hand the application that it made to `serve`, or nothing when nothing changed.
        """
        async with self._changing:
            return await run_sync(work)

    def serve(self, application: Application) -> None:
        """Answer with this from now on. Called with the lock of the store."""
        self._seen = self.foundation.store.fingerprint()
        self.current = self._serving(application)

    def _follow(self) -> None:
        if self.foundation.store.fingerprint() != self._seen:
            self.current = self._load()

    def _load(self) -> Serving:
        """Read until nothing changes meanwhile."""
        store = self.foundation.store
        store.settle()
        while True:
            before = store.fingerprint()
            application = compose(self.foundation, read(self.foundation))
            if store.fingerprint() == before:
                self._seen = before
                return self._serving(application)

    def _serving(self, application: Application) -> Serving:
        for found in application.problems:
            _log.warning(
                "rule left out",
                file=self.place(found.path),
                line=found.line,
                problem=found.problem,
            )
        packs = application.linter.versions.packs
        _log.info("packs", rules=len(application.rules), packs=len(packs))
        return Serving(application, Judge(application.linter, self._limiter, self._max_text))

"""Takes in a pack: nothing is accepted that does not hold, and nothing is half accepted."""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice
from pathlib import Path
from typing import Annotated

from pydantic import Field

from postlint.api.live import Live
from postlint.api.problems import FieldError, RefusedError, problem, unprocessable
from postlint.bootstrap import Application, Foundation, compose, read
from postlint.errors import SourceError, StoreBusyError
from postlint.finding import Frozen
from postlint.linter import Linter
from postlint.resources import evaluation_folder
from postlint.rulepacks.impact import Impact, Judgement, Specimen, compare, judge, read_specimens
from postlint.rulepacks.loader import shipped_packs
from postlint.rulepacks.references import needs_model
from postlint.rulepacks.schema import About, PackSpec, RuleSpec, Spec, Title
from postlint.rulepacks.store import PackStore, write_pack
from postlint.rulepacks.verifier import verify_rule

MOST_RULES = 5_000
"""Rules of one pack."""

MOST_ERRORS = 100
"""Errors that one answer lists."""

_NOT_A_RULE = "pack"
"""Its file would be the one that describes the pack."""


class PackSubmission(Spec):
    """A pack as it is to be; the rules as in rule files."""

    title: Title
    about: About
    rules: Annotated[tuple[RuleSpec, ...], Field(max_length=MOST_RULES)]


class Published(Frozen):
    """A pack that holds. version: digest of its files. rules: how many it has. written: it
    is on disk and judges; False after a dry run. impact: what it changes on drafts written
    to measure postlint, judged by rules and calendar.
    """

    id: str
    version: str
    rules: int
    written: bool
    impact: Impact


def publish(live: Live, pack: str, submission: PackSubmission, *, dry_run: bool) -> Published:
    """Prove a pack, write it in place of the own one of its name and serve it.

    Takes seconds: call it by `live.change`. dry_run: prove it and write nothing.
    Raises RefusedError: 409 where the name is taken, 422 where something does not hold,
    503 where it cannot be written.
    """
    _refuse_shipped(live.foundation, pack)
    spec = PackSpec(id=pack, title=submission.title, about=submission.about)
    rules = _by_id(submission.rules)
    with _writable(), _staged(live.foundation.store, spec, rules, dry_run) as folder:
        application = _Proof(live.foundation, folder, tuple(rules)).application()
        before = _judged(live.current.application.rules_alone)
        impact = compare(_specimens(), before, _judged(application.rules_alone))
        if not dry_run:
            live.foundation.store.replace(folder)
            live.serve(application)
    version = application.book.packs[pack].version
    return Published(id=pack, version=version, rules=len(rules), written=not dry_run, impact=impact)


def withdraw(live: Live, pack: str) -> None:
    """Delete an own pack and serve without it. Call it by `live.change`.

    Raises RefusedError: 404 where there is none, 409 where it ships with postlint, 503
    where it cannot be deleted.
    """
    _refuse_shipped(live.foundation, pack)
    store = live.foundation.store
    if pack not in store.packs():
        raise RefusedError(problem(404, "There is no such pack; GET /v1/packs lists them."))
    with _writable(), store.locked():
        if pack in store.packs():  # nobody was faster
            store.remove(pack)
        live.serve(compose(live.foundation, read(live.foundation)))


@dataclass(frozen=True, slots=True)
class _Proof:
    """Whether a staged pack holds beside all others. rules: ids in the caller's order."""

    foundation: Foundation
    folder: Path
    rules: Sequence[str]

    def application(self) -> Application:
        """What serves the pack. RefusedError where it does not load, compile or hold."""
        loaded = read(self.foundation, self.folder)
        self._refuse(loaded.problems)
        application = compose(self.foundation, loaded)
        self._refuse(application.problems)
        self._refuse(list(islice(self._failing_examples(application), MOST_ERRORS)))
        return application

    def _failing_examples(self, application: Application) -> Iterator[SourceError]:
        book = application.book
        for name in self.rules:
            rule = book.packs[self.folder.name].rules[name]
            path = self.folder / f"{name}.yml"
            asks_model = needs_model(rule, book)
            if asks_model and application.scorer is None:
                reason = "no model is loaded, so its examples prove nothing"
                yield SourceError(path, None, reason, field=("kind",))
                continue
            linter = application.linter if asks_model else application.rules_alone
            yield from verify_rule(path, f"{self.folder.name}/{name}", rule, linter)

    def _refuse(self, problems: Iterable[SourceError]) -> None:
        """What is wrong with other files is no fault of this pack."""
        errors = [
            self._error(found) for found in problems if found.path.is_relative_to(self.folder)
        ]
        if errors:
            raise RefusedError(unprocessable(errors[:MOST_ERRORS]))

    def _error(self, found: SourceError) -> FieldError:
        name = found.path.stem
        if name not in self.rules:  # pack.yml
            return FieldError(field=str(found.field[0]), message=found.problem)
        field = ".".join(str(part) for part in ("rules", self.rules.index(name), *found.field))
        return FieldError(field=field, message=f"{self.folder.name}/{name}: {found.problem}")


def _refuse_shipped(foundation: Foundation, pack: str) -> None:
    if pack in shipped_packs(foundation.folder):
        detail = f"The pack {pack!r} ships with postlint; take another name."
        raise RefusedError(problem(409, detail))


def _by_id(rules: Sequence[RuleSpec]) -> dict[str, RuleSpec]:
    found: dict[str, RuleSpec] = {}
    # Said here: pydantic would also say it of rules of which none is valid.
    errors = [] if rules else [FieldError(field="rules", message="must hold at least one rule")]
    for place, rule in enumerate(rules):
        field = f"rules.{place}.id"
        if rule.id in found:
            errors.append(FieldError(field=field, message=f"{rule.id!r} is given twice"))
        if rule.id == _NOT_A_RULE:
            errors.append(FieldError(field=field, message=f"no rule may be named {rule.id!r}"))
        found[rule.id] = rule
    if errors:
        raise RefusedError(unprocessable(errors[:MOST_ERRORS]))
    return found


@contextmanager
def _writable() -> Iterator[None]:
    try:
        yield
    except StoreBusyError:
        raise RefusedError(problem(503, "Another pack is being written; try again.")) from None
    except OSError as error:
        detail = f"The folder that POSTLINT_DATA names cannot be written: {error.strerror}."
        raise RefusedError(problem(503, detail)) from None


@contextmanager
def _staged(
    store: PackStore, spec: PackSpec, rules: dict[str, RuleSpec], dry_run: bool
) -> Iterator[Path]:
    """The pack as files, elsewhere for a dry run; else where it can be moved in from."""
    if not dry_run:
        with store.locked():
            yield store.stage(spec, rules)
        return
    with tempfile.TemporaryDirectory(prefix="postlint-") as place:
        folder = Path(place) / spec.id
        write_pack(folder, spec, rules)
        yield folder


@lru_cache(maxsize=2)
def _judged(linter: Linter) -> tuple[Judgement, ...]:
    """Remembered for what is served, beside which the next pack is judged, too."""
    return judge(linter, _specimens())


@cache
def _specimens() -> tuple[Specimen, ...]:
    return read_specimens(evaluation_folder())

"""Judges drafts off the event loop, in the unit of offsets that the caller asked for."""

import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from pydantic import ValidationError

from postlint.api.offsets import Offsets, in_units
from postlint.api.problems import FieldError, Problem, field_errors, unknown_policy, unprocessable
from postlint.draft import Draft
from postlint.errors import UnknownPolicyError
from postlint.linter import Linter
from postlint.report import Report


class Judge:
    """The linter for async code.

    limiter: how many drafts (or batches) are judged at once; further ones wait, so
    that a busy service answers late instead of trying everything at the same time.
    max_text: longest text in code points.
    """

    def __init__(self, linter: Linter, limiter: CapacityLimiter, max_text: int) -> None:
        self._linter = linter
        self._limiter = limiter
        self._max_text = max_text

    def problems(self, draft: Draft) -> list[FieldError]:
        """What this service's settings and policies do not allow, field by field."""
        errors = []
        if len(draft.text) > self._max_text:
            limit = f"must have at most {self._max_text} code points"
            errors.append(FieldError(field="text", message=limit))
        try:
            self._linter.policy(draft.policy)
        except UnknownPolicyError as error:
            errors.append(unknown_policy(error))
        return errors

    async def judge(self, drafts: Sequence[Draft], offsets: Offsets) -> list[Report]:
        """The reports on drafts without problems, in order, each with the time it took."""
        return await run_sync(self._judge, drafts, offsets, limiter=self._limiter)

    async def judge_raw(
        self, items: Sequence[Mapping[str, Any] | Problem], offsets: Offsets
    ) -> list[Report | Problem]:
        """One answer an item, in order: the report of a draft, or what is wrong with it."""
        read = [item if isinstance(item, Problem) else self._read(item) for item in items]
        reports = iter(await self.judge([d for d in read if isinstance(d, Draft)], offsets))
        return [next(reports) if isinstance(item, Draft) else item for item in read]

    def _read(self, item: Mapping[str, Any]) -> Draft | Problem:
        try:
            draft = Draft.model_validate(item)
        except ValidationError as error:
            return unprocessable(field_errors(error.errors(include_input=False)))
        errors = self.problems(draft)
        return unprocessable(errors) if errors else draft

    def _judge(self, drafts: Sequence[Draft], offsets: Offsets) -> list[Report]:
        start = time.perf_counter()
        reports = self._linter.lint_all(drafts, datetime.now(UTC))
        each = round((time.perf_counter() - start) * 1000 / max(len(drafts), 1), 3)
        return [
            in_units(report, draft.text, offsets).model_copy(update={"elapsed_ms": each})
            for draft, report in zip(drafts, reports, strict=True)
        ]

"""POST /v1/lint and /v1/lint/batch: judge one draft, many, or a stream of them."""

import json
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ValidationError
from starlette.responses import Response

from postlint.api.body_limit import NDJSON, is_ndjson
from postlint.api.dependencies import JudgeDependency, SettingsDependency
from postlint.api.judge import Judge
from postlint.api.ndjson import DuplexResponse, read_objects
from postlint.api.offsets import Offsets
from postlint.api.problems import (
    FieldError,
    Problem,
    RefusedError,
    declared,
    field_errors,
    problem,
    unprocessable,
)
from postlint.draft import Draft
from postlint.report import Report

router = APIRouter(tags=["lint"])

OffsetsQuery = Annotated[Offsets, Query(description="Unit of all offsets in the answer.")]

_STREAM_CHUNK = 16
"""Drafts that a stream judges together: enough to keep the model busy, few enough that
the first answers come soon."""


class Batch(BaseModel):
    """Drafts as in /v1/lint. Each is checked by itself: one bad draft is no lost batch."""

    drafts: list[dict[str, Any]]


class BatchReports(BaseModel):
    """A report or a problem for each draft, in the order of the drafts."""

    reports: list[Report | Problem]


@router.post("/lint", responses=declared(400, 413, 422))
async def lint(
    draft: Draft, judge: JudgeDependency, offsets: OffsetsQuery = Offsets.CODEPOINTS
) -> Report:
    """Judge one draft before it is published."""
    errors = judge.problems(draft)
    if errors:
        raise RefusedError(unprocessable(errors))
    return (await judge.judge([draft], offsets))[0]


@router.post(
    "/lint/batch",
    response_model=BatchReports,
    responses=declared(400, 413, 422),
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {"schema": Batch.model_json_schema()},
                NDJSON: {"schema": {"$ref": "#/components/schemas/Draft"}},
            },
        }
    },
)
async def lint_batch(
    request: Request,
    judge: JudgeDependency,
    settings: SettingsDependency,
    offsets: OffsetsQuery = Offsets.CODEPOINTS,
) -> BatchReports | Response:
    """Judge many drafts.

    `application/json` takes {"drafts": [...]} and answers {"reports": [...]} in the same
    order. `application/x-ndjson` takes one draft a line, any number of them, and streams
    one report (or problem) a line.
    """
    if is_ndjson(request):
        items = read_objects(request.stream(), settings.max_body_bytes)
        return DuplexResponse(_stream(items, judge, offsets))
    batch = _parse_batch(await request.body())
    if len(batch.drafts) > settings.max_batch:
        limit = f"must hold at most {settings.max_batch} drafts; stream more as {NDJSON}"
        raise RefusedError(unprocessable([FieldError(field="drafts", message=limit)]))
    return BatchReports(reports=await judge.judge_raw(batch.drafts, offsets))


def _parse_batch(body: bytes) -> Batch:
    try:
        return Batch.model_validate(json.loads(body))
    except ValidationError as error:
        raise RefusedError(unprocessable(field_errors(error.errors(include_input=False)))) from None
    except (ValueError, RecursionError):
        where = FieldError(field="body", message="is not JSON in UTF-8")
        raise RefusedError(problem(400, "The body is not JSON.", [where])) from None


async def _stream(
    items: AsyncIterator[dict[str, Any] | Problem], judge: Judge, offsets: Offsets
) -> AsyncIterator[bytes]:
    waiting: list[dict[str, Any] | Problem] = []
    async for item in items:
        waiting.append(item)
        if len(waiting) == _STREAM_CHUNK:
            yield await _answers(waiting, judge, offsets)
            waiting = []
    if waiting:
        yield await _answers(waiting, judge, offsets)


async def _answers(items: list[dict[str, Any] | Problem], judge: Judge, offsets: Offsets) -> bytes:
    answers = await judge.judge_raw(items, offsets)
    return b"".join(answer.model_dump_json().encode() + b"\n" for answer in answers)

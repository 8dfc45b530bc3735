"""Errors as RFC 9457 problem details: one shape, the field and the allowed values named."""

from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from postlint.errors import UnknownPolicyError
from postlint.yaml_file import KINDS

MEDIA_TYPE = "application/problem+json"

_log = structlog.get_logger(__name__)
_SOURCES = frozenset({"body", "query", "path", "header"})


class FieldError(BaseModel):
    """What is wrong with one field. field: path such as `media.0.kind`."""

    field: str
    message: str


class Problem(BaseModel):
    """RFC 9457 problem details. Never holds an exception's text or the draft's."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: tuple[FieldError, ...] = ()


class RefusedError(Exception):
    """Raised by an endpoint to answer with a problem."""

    def __init__(self, found: Problem) -> None:
        self.problem = found
        super().__init__(found.detail)


def problem(status: int, detail: str, errors: Sequence[FieldError] = ()) -> Problem:
    """A problem titled with the standard phrase of its status."""
    title = HTTPStatus(status).phrase
    return Problem(title=title, status=status, detail=detail, errors=tuple(errors))


def unprocessable(errors: Sequence[FieldError]) -> Problem:
    """The problem of a request whose fields are not valid."""
    return problem(422, "Some fields are not valid.", errors)


def respond(found: Problem, headers: Mapping[str, str] | None = None) -> Response:
    """The problem as a response."""
    return JSONResponse(found.model_dump(), found.status, headers, MEDIA_TYPE)


def declared(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """`responses` of an endpoint that may answer with these problems, for OpenAPI."""
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        status: {
            "description": HTTPStatus(status).phrase,
            "model": Problem,
            "content": {MEDIA_TYPE: {"schema": schema}},
        }
        for status in statuses
    }


def field_errors(errors: Iterable[Mapping[str, Any]]) -> list[FieldError]:
    """pydantic's errors by field path, without where the request carried the field."""
    result = []
    for error in errors:
        # A field's name comes from the caller and may not even be writable.
        location = [str(part).encode("utf-8", "replace").decode() for part in error["loc"]]
        if location and location[0] in _SOURCES:
            location = location[1:]
        if location[:1] == ["rules"] and set(location[2:3]) <= KINDS:  # no field of the caller's
            del location[2:3]
        message = error["msg"].removeprefix("Value error, ")
        result.append(FieldError(field=".".join(location) or "body", message=message))
    return result


def unknown_policy(error: UnknownPolicyError) -> FieldError:
    """A policy that is not loaded, with those that are."""
    return FieldError(field="policy", message=f"must be one of: {', '.join(error.known)}")


async def _invalid(request: Request, error: RequestValidationError) -> Response:
    details = error.errors()
    for detail in details:
        if detail["type"] == "json_invalid":
            reason = detail.get("ctx", {}).get("error", "not JSON")
            where = FieldError(field="body", message=f"is not JSON: {reason}")
            return respond(problem(400, "The body is not JSON.", [where]))
    return respond(unprocessable(field_errors(details)))


async def _http(request: Request, error: HTTPException) -> Response:
    if error.status_code == HTTPStatus.BAD_REQUEST:  # FastAPI could not even read the body
        where = FieldError(field="body", message="is not JSON in UTF-8")
        return respond(problem(400, "The body is not JSON.", [where]))
    return respond(problem(error.status_code, error.detail), error.headers)


async def _refused(request: Request, error: RefusedError) -> Response:
    return respond(error.problem)


async def _unexpected(request: Request, error: Exception) -> Response:
    # The exception's text may quote the draft: only its kind and its place are logged.
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "unknown"
    _log.error("unexpected error", kind=type(error).__name__, where=where, path=request.url.path)
    return respond(problem(500, "Something went wrong in postlint; nothing was judged."))


def install(app: FastAPI) -> None:
    """Answer every error of this application as a problem."""
    app.add_exception_handler(RequestValidationError, _invalid)  # type: ignore[arg-type]
    app.add_exception_handler(RefusedError, _refused)  # type: ignore[arg-type]
    app.add_exception_handler(HTTPException, _http)  # type: ignore[arg-type]
    app.add_exception_handler(Exception, _unexpected)

"""JSON lines: read one at a time however they are cut into chunks, answered meanwhile."""

import json
from collections.abc import AsyncIterator
from typing import Any

from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from postlint.api.body_limit import NDJSON
from postlint.api.problems import FieldError, Problem, problem


class DuplexResponse(StreamingResponse):
    """Streams its answer while the request is still being read.

    Starlette's own listens for a disconnect meanwhile, and would take messages of the
    body away from its reader.
    """

    media_type = NDJSON

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.stream_response(send)


async def read_objects(
    chunks: AsyncIterator[bytes], line_limit: int
) -> AsyncIterator[dict[str, Any] | Problem]:
    """The objects of a stream; a line that is none, or is over `line_limit` bytes, becomes
    the problem of that line. Blank lines do not count.
    """
    rest = b""
    overlong = False
    async for chunk in chunks:
        *complete, rest = (rest + chunk).split(b"\n")
        for line in complete:
            if overlong or len(line) > line_limit:
                yield _too_long(line_limit)
                overlong = False
            elif line.strip():
                yield _parse(line)
        if len(rest) > line_limit:
            # What follows up to the next line end belongs to a line already refused.
            rest, overlong = b"", True
    if overlong or len(rest) > line_limit:
        yield _too_long(line_limit)
    elif rest.strip():
        yield _parse(rest)


def _parse(line: bytes) -> dict[str, Any] | Problem:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return _bad_line("is not JSON")
    return value if isinstance(value, dict) else _bad_line("must be a JSON object")


def _bad_line(message: str) -> Problem:
    return problem(400, "The line is not a draft.", [FieldError(field="line", message=message)])


def _too_long(limit: int) -> Problem:
    return problem(413, f"A line may have at most {limit} bytes.")

"""Refuses request bodies over a limit before they fill the memory."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

NDJSON = "application/x-ndjson"


class BodyLimit:
    """ASGI middleware: a body that grows over `limit` bytes ends in a 413.

    NDJSON bodies are streams of any length; their lines are limited where they are read.
    """

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self.app = app
        self.limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or is_ndjson(Request(scope)):
            await self.app(scope, receive, send)
            return
        total = 0
        declared = Request(scope).headers.get("content-length", "")

        async def counting() -> Message:
            nonlocal total
            if not declared.isdigit() or int(declared) <= self.limit:
                message = await receive()
                total += len(message.get("body", b""))
                if total <= self.limit:
                    return message
            raise too_large(self.limit)

        await self.app(scope, counting, send)


def too_large(limit: int) -> HTTPException:
    """The refusal, to be raised where a body (or a line of one) is read."""
    return HTTPException(413, f"The body may have at most {limit} bytes.")


def is_ndjson(request: Request) -> bool:
    """Whether the body is a stream of JSON lines."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower() == NDJSON

"""Default deny: only this machine is answered until an operator opens the service."""

import ipaddress
from urllib.parse import urlsplit

from fastapi import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from postlint.api.problems import RefusedError, problem, respond


class LoopbackOnly:
    """ASGI middleware: answers 403 to a client whose address is not a loopback one."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not _is_loopback(scope):
            detail = "This service answers its own machine only; POSTLINT_OPEN=true opens it."
            await respond(problem(403, detail))(scope, receive, send)
            return
        await self.app(scope, receive, send)


def require_loopback(request: Request) -> None:
    """Dependency of what only this machine may do, even when the service is open."""
    if not _is_loopback(request.scope) or _is_foreign_page(request):
        detail = "Packs and incidents are changed from this machine only, until there are keys."
        raise RefusedError(problem(403, detail))


def _is_loopback(scope: Scope) -> bool:
    client = scope.get("client")
    return client is not None and _is_loopback_address(client[0])


def _is_foreign_page(request: Request) -> bool:
    """Whether a page of another site asks, in a browser on this machine.

    Such a page can let its own name stand for 127.0.0.1 and pass for a page of this service;
    the browser still says whose it is.
    """
    origin = request.headers.get("origin")
    if origin is None:
        return False
    try:
        host = urlsplit(origin).hostname or ""
    except ValueError:
        return True
    return host != "localhost" and not _is_loopback_address(host)


def _is_loopback_address(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False

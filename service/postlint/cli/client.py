"""Asks a running service by HTTP, for commands that change what it knows."""

import json
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from postlint.errors import ServiceError

_PATIENCE = 30
"""Seconds to wait for an answer."""


def ask(url: str, method: str, path: str, body: object = None) -> Any:
    """The JSON answer of the service at `url`.

    Raises ServiceError: nobody answers, or the service refuses, with the fields that it names.
    """
    address = url.rstrip("/")
    if not address.startswith(("http://", "https://")):
        raise ServiceError(f"{url!r} is no address of a service, such as http://127.0.0.1:8080")
    data = None if body is None else json.dumps(body).encode()
    request = Request(address + path, data, {"content-type": "application/json"}, method=method)
    try:
        with urlopen(request, timeout=_PATIENCE) as response:
            return json.load(response)
    except HTTPError as error:
        raise ServiceError(_refusal(error)) from None
    except (URLError, OSError, ValueError) as error:
        reason = getattr(error, "reason", error)
        raise ServiceError(
            f"no postlint service answers at {address} ({reason}); "
            "start one with `postlint serve`, or name it with --url"
        ) from None


def _refusal(error: HTTPError) -> str:
    try:
        problem = json.load(error)
        fields = [f"{found['field']}: {found['message']}" for found in problem["errors"]]
        return "\n".join([problem["detail"], *fields])
    except (ValueError, KeyError, TypeError):
        return f"the answer is no postlint problem: {error.code} {error.reason}"

"""Fetches documents of feeds: only when they have changed, never too long or too large."""

import asyncio
from dataclasses import dataclass

import httpx2

from postlint import __version__
from postlint.events.feeds.bulletin import FeedError

DEADLINE = 30.0
"""Seconds for a whole answer, however steadily it drips."""

_STEP = 10.0
"""Seconds to connect, and between two parts of an answer."""
_MOST_REDIRECTS = 3


@dataclass(frozen=True, slots=True)
class Validators:
    """By what a server knows which state of a document we have; empty for none."""

    etag: str = ""
    last_modified: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """Of a request for the document only if it has changed."""
        pairs = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in pairs.items() if value}


@dataclass(frozen=True, slots=True)
class Document:
    """A body and what to ask with next time."""

    body: bytes
    validators: Validators


def http_client(contact: str) -> httpx2.AsyncClient:
    """A client that says who asks. contact: an address for the feed's operators, or ""."""
    about = f"postlint/{__version__}" + (f" ({contact})" if contact else "")
    return httpx2.AsyncClient(
        headers={"User-Agent": about},
        timeout=_STEP,
        follow_redirects=True,
        max_redirects=_MOST_REDIRECTS,
    )


async def fetch(
    http: httpx2.AsyncClient, url: str, known: Validators, limit: int, *, redirects: bool = True
) -> Document | None:
    """The document, or None where it is still the known one.

    limit: most bytes, unpacked. redirects: whether it may lie elsewhere. Raises FeedError.
    """
    try:
        request = http.stream("GET", url, headers=known.headers, follow_redirects=redirects)
        async with asyncio.timeout(DEADLINE), request as got:
            if got.status_code == httpx2.codes.NOT_MODIFIED:
                return None
            if got.status_code != httpx2.codes.OK:
                raise FeedError(f"answers with status {got.status_code}")
            body = bytearray()
            async for part in got.aiter_bytes():
                body += part
                if len(body) > limit:
                    raise FeedError(f"is larger than {limit} bytes")
    except TimeoutError:
        raise FeedError(f"takes longer than {DEADLINE:.0f} seconds") from None
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise FeedError(f"cannot be read: {type(error).__name__}") from None
    headers = got.headers
    validators = Validators(headers.get("ETag", ""), headers.get("Last-Modified", ""))
    return Document(bytes(body), validators)

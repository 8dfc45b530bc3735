"""Bulletins made for a test, and a server that plays feeds."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from postlint.events.feeds.bulletin import Bulletin
from postlint.events.incident import Kind

MakeBulletin = Callable[..., Bulletin]

START = datetime(2026, 3, 1, 6, tzinfo=UTC)


@pytest.fixture
def make_bulletin() -> MakeBulletin:
    """Builds a bulletin: an earthquake in Myanmar of which USGS says that it is bad."""

    def make(*ids: str, **changes: Any) -> Bulletin:
        sane = {
            "feed": "usgs",
            "ids": frozenset(ids or ("usgs:a",)),
            "kind": Kind.EARTHQUAKE_COLLAPSE,
            "name": "Earthquake",
            "place": "Mandalay",
            "severity": 3,
            "regions": ("MM",),
            "coordinates": (22.0, 95.9),
            "starts_at": START,
            "last_sign": START,
            "ends_at": START,
            "revision": START,
        }
        return Bulletin(**(sane | changes))

    return make


@dataclass
class Answer:
    """What the server says next at an address. delay: seconds before it says anything."""

    body: bytes = b""
    status: int = 200
    etag: str = ""
    delay: float = 0.0


@dataclass
class Stage:
    """A running server. answers: by path; asked: headers of every request, by path."""

    address: str
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)


@pytest.fixture
def stage() -> Iterator[Stage]:
    """A server on a free port that answers as the test says."""

    class Player(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            stage.asked.append((self.path, dict(self.headers)))
            answer = stage.answers.get(self.path, Answer(status=404))
            stage.closing.wait(answer.delay)
            known = answer.etag and self.headers.get("If-None-Match") == answer.etag
            self.send_response(304 if known else answer.status)
            if answer.etag:
                self.send_header("ETag", answer.etag)
            body = b"" if known else answer.body
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Player)
    server.daemon_threads = True
    stage = Stage(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield stage
    stage.closing.set()
    server.shutdown()
    thread.join()
    server.server_close()

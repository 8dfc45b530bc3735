"""`postlint incident` against a real server."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from postlint.cli.main import main
from tests.serving import free_port, post, served

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    command = [sys.executable, "-m", "postlint", "serve"]
    environment = {"POSTLINT_MODEL": "none"}
    with served(command, tmp_path_factory.mktemp("server"), environment) as address:
        yield address


def incident(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["incident", *arguments])


def test_an_incident_is_declared_listed_closed_and_cancelled(address: str) -> None:
    url = ("--url", address)
    least = ("--kind", "explosion", "--region", "US-MA", "--region", "US-NH")
    done = incident("declare", "Harbour blast", *least, *url)
    assert done.exit_code == 0, done.output
    id = done.output.split()[0]
    assert id.startswith("harbour-blast-")
    assert "acute  severity 3  US-MA,US-NH  Harbour blast" in done.output
    report = post(f"{address}/v1/lint", {"text": "20% off all coats", "regions": ["US"]})
    assert "timing/incident-acute" in [finding["rule"] for finding in report["findings"]]
    assert incident("list", *url).output == done.output
    assert "closed" in incident("close", id, *url).output
    assert "cancelled" in incident("cancel", id, *url).output


def test_start_severity_and_place_can_be_given(address: str) -> None:
    more = ("--start", "2013-04-15T18:49:00Z", "--severity", "4", "--place", "Boston")
    least = ("--kind", "explosion", "--region", "US-MA")
    done = incident("declare", "Boston bombing", *least, *more, "--url", address)
    assert done.output.startswith("boston-bombing-2013-04-15  over  severity 4")


def test_what_the_service_refuses_is_told_by_field(address: str) -> None:
    done = incident("declare", "Blast", "--kind", "fire", "--region", "XX", "--url", address)
    assert done.exit_code == 2
    assert "regions.0: must be an ISO 3166-1 country code" in done.output
    gone = incident("close", "nowhere", "--url", address)
    assert gone.exit_code == 2
    assert "There is no such incident" in gone.output


def test_that_no_service_runs_is_told() -> None:
    done = incident("list", "--url", f"http://127.0.0.1:{free_port()}")
    assert done.exit_code == 2
    assert "no postlint service answers" in done.output
    assert "postlint serve" in done.output


def test_an_address_that_is_none_is_told() -> None:
    done = incident("list", "--url", "localhost:8080")
    assert done.exit_code == 2
    assert "is no address of a service" in done.output


def test_another_server_is_told_apart(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _OTHER]
    with served(command, tmp_path) as address:
        done = incident("list", "--url", address)
    assert done.exit_code == 2
    assert "is no postlint problem" in done.output


_OTHER = """
import sys
from http.server import BaseHTTPRequestHandler
from socketserver import TCPServer  # an HTTPServer would ask DNS for its name
class Other(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/readyz" else 404)
        self.end_headers()
TCPServer(("127.0.0.1", int(sys.argv[-1])), Other).serve_forever()
"""

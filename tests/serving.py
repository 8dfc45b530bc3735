"""Real servers for tests: started on a free port, stopped with SIGTERM."""

import json
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def post(url: str, body: object, method: str = "POST") -> Any:
    """The JSON answer to a JSON body."""
    request = urllib.request.Request(
        url, json.dumps(body).encode(), {"content-type": "application/json"}, method=method
    )
    with urllib.request.urlopen(request, timeout=60) as response:
        return json.load(response)


def wait_until_ready(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise AssertionError(f"the server ended with {process.returncode}")
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=2):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise AssertionError("the server did not become ready")


@contextmanager
def running_server(
    command: Sequence[str], cwd: Path, env: Mapping[str, str] | None = None
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """`command` with --port; gives its address and its process, and stops it afterwards."""
    port = free_port()
    with (cwd / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [*command, "--port", str(port)], cwd=cwd, env=env, stdout=log, stderr=log
        )
        address = f"http://127.0.0.1:{port}"
        try:
            wait_until_ready(address, process)
            yield address, process
        finally:
            process.terminate()
            process.wait(timeout=40)


@contextmanager
def served(
    command: Sequence[str], cwd: Path, env: Mapping[str, str] | None = None
) -> Iterator[str]:
    """Like `running_server`, for those who need only the address."""
    with running_server(command, cwd, env) as (address, _):
        yield address

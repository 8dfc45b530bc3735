"""`postlint serve` as a real process on a real socket."""

import json
import os
import subprocess
import sys
import threading
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.api.test_packs import RULE, pack
from tests.serving import post, running_server, served

SERVE = [sys.executable, "-m", "postlint", "serve"]
SALE = "In case you're bored during the storm, 20% off everything"


@pytest.mark.slow
def test_a_draft_is_judged_over_a_socket_and_never_logged(tmp_path: Path) -> None:
    with served(SERVE, tmp_path) as address:
        assert post(f"{address}/v1/lint", {"text": SALE})["verdict"] == "block"
    assert "bored during" not in (tmp_path / "server.log").read_text()


@pytest.mark.slow
def test_several_workers_serve_one_port(tmp_path: Path) -> None:
    with served([*SERVE, "--workers", "2"], tmp_path) as address:
        verdicts = {post(f"{address}/v1/lint", {"text": SALE})["verdict"] for _ in range(8)}
        assert verdicts == {"block"}


@pytest.mark.slow
def test_every_worker_serves_a_new_pack_and_no_draft_fails_meanwhile(
    tmp_path: Path, rules_folder: Path
) -> None:
    """Several connections, so that both workers are asked."""
    environment = {
        **os.environ,
        "POSTLINT_MODEL": "none",
        "POSTLINT_RULES": str(rules_folder),
        "POSTLINT_DATA": str(tmp_path / "data"),
    }
    with served([*SERVE, "--workers", "2"], tmp_path, environment) as address:

        def verdicts(_: int) -> set[str]:
            answers = (post(f"{address}/v1/lint", {"text": "Zounds!"}) for _ in range(20))
            return {answer["verdict"] for answer in answers}

        def change(method: str, body: object, before: str, after: str) -> None:
            request = pool.submit(post, f"{address}/v1/packs/acme", body, method)
            while not request.done():
                assert set().union(*pool.map(verdicts, range(3))) <= {before, after}
            request.result()
            deadline = time.monotonic() + 30
            while set().union(*pool.map(verdicts, range(3))) != {after}:
                assert time.monotonic() < deadline

        with ThreadPoolExecutor(4) as pool:
            change("PUT", pack(RULE), "pass", "block")
            change("PUT", pack(RULE | {"severity": "warning"}), "block", "review")


@pytest.mark.slow
def test_a_request_in_flight_is_answered_when_the_service_is_stopped(tmp_path: Path) -> None:
    lines = b"\n".join(json.dumps({"text": f"{SALE} {n}"}).encode() for n in range(200))
    answers: list[bytes] = []
    with running_server(SERVE, tmp_path) as (address, process):
        request = urllib.request.Request(
            f"{address}/v1/lint/batch", lines, {"content-type": "application/x-ndjson"}
        )
        response = urllib.request.urlopen(request, timeout=60)
        answers.append(response.readline())

        def read_rest() -> None:
            answers.extend(response.readlines())

        reader = threading.Thread(target=read_rest)
        reader.start()
        process.terminate()
        reader.join(timeout=60)
        assert process.wait(timeout=40) in (0, -15)
    assert len(answers) == 200
    assert all(json.loads(answer)["verdict"] == "block" for answer in answers)


@pytest.mark.slow
def test_a_broken_rules_folder_stops_the_start_with_a_reason(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    result = subprocess.run(
        [*SERVE, "--port", "0"],
        env={"POSTLINT_RULES": str(tmp_path / "rules"), "PATH": "/usr/bin"},
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert result.returncode != 0
    assert b"groups.yml" in result.stderr + result.stdout

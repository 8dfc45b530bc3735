"""The service keeps its own OpenAPI document, whatever it is asked."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.serving import served

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
)


@pytest.mark.slow
def test_every_answer_is_one_that_the_document_declares(tmp_path: Path, rules_folder: Path) -> None:
    """Schemathesis asks every endpoint what its document allows, and what it forbids."""
    # The contract depends neither on the model nor on the rules, and with few it is asked faster.
    environment = {
        **os.environ,
        "POSTLINT_MODEL": "none",
        "POSTLINT_RULES": str(rules_folder),
        "POSTLINT_DATA": str(tmp_path / "data"),
    }
    with served([sys.executable, "-m", "postlint", "serve"], tmp_path, environment) as address:
        command = [
            sys.executable,
            "-m",
            "schemathesis.cli",
            "run",
            f"{address}/openapi.json",
            f"--checks={','.join(CHECKS)}",
            "--max-examples=40",
            "--seed=7",
            "--suppress-health-check=filter_too_much",
        ]
        result = subprocess.run(
            command, capture_output=True, text=True, cwd=tmp_path, check=False, timeout=300
        )
    assert result.returncode == 0, result.stdout[-6000:] + result.stderr[-2000:]

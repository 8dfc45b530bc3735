"""The wheel in an empty environment, away from the checkout: what a user and an image get."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.packaging.dockerfile import clean_environment, follow, healthcheck
from tests.serving import post, served

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """bin folder of the environment that the Dockerfile's steps make."""
    return follow(tmp_path_factory.mktemp("image"))


def run(command: list[str], cwd: Path, text: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        input=text,
        capture_output=True,
        text=True,
        cwd=cwd,
        env=clean_environment(),
        check=False,
    )


def test_the_installed_command_checks_a_draft(installed: Path, tmp_path: Path) -> None:
    text = "In case you're bored during the storm, 20% off everything"
    result = run([str(installed / "postlint"), "check", "--format", "json"], tmp_path, text)
    assert result.returncode == 1, result.stderr
    (document,) = json.loads(result.stdout)
    assert document["report"]["verdict"] == "block"
    assert document["report"]["versions"]["model"]


def test_the_installed_rules_hold(installed: Path, tmp_path: Path) -> None:
    result = run([str(installed / "postlint"), "rules", "check"], tmp_path)
    assert result.returncode == 0, result.stderr


def test_the_installed_service_answers_and_is_healthy(installed: Path, tmp_path: Path) -> None:
    command = [str(installed / "postlint"), "serve"]
    with served(command, cwd=tmp_path, env=clean_environment()) as address:
        report = post(f"{address}/v1/lint", {"text": "Take our blind taste test this Saturday"})
        assert report["verdict"] == "pass"
        assert report["incomplete"] == []
        _, *arguments = healthcheck(int(address.rpartition(":")[2]))
        assert run([str(installed / "python"), *arguments], tmp_path).returncode == 0


def test_training_code_and_drafts_stay_out_of_the_wheel(installed: Path) -> None:
    (package,) = installed.parent.glob("lib/*/site-packages/postlint")
    assert (package / "_data/models/risk/manifest.json").is_file()
    assert not (package / "_data/models/risk/training").exists()


def test_the_drafts_beside_which_packs_are_judged_are_in_the_wheel(installed: Path) -> None:
    (package,) = installed.parent.glob("lib/*/site-packages/postlint")
    names = {path.name for path in (package / "_data/eval").iterdir()}
    assert names == {f"drafts_{letter}.yml" for letter in "abcd"}

"""What the README shows is what postlint answers."""

import json
import re
import shlex
from pathlib import Path

from click.testing import CliRunner
from starlette.testclient import TestClient

from postlint.api.app import create_app
from postlint.cli.main import main
from postlint.settings import Settings

README = (Path(__file__).parent.parent.parent / "README.md").read_text(encoding="utf-8")
CHANGING = ("elapsed_ms", "versions", "scores")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def stable(value: object) -> object:
    """Without what differs from run to run, or from model to model."""
    if isinstance(value, dict):
        return {key: stable(inner) for key, inner in value.items() if key not in CHANGING}
    return [stable(inner) for inner in value] if isinstance(value, list) else value


def test_the_request_in_the_readme_gets_the_answer_in_the_readme() -> None:
    (command,) = (block for block in blocks("sh") if "curl" in block)
    words = shlex.split(command)
    body = json.loads(words[words.index("-d") + 1])
    (shown,) = (json.loads(block) for block in blocks("json"))
    with TestClient(create_app(Settings()), client=("127.0.0.1", 1)) as client:
        answer = client.post("/v1/lint", json=body).json()
    assert stable(answer) == stable(shown)
    assert answer.keys() == shown.keys()


def test_the_terminal_output_in_the_readme_is_what_is_printed() -> None:
    (shown,) = blocks("text")
    result = CliRunner().invoke(main, ["check", "-"], input="Sorry if anyone was offended\n")
    assert result.output == shown

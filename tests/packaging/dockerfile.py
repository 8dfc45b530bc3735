"""Runs the steps of the Dockerfile without Docker: same files, same commands, other folders."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
NEEDS_A_CONTAINER = ("useradd",)


def instructions() -> Iterator[tuple[str, str]]:
    """("RUN", "pip install ...") of every instruction, continued lines joined."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            name, _, rest = line.partition(" ")
            yield name, " ".join(rest.split())


def healthcheck(port: int) -> list[str]:
    """The health check's command, asking another port."""
    (command,) = (rest for name, rest in instructions() if name == "HEALTHCHECK")
    words: list[str] = json.loads(command.partition("CMD ")[2])
    return [word.replace(":8080", f":{port}") for word in words]


def follow(folder: Path) -> Path:
    """Build and install as the Dockerfile says; returns the bin folder of the last stage."""
    stage = 0
    places = {"/src": folder / "src", "/dist": folder / "dist"}
    for place in places.values():
        place.mkdir()
    for name, rest in instructions():
        if name == "FROM":
            stage += 1
            make_python(folder / f"stage{stage}")
        elif name == "COPY" and not rest.startswith("--from"):
            *sources, target = rest.split()
            for source in sources:
                copy(ROOT / source, places["/src"] / target)
        elif name == "RUN" and not rest.startswith(NEEDS_A_CONTAINER):
            run(rest, folder / f"stage{stage}" / "bin", places)
    return folder / f"stage{stage}" / "bin"


def make_python(folder: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)


def copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy(source, target)


def run(command: str, binaries: Path, places: dict[str, Path]) -> None:
    for place, folder in places.items():
        command = command.replace(place, str(folder))
    environment = clean_environment() | {"PATH": f"{binaries}:{os.environ['PATH']}"}
    subprocess.run(
        ["sh", "-ec", command],
        cwd=places["/src"],
        env=environment,
        check=True,
        capture_output=True,
    )


def clean_environment() -> dict[str, str]:
    """The environment without what points at this checkout's Python."""
    return {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("PYTHON", "VIRTUAL_ENV", "POSTLINT_"))
    }

"""What many tests share: the shipped application, and linters over rules of a test's own."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from postlint import resources
from postlint.bootstrap import Application
from tests.support import WriteFile, shipped

LABELS = "{women: {label: women}, customers: {label: customers}}"
TOPICS = "{slur: {label: slur}, newsjacking: {label: newsjacking}, length: {label: length}}"


@pytest.fixture(scope="session", autouse=True)
def _no_packs_of_this_machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Whoever runs the tests may have packs of their own in the working directory."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("POSTLINT_DATA", str(tmp_path_factory.mktemp("none") / "data"))
        yield


@pytest.fixture(scope="session")
def application() -> Application:
    """What ships: rules, calendar and model."""
    return shipped()


@pytest.fixture
def rules_folder(tmp_path: Path) -> Path:
    """An empty rules folder that loads."""
    folder = tmp_path / "rules"
    (folder / "policies").mkdir(parents=True)
    (folder / "signals").mkdir()
    # No observances: reading all of them would cost each test two seconds.
    (folder / "calendar" / "observances").mkdir(parents=True)
    shutil.copy(resources.rules_folder() / "calendar" / "findings.yml", folder / "calendar")
    (folder / "groups.yml").write_text(LABELS)
    (folder / "topics.yml").write_text(TOPICS)
    (folder / "policies" / "default.yml").write_text("id: default\n")
    return folder


@pytest.fixture
def write_rule(rules_folder: Path) -> WriteFile:
    """Writes rules/<name>.yml ("pack/rule" or "signals/name"), with its pack.yml."""

    def write(name: str, content: str) -> Path:
        path = rules_folder / f"{name}.yml"
        path.parent.mkdir(exist_ok=True)
        pack = path.parent / "pack.yml"
        if path.parent.name not in ("signals", "policies") and not pack.exists():
            pack.write_text(f"id: {path.parent.name}\ntitle: Test\nabout: For a test.\n")
        path.write_text(content, encoding="utf-8")
        return path

    return write

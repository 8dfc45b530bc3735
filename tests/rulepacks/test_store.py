"""Own packs on disk: read back as they were written, and never half there."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from postlint.bootstrap import Application
from postlint.errors import StoreBusyError
from postlint.resources import rules_folder as shipped_rules
from postlint.rulepacks import store as store_module
from postlint.rulepacks.loader import read_rules
from postlint.rulepacks.schema import PackSpec
from postlint.rulepacks.store import PackStore, write_pack


@pytest.fixture
def store(tmp_path: Path) -> PackStore:
    return PackStore(tmp_path / "data")


def put(store: PackStore, title: str) -> None:
    with store.locked():
        store.replace(store.stage(PackSpec(id="acme", title=title, about="Ours."), {}))


def title(store: PackStore) -> str:
    return (store.packs()["acme"] / "pack.yml").read_text().splitlines()[1]


def test_every_shipped_rule_is_read_back_as_it_was_written(
    application: Application, tmp_path: Path
) -> None:
    written = dict(application.book.rules())
    specs = {f"rule-{n}": rule for n, rule in enumerate(written.values())}
    named = {name: rule.model_copy(update={"id": name}) for name, rule in specs.items()}
    write_pack(tmp_path / "acme", PackSpec(id="acme", title="Ours", about="no"), named)
    loaded = read_rules(shipped_rules(), [tmp_path / "acme"])
    assert loaded.problems == ()
    assert loaded.book.packs["acme"].rules == named
    assert len(named) > 100


def test_nothing_is_made_before_the_first_write(store: PackStore) -> None:
    store.settle()
    assert store.packs() == {}
    assert store.fingerprint() == frozenset()
    assert not store.folder.exists()


def test_a_pack_is_replaced_and_removed_whole(store: PackStore) -> None:
    put(store, "First")
    before = store.fingerprint()
    put(store, "Second")
    assert title(store) == "title: Second"
    assert store.fingerprint() != before
    with store.locked():
        store.remove("acme")
    assert store.packs() == {}


CRASH = """
import os, sys
from pathlib import Path
from postlint.rulepacks.schema import PackSpec
from postlint.rulepacks.store import PackStore

left, rename = int(sys.argv[2]), Path.rename

def dying(*arguments):
    global left
    if left == 0:
        os._exit(9)
    left -= 1
    return rename(*arguments)

Path.rename = dying
store = PackStore(Path(sys.argv[1]))
with store.locked():
    store.replace(store.stage(PackSpec(id="acme", title="Second", about="Ours."), {}))
    os._exit(9)
"""


@pytest.mark.parametrize(("moves", "expected"), [(0, "First"), (1, "First"), (2, "Second")])
def test_a_crash_leaves_the_old_pack_or_the_new_one(
    store: PackStore, moves: int, expected: str
) -> None:
    put(store, "First")
    command = [sys.executable, "-c", CRASH, str(store.folder), str(moves)]
    assert subprocess.run(command, check=False, timeout=60).returncode == 9
    store.settle()
    assert title(store) == f"title: {expected}"
    assert list(store.packs()) == ["acme"]
    put(store, "Third")
    assert title(store) == "title: Third"


def test_one_writer_waits_for_the_other(store: PackStore, monkeypatch: pytest.MonkeyPatch) -> None:
    entered, done = threading.Event(), threading.Event()

    def write() -> None:
        with store.locked():
            entered.set()
            done.wait(timeout=30)

    writer = threading.Thread(target=write)
    writer.start()
    assert entered.wait(timeout=30)
    monkeypatch.setattr(store_module, "PATIENCE", 0.1)
    with pytest.raises(StoreBusyError), store.locked():
        pass
    done.set()
    writer.join()
    with store.locked():
        pass

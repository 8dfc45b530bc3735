"""What can be done with incidents on file."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from postlint.errors import UnknownIncidentError
from postlint.events.incident import Declaration, Standing, Status
from postlint.events.incidents import Amendment, MemoryIncidentStore

NOW = datetime(2026, 3, 12, 9, tzinfo=UTC)


def declaration(**fields: Any) -> Declaration:
    least = {
        "name": "Mall shooting",
        "kind": "shooting",
        "regions": ["US"],
        "starts_at": "2026-03-10T12:00:00Z",
    }
    return Declaration.model_validate(least | fields)


@pytest.fixture
def store() -> MemoryIncidentStore:
    return MemoryIncidentStore()


def test_an_id_says_what_and_when_and_is_given_once(store: MemoryIncidentStore) -> None:
    ids = [store.declare(declaration()).id for _ in range(3)]
    assert ids == [f"mall-shooting-2026-03-10{suffix}" for suffix in ("", "-2", "-3")]
    assert store.declare(declaration(name="地震", kind="fire")).id.endswith("-2026-03-10")


def test_every_change_makes_a_new_snapshot_and_leaves_the_old_one(
    store: MemoryIncidentStore,
) -> None:
    empty = store.snapshot()
    id = store.declare(declaration()).id
    declared = store.snapshot()
    store.amend(id, Amendment(severity=4), NOW)
    amended = store.snapshot()
    store.cancel(id)
    assert [empty.revision, declared.revision, amended.revision] == [0, 1, 2]
    assert store.snapshot().revision == 3
    assert not empty.incidents
    assert (declared.get(id).severity, amended.get(id).severity) == (3, 4)
    assert store.snapshot().get(id).status is Status.CANCELLED
    with pytest.raises(TypeError):
        declared.incidents["x"] = amended.get(id)  # type: ignore[index]


def test_only_the_given_fields_change(store: MemoryIncidentStore) -> None:
    id = store.declare(declaration(place="Springfield", keywords=["#Mall"])).id
    after = store.amend(id, Amendment(severity=4), NOW)
    assert (after.severity, after.place, after.keywords) == (4, "Springfield", ("#Mall",))
    assert after.revision == 2
    assert store.amend(id, Amendment(place=None), NOW).place is None


def test_a_change_that_changes_nothing_is_no_revision(store: MemoryIncidentStore) -> None:
    id = store.declare(declaration()).id
    assert store.amend(id, Amendment(severity=3), NOW).revision == 1
    store.cancel(id)
    assert store.cancel(id).revision == 2
    assert store.snapshot().revision == 2


def test_closing_ends_it_now_and_opening_takes_that_back(store: MemoryIncidentStore) -> None:
    id = store.declare(declaration()).id
    closed = store.amend(id, Amendment(status=Status.CLOSED), NOW)
    assert (closed.status, closed.ends_at) == (Status.CLOSED, NOW)
    opened = store.amend(id, Amendment(status=Status.ACTIVE), NOW)
    assert (opened.status, opened.ends_at) == (Status.ACTIVE, None)
    end = NOW - timedelta(hours=3)
    assert store.amend(id, Amendment(status=Status.CLOSED, ends_at=end), NOW).ends_at == end


def test_one_that_is_still_to_come_is_not_closed_before_it_starts(
    store: MemoryIncidentStore,
) -> None:
    planned = store.declare(declaration(starts_at="2026-04-01T12:00:00Z"))
    closed = store.amend(planned.id, Amendment(status=Status.CLOSED), NOW)
    assert closed.ends_at == planned.starts_at


def test_a_cancelled_one_can_be_brought_back(store: MemoryIncidentStore) -> None:
    id = store.declare(declaration()).id
    store.cancel(id)
    assert store.amend(id, Amendment(status=Status.ACTIVE), NOW).judges


def test_a_proposal_counts_once_somebody_declares_it(store: MemoryIncidentStore) -> None:
    proposed = store.declare(declaration(), source="usgs", standing=Standing.PROPOSED)
    assert not proposed.judges
    assert store.amend(proposed.id, Amendment(standing=Standing.DECLARED), NOW).judges


def test_a_change_that_makes_no_sense_changes_nothing(store: MemoryIncidentStore) -> None:
    id = store.declare(declaration()).id
    with pytest.raises(ValidationError, match="before starts_at"):
        store.amend(id, Amendment(ends_at=NOW - timedelta(days=30)), NOW)
    with pytest.raises(ValidationError, match="name"):
        store.amend(id, Amendment(name=None), NOW)
    assert store.snapshot().revision == 1


def test_what_is_not_on_file_is_told(store: MemoryIncidentStore) -> None:
    with pytest.raises(UnknownIncidentError, match="nowhere"):
        store.cancel("nowhere")
    with pytest.raises(UnknownIncidentError, match="nowhere"):
        store.amend("nowhere", Amendment(severity=1), NOW)


def test_no_change_is_lost_between_threads(store: MemoryIncidentStore) -> None:
    with ThreadPoolExecutor(8) as pool:
        ids = list(pool.map(lambda _: store.declare(declaration()).id, range(200)))
    assert len(set(ids)) == len(store.snapshot().incidents) == store.snapshot().revision == 200

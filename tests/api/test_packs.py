"""PUT and DELETE /v1/packs/{id}: what holds is active at once, what does not changes nothing."""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import httpx2
import pytest
from pydantic import ValidationError

from postlint.api.live import Live
from postlint.api.problems import RefusedError
from postlint.api.publish import PackSubmission, publish
from postlint.bootstrap import lay_foundation
from postlint.settings import Settings
from tests.api.conftest import running
from tests.support import FakeScorer, WriteFile, rule, signal

pytestmark = pytest.mark.anyio

RULE: dict[str, Any] = {
    "id": "rival",
    "kind": "terms",
    "category": "risky",
    "topic": "slur",
    "severity": "error",
    "message": "Names our rival by the name that we do not use.",
    "why": "Legal asked us not to, after the letter of last spring.",
    "terms": ["zounds", {"term": "gadzooks", "replacement": "goodness"}],
    "examples": {
        "match": ["[[Zounds]], what a day!", "Oh [[gadzooks]]"],
        "no_match": ["Sounds good", "A zoundsman came by"],
    },
}


def pack(*rules: Mapping[str, Any], **changes: Any) -> dict[str, Any]:
    return {"title": "Acme", "about": "What Acme never says.", "rules": list(rules)} | changes


def json_body(body: object) -> dict[str, Any]:
    """The body with half surrogate pairs as they can stand in JSON."""
    return {"content": json.dumps(body), "headers": {"content-type": "application/json"}}


@pytest.fixture
def settings(rules_folder: Path, write_rule: WriteFile, tmp_path: Path) -> Settings:
    """A service with one shipped pack and no own one."""
    write_rule("p/one", rule("one", "kind: terms\nterms: [aubergine]"))
    return Settings(rules=rules_folder, data=tmp_path / "data", model="none")


@pytest.fixture
async def service(settings: Settings) -> AsyncIterator[httpx2.AsyncClient]:
    async with running(settings) as client:
        yield client


async def found(client: httpx2.AsyncClient, text: str) -> list[str]:
    report = (await client.post("/v1/lint", json={"text": text})).json()
    return [finding["rule"] for finding in report["findings"]]


async def own_packs(client: httpx2.AsyncClient) -> list[str]:
    return [pack["id"] for pack in (await client.get("/v1/packs")).json() if pack["own"]]


async def test_an_accepted_pack_judges_the_next_draft(
    service: httpx2.AsyncClient, settings: Settings
) -> None:
    response = await service.put("/v1/packs/acme", json=pack(RULE))
    answer = response.json()
    assert response.status_code == 200, answer
    assert (answer["id"], answer["rules"], answer["written"]) == ("acme", 1, True)
    assert await found(service, "Zounds!") == ["acme/rival"]
    assert await own_packs(service) == ["acme"]
    report = (await service.post("/v1/lint", json={"text": "Zounds!"})).json()
    assert report["versions"]["packs"]["acme"] == answer["version"]
    files = sorted(path.name for path in (settings.data / "packs" / "acme").iterdir())
    assert files == ["pack.yml", "rival.yml"]


async def test_an_accepted_pack_is_there_after_a_restart(settings: Settings) -> None:
    async with running(settings) as client:
        await client.put("/v1/packs/acme", json=pack(RULE))
    async with running(settings) as client:
        assert await found(client, "Zounds!") == ["acme/rival"]


async def test_a_pack_replaces_the_one_before(service: httpx2.AsyncClient) -> None:
    first = (await service.put("/v1/packs/acme", json=pack(RULE))).json()
    other = RULE | {"id": "other", "terms": ["gadzooks"]}
    other["examples"] = RULE["examples"] | {"match": ["[[Gadzooks]]", "Oh [[gadzooks]]"]}
    second = (await service.put("/v1/packs/acme", json=pack(other))).json()
    assert first["version"] != second["version"]
    assert await found(service, "Zounds!") == []
    assert await found(service, "Gadzooks!") == ["acme/other"]
    again = (await service.put("/v1/packs/acme", json=pack(other))).json()
    assert again["version"] == second["version"]
    assert again["impact"]["total"] == 0


async def test_a_dry_run_answers_the_same_and_writes_nothing(
    service: httpx2.AsyncClient, settings: Settings
) -> None:
    dry = (await service.put("/v1/packs/acme?dry_run=true", json=pack(RULE))).json()
    assert await found(service, "Zounds!") == []
    assert not settings.data.exists()
    wet = (await service.put("/v1/packs/acme", json=pack(RULE))).json()
    assert dry | {"written": True} == wet


async def test_the_answer_says_which_evaluation_drafts_are_judged_otherwise(
    service: httpx2.AsyncClient,
) -> None:
    common = RULE | {"id": "common", "terms": ["the", "a"]}
    common["examples"] = {
        "match": ["See [[the]] rival", "It was [[a]] day"],
        "no_match": ["They came", "Sounds good"],
    }
    impact = (await service.put("/v1/packs/acme", json=pack(common))).json()["impact"]
    assert impact["drafts"] > 800
    assert impact["drafts"] >= impact["total"] > 100
    assert len(impact["changed"]) == 100
    for change in impact["changed"]:
        assert change.keys() == {"id", "before", "after", "added", "removed", "harmless"}
        assert (change["after"], change["added"]) == ("block", ["acme/common"])
    assert {change["harmless"] for change in impact["changed"]} == {True, False}


async def test_own_rules_rest_on_shipped_signals(settings: Settings, write_rule: WriteFile) -> None:
    write_rule("signals/fresh", signal("fresh", "kind: terms\nterms: [fresh]"))
    own = RULE | {"kind": "combination", "all": ["signal:fresh"]}
    del own["terms"]
    own["examples"] = {"match": ["[[Fresh]] day", "So [[fresh]]"], "no_match": ["Old", "Refresh"]}
    async with running(settings) as client:
        response = await client.put("/v1/packs/acme", json=pack(own))
        assert response.status_code == 200, response.text
        assert await found(client, "Fresh bread") == ["acme/rival"]


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        ({"severity": "fatal"}, "rules.1.severity", "'info', 'warning' or 'error'"),
        ({"kind": "word"}, "rules.1", "'terms', 'pattern', 'tokens'"),
        ({"words": ["a"]}, "rules.1.words", "not permitted"),
        ({"terms": []}, "rules.1.terms", "at least 1 item"),
        ({"id": "Not an id"}, "rules.1.id", "pattern"),
        ({"id": "rival"}, "rules.1.id", "'rival' is given twice"),
        ({"id": "pack"}, "rules.1.id", "no rule may be named 'pack'"),
        ({"topic": "gossip"}, "rules.1.topic", "acme/second: topic: 'gossip' is not known; allow"),
        ({"groups": ["martians"]}, "rules.1.groups", "allowed: customers, women"),
        ({"unless": ["signal:none"]}, "rules.1.unless", "'signal:none' is not known"),
        ({"terms": ["*"]}, "rules.1", "no characters to look for"),
        ({"message": "Half a \ud83d pair"}, "rules.1.message", "valid"),
        (
            {"examples": {"match": ["[[Zounds]]", "None"], "no_match": ["a", "b"]}},
            "rules.1.examples.match.1",
            "acme/second: examples.match: must match, but nothing is found",
        ),
        (
            {"examples": {"match": ["[[Zounds]]", "[[Oh zounds]]"], "no_match": ["a", "b"]}},
            "rules.1.examples.match.1",
            "finds 'zounds', marked is 'Oh zounds'",
        ),
        (
            {"examples": {"match": ["[[Zounds]]", "[[zounds]]"], "no_match": ["a", "zounds"]}},
            "rules.1.examples.no_match.1",
            "must not match, but finds 'zounds'",
        ),
        (
            {"terms": [{"term": "zounds", "replacement": "zounds indeed"}]}
            | {"examples": {"match": ["[[Zounds]]", "[[zounds]]"], "no_match": ["a", "b"]}},
            "rules.1.examples.match.0",
            "triggers the rule again",
        ),
    ],
)
async def test_a_rule_that_does_not_hold_is_named_and_nothing_changes(
    service: httpx2.AsyncClient,
    settings: Settings,
    change: dict[str, Any],
    field: str,
    message: str,
) -> None:
    second = RULE | {"id": "second"} | change
    response = await service.put("/v1/packs/acme", **json_body(pack(RULE, second)))
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    errors = {error["field"]: error["message"] for error in response.json()["errors"]}
    assert message in errors[field]
    assert await found(service, "Zounds!") == []
    assert not (settings.data / "packs").exists()


@pytest.mark.parametrize(
    "how",
    [
        {"kind": "pattern", "patterns": ["(?=x)"]},
        {"kind": "tokens", "anchors": ["a"], "tokens": [[{"LOWR": "a"}]]},
        {"kind": "tokens", "anchors": ["a"], "tokens": [[{"LOWER": "\ud83d"}]]},
        {"kind": "model", "head": "toxicity"},
        {"kind": "terms", "terms": ["\u0085", "zounds"]},
    ],
)
async def test_what_cannot_be_compiled_or_proven_is_refused(
    service: httpx2.AsyncClient, how: dict[str, Any]
) -> None:
    own = {key: value for key, value in RULE.items() if key != "terms"} | how
    response = await service.put("/v1/packs/acme", **json_body(pack(own)))
    assert response.status_code == 422
    assert response.json()["errors"][0]["field"].startswith("rules.0")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (pack(), "rules"),
        (pack(RULE, title="t" * 81), "title"),
        (pack(RULE, owner="me"), "owner"),
        ({"rules": [RULE]}, "title"),
    ],
)
async def test_a_body_that_is_no_pack_is_refused(
    service: httpx2.AsyncClient, body: dict[str, Any], field: str
) -> None:
    response = await service.put("/v1/packs/acme", json=body)
    assert response.status_code == 422
    assert field in {error["field"] for error in response.json()["errors"]}


async def test_a_pack_has_a_bounded_number_of_rules() -> None:
    PackSubmission.model_validate(pack(*[RULE] * 5_000))
    with pytest.raises(ValidationError, match="at most 5000 items"):
        PackSubmission.model_validate(pack(*[RULE] * 5_001))


async def test_a_name_that_is_none_is_refused(service: httpx2.AsyncClient) -> None:
    for name in ("Acme", "a--b", "..%2Fetc", ".hidden", "a" * 81):
        response = await service.put(f"/v1/packs/{name}", json=pack(RULE))
        assert response.status_code in (404, 422)
        assert (await service.delete(f"/v1/packs/{name}")).status_code in (404, 422)


async def test_a_large_body_is_refused(service: httpx2.AsyncClient) -> None:
    response = await service.put("/v1/packs/acme", json=pack(RULE, about="a" * 1_100_000))
    assert response.status_code == 413


@pytest.mark.parametrize("name", ["p", "timing"])
async def test_a_shipped_pack_stays_as_it_is(service: httpx2.AsyncClient, name: str) -> None:
    assert (await service.put(f"/v1/packs/{name}", json=pack(RULE))).status_code == 409
    response = await service.delete(f"/v1/packs/{name}")
    assert response.status_code == 409
    assert "ships with postlint" in response.json()["detail"]


async def test_an_own_pack_can_be_deleted_once(service: httpx2.AsyncClient) -> None:
    await service.put("/v1/packs/acme", json=pack(RULE))
    response = await service.delete("/v1/packs/acme")
    assert (response.status_code, response.content) == (204, b"")
    assert await found(service, "Zounds!") == []
    assert await own_packs(service) == []
    assert (await service.delete("/v1/packs/acme")).status_code == 404


async def test_only_this_machine_changes_packs_even_when_the_service_is_open(
    settings: Settings,
) -> None:
    opened = settings.model_copy(update={"open": True})
    async with running(opened, address="203.0.113.9") as client:
        for response in (
            await client.put("/v1/packs/acme", json=pack(RULE)),
            await client.put("/v1/packs/acme?dry_run=true", json={"nonsense": True}),
            await client.delete("/v1/packs/acme"),
        ):
            assert response.status_code == 403
            assert response.headers["content-type"] == "application/problem+json"
            assert "this machine" in response.json()["detail"]
        assert (await client.get("/v1/packs")).status_code == 200


async def test_drafts_are_answered_while_packs_change(service: httpx2.AsyncClient) -> None:
    async def ask() -> list[int]:
        statuses = []
        while not changed.done():
            statuses.append((await service.post("/v1/lint", json={"text": "Hi"})).status_code)
        return statuses

    changed = asyncio.ensure_future(service.put("/v1/packs/acme", json=pack(RULE)))
    statuses = await ask()
    assert set(statuses) == {200}
    assert len(statuses) > 10
    assert (await changed).status_code == 200


async def test_two_writers_at_once_both_succeed(service: httpx2.AsyncClient) -> None:
    responses = await asyncio.gather(
        *(service.put(f"/v1/packs/acme-{n}", json=pack(RULE)) for n in range(3))
    )
    assert [response.status_code for response in responses] == [200] * 3
    assert await own_packs(service) == ["acme-0", "acme-1", "acme-2"]


async def eventually(client: httpx2.AsyncClient, text: str, expected: list[str]) -> None:
    for _ in range(300):
        if await found(client, text) == expected:
            return
        await asyncio.sleep(0.1)
    assert await found(client, text) == expected


async def test_a_file_that_is_edited_by_hand_is_noticed(
    service: httpx2.AsyncClient, settings: Settings
) -> None:
    folder = settings.data / "packs" / "acme"
    folder.mkdir(parents=True)
    (folder / "pack.yml").write_text("id: acme\ntitle: Acme\nabout: Ours.\n")
    (folder / "one.yml").write_text(rule("one", "kind: terms\nterms: [zounds]"))
    (folder / "two.yml").write_text(rule("two", "kind: terms\nterms: []"))
    await eventually(service, "Zounds!", ["acme/one"])
    ready = (await service.get("/readyz")).json()
    assert ready["status"] == "ready"
    assert ready["left_out"] == ["acme/two"]
    (problem,) = ready["rule_problems"]
    assert (problem["file"], problem["line"]) == ("packs/acme/two.yml", 8)
    assert problem["message"].startswith("terms: ")
    report = (await service.post("/v1/lint", json={"text": "Hi"})).json()
    assert report["incomplete"][0]["reason"] == (
        "1 rule (acme/two) could not be loaded; see /readyz"
    )
    (folder / "two.yml").unlink()
    (folder / "one.yml").write_text(rule("one", "kind: terms\nterms: [gadzooks]"))
    await eventually(service, "Zounds! Gadzooks!", ["acme/one"])
    await eventually(service, "Zounds!", [])
    assert (await service.get("/readyz")).json()["rule_problems"] == []
    shutil.rmtree(settings.data)
    await eventually(service, "Gadzooks!", [])


async def test_a_service_starts_with_what_is_sound_of_the_shipped_rules(
    settings: Settings, write_rule: WriteFile, capsys: pytest.CaptureFixture[str]
) -> None:
    write_rule("p/two", rule("two", "kind: terms\nterms: []"))
    async with running(settings) as client:
        assert await found(client, "Fresh aubergine") == ["p/one"]
        (problem,) = (await client.get("/readyz")).json()["rule_problems"]
    assert problem["file"] == "p/two.yml"
    assert "p/two.yml" in capsys.readouterr().out


async def test_a_broken_own_pack_does_not_keep_another_from_being_accepted(
    settings: Settings,
) -> None:
    (settings.data / "packs" / "broken").mkdir(parents=True)
    async with running(settings) as client:
        assert (await client.put("/v1/packs/acme", json=pack(RULE))).status_code == 200
        assert await found(client, "Zounds!") == ["acme/rival"]


async def test_a_folder_that_cannot_be_written_is_told(settings: Settings) -> None:
    settings.data.write_text("no folder")
    async with running(settings) as client:
        response = await client.put("/v1/packs/acme", json=pack(RULE))
        assert response.status_code == 503
        assert "POSTLINT_DATA" in response.json()["detail"]
        assert await found(client, "Fresh aubergine") == ["p/one"]


async def test_a_rule_that_asks_the_model_is_proven_by_the_model(settings: Settings) -> None:
    live = Live(lay_foundation(settings, FakeScorer({"insult": 0.9})), threads=1, max_text=100)
    own = {key: value for key, value in RULE.items() if key != "terms"}
    own |= {"kind": "model", "head": "insult", "threshold": 0.5}
    own["examples"] = {"match": ["You fools", "Idiots"], "no_match": ["Friends", "Good people"]}
    submission = PackSubmission.model_validate(pack(own))
    with pytest.raises(RefusedError) as caught:
        publish(live, "acme", submission, dry_run=True)
    fields = [error.field for error in caught.value.problem.errors]
    assert fields == [f"rules.0.examples.no_match.{n}" for n in (0, 1)]

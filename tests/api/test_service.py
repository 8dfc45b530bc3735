"""What surrounds the linting: catalogue, health, errors, who is answered."""

import httpx2
import pytest

from postlint.settings import Settings
from tests.api.conftest import running

pytestmark = pytest.mark.anyio


async def test_every_finding_leads_to_its_rule(client: httpx2.AsyncClient) -> None:
    text = "Sorry if anyone was offended by our joke"
    report = (await client.post("/v1/lint", json={"text": text})).json()
    assert report["findings"]
    for finding in report["findings"]:
        page = await client.get(finding["help_url"])
        assert page.status_code == 200
        assert finding["rule"] in page.text
        rule = (await client.get(f"/v1{finding['help_url']}")).json()
        assert rule["rule"] == finding["rule"]
        assert rule["examples"]["match"]


async def test_the_catalogue_is_consistent(client: httpx2.AsyncClient) -> None:
    rules = (await client.get("/v1/rules")).json()
    packs = (await client.get("/v1/packs")).json()
    groups = (await client.get("/v1/groups")).json()
    assert sum(pack["rules"] for pack in packs) == len(rules)
    assert {"id": "women", "label": "women"} in groups


async def test_an_unknown_rule_is_not_found(client: httpx2.AsyncClient) -> None:
    for path in ("/v1/rules/slurs/none", "/v1/rules/none/none", "/v1/nothing"):
        response = await client.get(path)
        assert response.status_code == 404
        assert response.headers["content-type"] == "application/problem+json"


async def test_a_wrong_method_is_a_problem_too(client: httpx2.AsyncClient) -> None:
    response = await client.get("/v1/lint")
    assert response.status_code == 405
    assert response.headers["allow"] == "POST"
    assert response.headers["content-type"] == "application/problem+json"


async def test_what_is_coming_is_listed_by_region(client: httpx2.AsyncClient) -> None:
    query = {"from": "2026-09-01", "to": "2026-09-30", "region": "US"}
    events = (await client.get("/v1/events", params=query)).json()
    assert any(event["date"] == "2026-09-11" for event in events)
    assert all("2026-09-01" <= event["date"] <= "2026-09-30" for event in events)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"from": "September"}, "from"),
        ({"from": "2026-09-02", "to": "2026-09-01"}, "to"),
        ({"from": "2026-01-01", "to": "2036-01-01"}, "to"),
        ({"region": "Atlantis"}, "region"),
    ],
)
async def test_a_wrong_range_of_events_is_explained(
    client: httpx2.AsyncClient, query: dict[str, str], field: str
) -> None:
    response = await client.get("/v1/events", params=query)
    assert response.status_code == 422
    assert response.json()["errors"][0]["field"] == field


async def test_health_and_readiness_are_answered(client: httpx2.AsyncClient) -> None:
    assert (await client.get("/healthz")).json() == {"status": "alive"}
    ready = (await client.get("/readyz")).json()
    assert ready["status"] == "ready"
    assert ready["versions"]["packs"]
    assert (await client.get("/docs")).status_code == 200


async def test_only_this_machine_is_answered_unless_the_service_is_opened() -> None:
    async with running(Settings(model="none"), address="203.0.113.9") as client:
        response = await client.post("/v1/lint", json={"text": "hello"})
        assert response.status_code == 403
        assert "POSTLINT_OPEN" in response.json()["detail"]
    async with running(Settings(model="none", open=True), address="203.0.113.9") as client:
        assert (await client.post("/v1/lint", json={"text": "hello"})).status_code == 200


async def test_an_unexpected_error_tells_neither_draft_nor_exception(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def explode(*_: object) -> None:
        raise RuntimeError("secret draft")

    monkeypatch.setattr("postlint.linter.Linter.lint_all", explode)
    async with running(Settings(model="none")) as client:
        response = await client.post("/v1/lint", json={"text": "secret draft"})
    assert response.status_code == 500
    assert response.headers["content-type"] == "application/problem+json"
    printed = capsys.readouterr()
    assert "secret" not in response.text + printed.out + printed.err
    assert "RuntimeError" in printed.out + printed.err

"""/v1/incidents through the real service."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import httpx2
import pytest

from postlint.settings import Settings
from tests.api.conftest import running

pytestmark = pytest.mark.anyio

LEAST: dict[str, Any] = {
    "name": "Boston Marathon bombing",
    "kind": "explosion",
    "regions": ["US-MA"],
    "starts_at": "2013-04-15T18:49:00Z",
}
OFFER = {
    "text": "20% off all coats",
    "scheduled_at": "2013-04-16T13:00:00Z",
    "regions": ["US"],
}


@pytest.fixture
async def service() -> AsyncIterator[httpx2.AsyncClient]:
    async with running(Settings(model="none")) as client:
        yield client


async def incident_findings(client: httpx2.AsyncClient) -> list[str]:
    report = (await client.post("/v1/lint", json=OFFER)).json()
    return [
        finding["rule"] for finding in report["findings"] if "timing/incident-" in finding["rule"]
    ]


async def declared(client: httpx2.AsyncClient, **fields: Any) -> dict[str, Any]:
    response = await client.post("/v1/incidents", json=LEAST | fields)
    assert response.status_code == 201, response.text
    answer: dict[str, Any] = response.json()
    return answer


async def test_a_declared_incident_judges_the_next_draft(service: httpx2.AsyncClient) -> None:
    assert await incident_findings(service) == []
    response = await service.post("/v1/incidents", json=LEAST)
    answer = response.json()
    assert response.status_code == 201
    assert response.headers["location"] == f"/v1/incidents/{answer['id']}"
    assert await incident_findings(service) == ["timing/incident-acute"]
    report = (await service.post("/v1/lint", json=OFFER)).json()
    (event,) = [found["event"] for found in report["findings"] if found["event"]]
    assert (event["id"], event["date"]) == (answer["id"], "2013-04-15")
    assert report["versions"]["events"] == 1


async def test_the_answer_shows_every_default(service: httpx2.AsyncClient) -> None:
    answer = await declared(service, place="Boston")
    assert answer["id"] == "boston-marathon-bombing-2013-04-15"
    assert (answer["severity"], answer["status"], answer["standing"]) == (3, "active", "declared")
    assert answer["windows"][0] == {
        "kind": "acute",
        "from": "2013-04-15T18:49:00Z",
        "until": "2013-04-17T18:49:00Z",
    }
    assert {"#BostonMarathonbombing", "Boston bombing"} <= set(answer["keywords"])
    assert (answer["phase"], answer["silent"], answer["revision"]) == ("over", True, 1)
    assert (await service.get(f"/v1/incidents/{answer['id']}")).json() == answer


async def test_one_that_happens_now_is_acute(service: httpx2.AsyncClient) -> None:
    answer = await declared(service, starts_at=datetime.now(UTC).isoformat())
    assert (answer["phase"], answer["silent"]) == ("acute", False)


async def test_only_what_is_given_changes(service: httpx2.AsyncClient) -> None:
    address = f"/v1/incidents/{(await declared(service))['id']}"
    answer = (await service.patch(address, json={"severity": 1})).json()
    assert (answer["severity"], answer["revision"], answer["name"]) == (1, 2, LEAST["name"])
    assert await incident_findings(service) == []


async def test_a_funeral_that_is_announced_later_counts(service: httpx2.AsyncClient) -> None:
    address = f"/v1/incidents/{(await declared(service))['id']}"
    funeral = {"windows": [{"kind": "funeral", "from": "2013-06-03"}]}
    answer = (await service.patch(address, json=funeral)).json()
    assert [window["kind"] for window in answer["windows"]] == [
        "acute",
        "fresh",
        "tail",
        "funeral",
    ]
    draft = OFFER | {"scheduled_at": "2013-06-03T15:00:00Z"}
    report = (await service.post("/v1/lint", json=draft)).json()
    assert "timing/incident-funeral" in [finding["rule"] for finding in report["findings"]]


async def test_a_cancelled_incident_is_kept_and_withdrawn(service: httpx2.AsyncClient) -> None:
    address = f"/v1/incidents/{(await declared(service))['id']}"
    response = await service.delete(address)
    assert (response.status_code, response.json()["status"]) == (200, "cancelled")
    assert await incident_findings(service) == []
    assert (await service.get(address)).json()["status"] == "cancelled"
    assert (await service.patch(address, json={"status": "active"})).status_code == 200
    assert await incident_findings(service) == ["timing/incident-acute"]


async def test_the_list_has_the_newest_first(service: httpx2.AsyncClient) -> None:
    old = await declared(service)
    new = await declared(service, starts_at="2014-01-01T00:00:00Z")
    listed = (await service.get("/v1/incidents")).json()
    assert [incident["id"] for incident in listed] == [new["id"], old["id"]]
    assert len((await service.get("/v1/incidents?limit=1")).json()) == 1
    await service.delete(f"/v1/incidents/{old['id']}")
    cancelled = (await service.get("/v1/incidents?status=cancelled")).json()
    assert [incident["id"] for incident in cancelled] == [old["id"]]


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"kind": "boom"}, "kind", "'shooting', 'explosion'"),
        ({"regions": []}, "regions", "at least one"),
        ({"regions": ["XX"]}, "regions.0", "ISO 3166"),
        ({"starts_at": "2013-04-15T18:49:00"}, "starts_at", "timezone"),
        ({"severity": 9}, "severity", "4"),
        ({"ends_at": "2012-01-01T00:00:00Z"}, "ends_at", "before starts_at"),
        ({"windows": [{"kind": "funeral"}]}, "windows.0.from", "required"),
        ({"status": "cancelled"}, "status", "Extra"),
    ],
)
async def test_what_is_wrong_is_told_by_field(
    service: httpx2.AsyncClient, changes: dict[str, Any], field: str, said: str
) -> None:
    response = await service.post("/v1/incidents", json=LEAST | changes)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    (error,) = response.json()["errors"]
    assert error["field"] == field
    assert said in error["message"]


async def test_a_change_that_makes_no_sense_is_refused(service: httpx2.AsyncClient) -> None:
    address = f"/v1/incidents/{(await declared(service))['id']}"
    for change, field in (
        ({"ends_at": "2012-01-01T00:00:00Z"}, "ends_at"),
        ({"name": None}, "name"),
        ({"standing": "proposed"}, "standing"),
    ):
        response = await service.patch(address, json=change)
        assert response.status_code == 422
        assert response.json()["errors"][0]["field"] == field


async def test_what_is_not_on_file_is_404(service: httpx2.AsyncClient) -> None:
    address = "/v1/incidents/nowhere"
    answers = [
        await service.get(address),
        await service.patch(address, json={"severity": 1}),
        await service.delete(address),
    ]
    assert [answer.status_code for answer in answers] == [404] * 3
    assert "GET /v1/incidents" in answers[0].json()["detail"]


async def test_only_this_machine_changes_incidents_of_an_open_service() -> None:
    async with running(Settings(model="none", open=True), "192.0.2.7") as client:
        answers = [
            await client.post("/v1/incidents", json=LEAST),
            await client.patch("/v1/incidents/x", json={"severity": 1}),
            await client.delete("/v1/incidents/x"),
        ]
        assert [answer.status_code for answer in answers] == [403] * 3
        assert (await client.get("/v1/incidents")).json() == []


@pytest.mark.parametrize("moment", ["2100-12-31T23:59:59-12:00", "2000-01-01T00:00:00+14:00"])
async def test_a_start_outside_the_calendar_in_utc_is_refused(
    service: httpx2.AsyncClient, moment: str
) -> None:
    response = await service.post("/v1/incidents", json=LEAST | {"starts_at": moment})
    assert response.status_code == 422
    assert "starts_at" in response.text


@pytest.mark.parametrize("origin", ["http://evil.example", "http://[", "null"])
async def test_a_page_of_another_site_changes_nothing(
    service: httpx2.AsyncClient, origin: str
) -> None:
    response = await service.post("/v1/incidents", json=LEAST, headers={"origin": origin})
    assert response.status_code == 403


@pytest.mark.parametrize("origin", ["http://localhost:8080", "http://127.0.0.1", "http://[::1]"])
async def test_a_page_of_this_machine_may_declare(service: httpx2.AsyncClient, origin: str) -> None:
    response = await service.post("/v1/incidents", json=LEAST, headers={"origin": origin})
    assert response.status_code == 201

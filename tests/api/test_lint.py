"""POST /v1/lint and /v1/lint/batch."""

import json

import httpx2
import pytest

from postlint.settings import Settings
from tests.api.conftest import running

pytestmark = pytest.mark.anyio

SALE = "In case you're bored during the storm, 20% off everything"


async def test_a_risky_draft_is_blocked_and_explained(client: httpx2.AsyncClient) -> None:
    response = await client.post(
        "/v1/lint", json={"text": SALE, "platform": "x", "regions": ["US"]}
    )
    report = response.json()
    assert response.status_code == 200
    assert report["verdict"] == "block"
    finding = report["findings"][0]
    assert finding["severity"] == "error"
    assert finding["why"]
    for span in finding["spans"]:
        assert SALE[span["start"] : span["end"]] == span["text"]
    assert set(finding["groups"]) <= {group["id"] for group in report["groups"]}
    assert report["elapsed_ms"] > 0
    assert report["versions"]["model"]


async def test_a_harmless_draft_passes_without_gaps(client: httpx2.AsyncClient) -> None:
    text = "Our bakery in Leeds opens at eight tomorrow. See you there for fresh rolls!"
    report = (await client.post("/v1/lint", json={"text": text, "regions": ["GB"]})).json()
    assert report["verdict"] == "pass"
    assert report["incomplete"] == []
    assert report["language"] == "en"


async def test_offsets_can_be_utf16_for_browsers(client: httpx2.AsyncClient) -> None:
    text = "🎉🎉 Sorry if anyone was offended by our joke"
    points = (await client.post("/v1/lint", json={"text": text})).json()
    units = (await client.post("/v1/lint?offsets=utf16", json={"text": text})).json()
    encoded = text.encode("utf-16-le")
    pairs = zip(points["findings"], units["findings"], strict=True)
    compared = 0
    for point, unit in pairs:
        for first, second in zip(point["spans"], unit["spans"], strict=True):
            assert text[first["start"] : first["end"]] == first["text"]
            cut = encoded[2 * second["start"] : 2 * second["end"]].decode("utf-16-le")
            assert cut == first["text"]
            compared += first["start"] != second["start"]
    assert compared > 0


@pytest.mark.parametrize(
    ("body", "field", "message"),
    [
        ({"text": ""}, "text", "empty"),
        ({"text": " \n "}, "text", "blank"),
        ({}, "text", "required"),
        ({"text": None}, "text", "string"),
        ({"text": "a\x00b"}, "text", "NUL"),
        ({"text": "a" * 20_001}, "text", "20000"),
        ({"text": "a", "scheduled_at": "2026-09-11T13:00:00"}, "scheduled_at", "timezone"),
        ({"text": "a", "scheduled_at": "tomorrow"}, "scheduled_at", "datetime"),
        ({"text": "a", "platform": "myspace"}, "platform", "'x', 'instagram', 'facebook'"),
        ({"text": "a", "regions": ["ZZ"]}, "regions.0", "ISO 3166"),
        ({"text": "a", "regions": "US"}, "regions", "tuple"),
        ({"text": "a", "language": "english please"}, "language", "BCP 47"),
        ({"text": "a", "policy": "mine"}, "policy", "default"),
        ({"text": "a", "media": [{"kind": "hologram"}]}, "media.0.kind", "'image', 'gif'"),
        ({"text": "a", "txet": "b"}, "txet", "not permitted"),
    ],
)
async def test_bad_input_names_the_field_and_what_is_allowed(
    client: httpx2.AsyncClient, body: dict[str, object], field: str, message: str
) -> None:
    response = await client.post("/v1/lint", json=body)
    problem = response.json()
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    assert problem["errors"][0]["field"] == field
    assert message in problem["errors"][0]["message"]


@pytest.mark.parametrize(
    ("content", "status", "field"),
    [
        (b'{"text": "half', 400, "body"),
        (b"", 422, "body"),
        (b'"just a string"', 422, "body"),
        (b'{"text": "a \\ud83d b"}', 422, "text"),
        (b'{"text": "a", "\\ud83d": 1}', 422, "body"),
        (b'{"text": "\xff\xfe"}', 400, "body"),
        (b"[" * 100_000, 400, "body"),
    ],
)
async def test_broken_json_is_never_a_server_error(
    client: httpx2.AsyncClient, content: bytes, status: int, field: str
) -> None:
    headers = {"content-type": "application/json"}
    for path in ("/v1/lint", "/v1/lint/batch"):
        response = await client.post(path, content=content, headers=headers)
        assert response.status_code in (400, 422)
        assert response.headers["content-type"] == "application/problem+json"
        if path == "/v1/lint":
            assert response.status_code == status
            assert response.json()["errors"][0]["field"] == field


async def test_a_body_of_two_megabytes_is_refused(client: httpx2.AsyncClient) -> None:
    for path in ("/v1/lint", "/v1/lint/batch"):
        response = await client.post(path, content=b'{"text": "' + b"a" * 2_000_000 + b'"}')
        assert response.status_code == 413
        assert "1048576" in response.json()["detail"]


async def test_a_body_that_does_not_say_its_length_is_refused_when_it_grows_too_large(
    client: httpx2.AsyncClient,
) -> None:
    async def endless() -> object:
        for _ in range(300):
            yield b" " * 10_000

    headers = {"content-type": "application/json"}
    response = await client.post("/v1/lint", content=endless(), headers=headers)
    assert response.status_code == 413


async def test_the_text_limit_can_be_set() -> None:
    async with running(Settings(model="none", max_text=10)) as client:
        response = await client.post("/v1/lint", json={"text": "a" * 11})
        assert response.status_code == 422
        assert "10 code points" in response.json()["errors"][0]["message"]


async def test_a_batch_answers_in_order_and_one_bad_draft_is_an_error_in_its_place(
    client: httpx2.AsyncClient,
) -> None:
    drafts = [{"text": SALE}, {"text": "\ud83d"}, {"text": "Hello"}, {"text": "a", "policy": "x"}]
    response = await client.post("/v1/lint/batch", content=json.dumps({"drafts": drafts}))
    first, second, third, fourth = response.json()["reports"]
    assert response.status_code == 200
    assert first["verdict"] == "block"
    assert (second["status"], second["errors"][0]["field"]) == (422, "text")
    assert third["verdict"] == "pass"
    assert fourth["errors"][0]["field"] == "policy"


async def test_a_batch_of_more_than_a_thousand_is_refused(client: httpx2.AsyncClient) -> None:
    response = await client.post("/v1/lint/batch", json={"drafts": [{"text": "a"}] * 1001})
    assert response.status_code == 422
    assert "1000" in response.json()["errors"][0]["message"]


async def test_an_empty_batch_has_no_reports(client: httpx2.AsyncClient) -> None:
    response = await client.post("/v1/lint/batch", json={"drafts": []})
    assert response.json() == {"reports": []}


async def test_a_stream_of_lines_is_answered_line_by_line(client: httpx2.AsyncClient) -> None:
    lines = [
        json.dumps({"text": SALE}),
        "",
        "no json",
        '{"text": "half \\ud83d"}',
        "[]",
        json.dumps({"text": "Good morning"}),
        json.dumps({"text": "x" * 1_100_000}),
        json.dumps({"text": "ok", "regions": ["GB"]}),
    ]
    content = "\n".join(lines).encode()

    async def cut() -> object:
        for start in range(0, len(content), 7001):
            yield content[start : start + 7001]

    response = await client.post(
        "/v1/lint/batch", content=cut(), headers={"content-type": "application/x-ndjson"}
    )
    answers = [json.loads(line) for line in response.text.splitlines()]
    assert response.headers["content-type"] == "application/x-ndjson"
    said = [answer.get("verdict") or answer["status"] for answer in answers]
    assert said == ["block", 400, 422, 400, "pass", 413, "pass"]


async def test_a_stream_may_hold_more_than_a_batch(client: httpx2.AsyncClient) -> None:
    content = b'{"text": "Good morning"}\n' * 1200
    headers = {"content-type": "application/x-ndjson"}
    response = await client.post("/v1/lint/batch", content=content, headers=headers)
    assert len(response.text.splitlines()) == 1200


async def test_without_a_model_the_report_says_so() -> None:
    async with running(Settings(model="none")) as client:
        report = (await client.post("/v1/lint", json={"text": "Good morning"})).json()
        assert [gap["part"] for gap in report["incomplete"]] == ["model"]
        assert report["scores"] == {}


async def test_another_language_is_reported_as_not_judged(client: httpx2.AsyncClient) -> None:
    text = "Heute öffnen wir unsere neue Bäckerei in der Altstadt und freuen uns auf alle Gäste."
    report = (await client.post("/v1/lint", json={"text": text})).json()
    assert report["language"] == "de"
    assert [gap["part"] for gap in report["incomplete"]] == ["language"]

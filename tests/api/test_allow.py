"""What a draft allows, over HTTP."""

from typing import Any

import httpx2
import pytest

pytestmark = pytest.mark.anyio

TEXT = "🎉🎉 Sorry if anyone was offended by our joke"
ALLOWED = {"rule": "apologies/*", "reason": "quoted in a training"}


async def test_allowed_findings_stand_in_the_report_and_not_in_the_verdict(
    client: httpx2.AsyncClient,
) -> None:
    before = (await client.post("/v1/lint", json={"text": TEXT})).json()
    body = {"text": TEXT, "allow": [ALLOWED, {"rule": "model/*", "reason": "the same"}]}
    report = (await client.post("/v1/lint", json=body)).json()
    assert (before["verdict"], before["suppressed"]) == ("review", [])
    assert (report["verdict"], report["findings"]) == ("pass", [])
    entry = next(e for e in report["suppressed"] if e["finding"]["rule"] == "apologies/sorry-if")
    assert (entry["reason"], entry["by"]) == ("quoted in a training", "draft")
    assert entry["finding"] in before["findings"]


async def test_offsets_of_allowed_findings_can_be_utf16_too(client: httpx2.AsyncClient) -> None:
    body = {"text": TEXT, "allow": [ALLOWED]}
    report = (await client.post("/v1/lint?offsets=utf16", json=body)).json()
    (span,) = report["suppressed"][0]["finding"]["spans"]
    encoded = TEXT.encode("utf-16-le")
    assert encoded[2 * span["start"] : 2 * span["end"]].decode("utf-16-le") == span["text"]


async def test_an_allowance_in_vain_is_no_error_but_told(client: httpx2.AsyncClient) -> None:
    entries = [
        {"rule": "apologies/sory-if", "reason": "a"},
        {"rule": "apologies/sorry-if", "reason": "b", "until": "2020-01-01"},
        {"rule": "tragedy/*", "reason": "c", "until": None},
    ]
    response = await client.post("/v1/lint", json={"text": TEXT, "allow": entries})
    report = response.json()
    assert (response.status_code, report["verdict"]) == (200, "review")
    assert [(entry["rule"], entry["problem"]) for entry in report["unused_allowances"]] == [
        ("apologies/sory-if", "unknown-rule"),
        ("apologies/sorry-if", "expired"),
        ("tragedy/*", "nothing-found"),
    ]


@pytest.mark.parametrize(
    ("allow", "field", "message"),
    [
        (ALLOWED, "allow", "tuple"),
        ([ALLOWED] * 51, "allow", "at most 50"),
        ([{"rule": "apologies/*"}], "allow.0.reason", "required"),
        ([{**ALLOWED, "reason": " "}], "allow.0.reason", "blank"),
        ([{**ALLOWED, "rule": "apologies"}], "allow.0.rule", "such as profanity/*"),
        ([{**ALLOWED, "until": "2026-02-30"}], "allow.0.until", "must be a date such as"),
        ([ALLOWED, {**ALLOWED, "for": "ever"}], "allow.1.for", "not permitted"),
    ],
)
async def test_a_wrong_allowance_names_the_field_and_what_is_allowed(
    client: httpx2.AsyncClient, allow: Any, field: str, message: str
) -> None:
    response = await client.post("/v1/lint", json={"text": TEXT, "allow": allow})
    error = response.json()["errors"][0]
    assert (response.status_code, error["field"]) == (422, field)
    assert message in error["message"]


async def test_each_draft_of_a_batch_has_its_own_allowances_and_policy(
    client: httpx2.AsyncClient,
) -> None:
    drafts = [
        {"text": "Damn, it rains.", "policy": "strict"},
        {"text": "Damn, it rains.", "policy": "lenient"},
        {"text": "Damn, it rains.", "allow": [{"rule": "profanity/mild", "reason": "a"}]},
    ]
    response = await client.post("/v1/lint/batch", json={"drafts": drafts})
    strict, lenient, allowed = response.json()["reports"]
    assert "profanity/mild" in {finding["rule"] for finding in strict["findings"]}
    assert [report["suppressed"] for report in (strict, lenient)] == [[], []]
    assert [entry["finding"]["rule"] for entry in allowed["suppressed"]] == ["profanity/mild"]

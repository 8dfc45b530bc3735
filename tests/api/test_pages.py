"""The rules as people read them: the service's pages, and the same words in docs/rules."""

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import httpx2
import pytest

from docs.generate import RULE_PAGES, rule_reference, stale
from postlint.bootstrap import Application
from postlint.settings import Settings
from tests.api.conftest import running
from tests.support import WriteFile, rule

pytestmark = pytest.mark.anyio

BROWSER = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
ORDERS = ("/rules", "/rules?by=topic", "/rules?by=group")
VOID = frozenset({"meta", "link", "input", "br"})


class Page(HTMLParser):
    """What a test looks at in a page; feeding fails where a tag is not closed in order."""

    def __init__(self, response: httpx2.Response) -> None:
        super().__init__()
        self.address = str(response.url)
        self.links: set[str] = set()
        self.loaded: list[str] = []
        self.ids: list[str] = []
        self.tags: list[str] = []
        self.texts: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(response.text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags.append(tag)
        if tag == "a":
            self.links.add(urljoin(self.address, values["href"]))
        elif values.get("rel") == "stylesheet" or values.get("src"):
            self.loaded.append(urljoin(self.address, values.get("href") or values.get("src")))
        if identifier := values.get("id"):
            self.ids.append(identifier)
        assert "style" not in values
        assert not any(name.startswith("on") for name in values)
        if tag not in VOID:
            self._open.append(tag)
            self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        for tag in set(self._open):
            self.texts[tag][-1] += data


async def get(client: httpx2.AsyncClient, path: str) -> Page:
    response = await client.get(path, headers=BROWSER)
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    return Page(response)


async def test_every_rule_has_a_page(client: httpx2.AsyncClient, application: Application) -> None:
    for name, card in application.rules.items():
        page = await get(client, f"/rules/{name}")
        assert page.texts["title"] == [f"{name} · postlint"]
        assert len(page.texts["h1"]) == 1
        assert len(page.ids) == len(set(page.ids))
        if card.kind == "calendar":
            assert not re.search(r"\{\w*\}", page.texts["main"][0])
        else:
            assert page.texts["h1"] == [card.message]
            assert ("mark" in page.tags) == (card.kind not in ("shape", "model"))


async def test_every_link_of_the_index_resolves(
    client: httpx2.AsyncClient, application: Application
) -> None:
    pages: dict[str, Page | None] = {}
    for order in ORDERS:
        index = await get(client, order)
        rules = {f"http://postlint/rules/{name}" for name in application.rules}
        assert rules <= index.links
        for link in index.links:
            address, fragment = urldefrag(link)
            if address not in pages:
                response = await client.get(address, headers=BROWSER)
                assert response.status_code == 200, link
                is_page = response.headers["content-type"].startswith("text/html")
                pages[address] = Page(response) if is_page else None
            page = pages[address]
            assert not fragment or (page and fragment in page.ids), link


async def test_a_page_says_what_why_whom_and_what_to_do(client: httpx2.AsyncClient) -> None:
    page = await get(client, "/rules/apologies/sorry-if")
    text = page.texts["main"][0]
    card = (await client.get("/v1/rules/apologies/sorry-if")).json()
    for words in (card["message"], card["why"], card["suggestion"], "customers", "warning"):
        assert words in text
    assert "http://postlint/rules?by=group#group-customers" in page.links
    assert "http://postlint/rules#pack-apologies" in page.links


async def test_examples_show_what_is_found_and_what_is_left_alone(
    client: httpx2.AsyncClient,
) -> None:
    page = await get(client, "/rules/apologies/sorry-if")
    examples = (await client.get("/v1/rules/apologies/sorry-if")).json()["examples"]
    marked = [words for text in examples["match"] for words in re.findall(r"\[\[(.*?)]]", text)]
    assert page.texts["mark"][1:] == marked
    for text in (*examples["match"], *examples["no_match"]):
        assert text.replace("[[", "").replace("]]", "") in page.texts["p"]


async def test_an_example_says_what_else_is_known_of_its_post(client: httpx2.AsyncClient) -> None:
    page = await get(client, "/rules/accessibility/missing-alt-text")
    notes = page.texts["small"]
    assert "with image, no alt text" in notes
    assert "with image, the alt text “A red bridge over a canal at dawn.”" in notes


async def test_words_with_something_better_to_say_are_listed(client: httpx2.AsyncClient) -> None:
    page = await get(client, "/rules/disability/wording")
    row = page.texts["th"].index("the disabled")
    assert page.texts["td"][(row - 3) * 2] == "disabled people"


async def test_readers_are_warned_of_slurs(client: httpx2.AsyncClient) -> None:
    warning = "Slurs are shown as they are on this page."
    assert warning in (await get(client, "/rules/slurs/anti-asian")).texts["strong"]
    assert warning not in (await client.get("/rules/apologies/sorry-if", headers=BROWSER)).text


async def test_a_rule_of_the_calendar_says_that_the_day_decides(client: httpx2.AsyncClient) -> None:
    text = (await get(client, "/rules/timing/observance-greeting")).texts["main"][0]
    assert "Cheers on a day that is not a happy one: [the day]." in text
    assert "depends on the day and the audience" in text
    assert "those whom the day is about" in text
    assert 'timing/observance-greeting: "off"' in text


async def test_the_policy_on_the_page_turns_the_rule_off(
    rules_folder: Path, write_rule: WriteFile
) -> None:
    write_rule("p/one", rule("one", "kind: terms\nterms: [aubergine]"))
    settings = Settings(rules=rules_folder, model="none")
    draft = {"text": "Fresh aubergine today", "policy": "mine"}
    async with running(settings) as client:
        page = await get(client, "/rules/p/one")
        assert (await client.post("/v1/lint", json=draft | {"policy": "default"})).json()[
            "findings"
        ]
    (rules_folder / "policies" / "mine.yml").write_text(page.texts["pre"][0])
    async with running(settings) as client:
        assert (await client.post("/v1/lint", json=draft)).json()["findings"] == []


async def test_what_a_pack_says_is_text_and_never_markup(
    rules_folder: Path, write_rule: WriteFile
) -> None:
    changes = {
        "message": "'<script>alert(1)</script> is wrong'",
        "references": '["javascript:alert(1)", "https://example.org/?a=1&b=2"]',
    }
    write_rule("p/one", rule("one", 'kind: terms\nterms: ["<b>"]', **changes))
    async with running(Settings(rules=rules_folder, model="none")) as client:
        page = await get(client, "/rules/p/one")
        index = await get(client, "/rules?q=%22%3E%3Cscript%3E")
    assert page.texts["h1"] == ["<script>alert(1)</script> is wrong"]
    assert "https://example.org/?a=1&b=2" in page.links
    assert "javascript:alert(1)" in page.texts["main"][0]
    assert not any(link.startswith("javascript:") for link in page.links)
    assert "script" not in page.tags + index.tags


@pytest.mark.parametrize("order", ORDERS)
async def test_the_index_is_in_order(client: httpx2.AsyncClient, order: str) -> None:
    headings = [heading.casefold() for heading in (await get(client, order)).texts["h2"]]
    last = ["nobody in particular"] if "group" in order else []
    assert headings == sorted(set(headings) - set(last)) + last


async def test_a_search_finds_words_of_rules_and_their_examples(client: httpx2.AsyncClient) -> None:
    found = await get(client, "/rules?q=Bored+STORM")
    assert "http://postlint/rules/tragedy/disaster-as-occasion-sale" in found.links
    assert "http://postlint/rules/apologies/sorry-if" not in found.links
    assert "http://postlint/rules?by=topic&q=Bored%20STORM" in found.links
    term = await get(client, "/rules?q=spearchucker")
    assert "http://postlint/rules/slurs/anti-black" in term.links
    nothing = await get(client, "/rules?q=xyzzy")
    assert "0 rules with “xyzzy”" in nothing.texts["main"][0]


@pytest.mark.parametrize("query", ["by=colour", f"q={'a' * 101}"])
async def test_a_wrong_question_to_the_index_is_a_problem(
    client: httpx2.AsyncClient, query: str
) -> None:
    response = await client.get(f"/rules?{query}", headers=BROWSER)
    assert response.status_code == 422
    assert response.json()["errors"][0]["field"] == query.partition("=")[0]


@pytest.mark.parametrize("path", ["/rules", "/rules/slurs/anti-asian", "/rules/slurs/none"])
async def test_a_page_loads_its_own_stylesheet_and_nothing_else(
    client: httpx2.AsyncClient, path: str
) -> None:
    response = await client.get(path, headers=BROWSER)
    policy = response.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'; ")
    assert "script" not in policy
    page = Page(response)
    assert page.loaded == ["http://postlint/rules/style.css"]
    assert not {"script", "style", "img", "iframe"} & set(page.tags)
    style = await client.get(page.loaded[0])
    assert style.headers["content-type"] == "text/css; charset=utf-8"
    assert "prefers-color-scheme: dark" in style.text
    assert not re.search(r"url\(|@import", style.text)


@pytest.mark.parametrize("path", ["/rules/slurs/none", "/rules/none/none"])
async def test_a_browser_gets_a_page_for_a_rule_that_does_not_exist(
    client: httpx2.AsyncClient, path: str
) -> None:
    response = await client.get(path, headers=BROWSER)
    assert response.status_code == 404
    assert response.headers["vary"] == "Accept"
    page = Page(response)
    assert page.texts["h1"] == ["There is no such rule"]
    assert "http://postlint/rules" in page.links


@pytest.mark.parametrize(
    "accept",
    ["application/json", "*/*", "text/html;q=0.5, application/problem+json", "text/html;q=x"],
)
async def test_other_clients_get_a_problem_for_a_rule_that_does_not_exist(
    client: httpx2.AsyncClient, accept: str
) -> None:
    response = await client.get("/rules/slurs/none", headers={"accept": accept})
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["vary"] == "Accept"
    assert response.json()["title"] == "Not Found"


async def test_pages_are_for_this_machine_unless_the_service_is_opened() -> None:
    async with running(Settings(model="none"), address="203.0.113.9") as client:
        assert (await client.get("/rules", headers=BROWSER)).status_code == 403


def test_the_markdown_reference_has_every_rule_and_no_broken_link(application: Application) -> None:
    pages = rule_reference()
    packs = {pack.id for pack in application.packs}
    assert {path.name for path in pages} == {"index.md"} | {f"{pack}.md" for pack in packs}
    index = pages[RULE_PAGES / "index.md"]
    for name in application.rules:
        pack, _, identifier = name.partition("/")
        assert f"[{name}]({pack}.md#{identifier})" in index
        headings = re.findall(r"^#+ (.+)$", pages[RULE_PAGES / f"{pack}.md"], re.MULTILINE)
        assert headings.count(identifier) == 1
        assert len(headings) == len({heading.casefold() for heading in headings})


def test_markdown_shows_texts_as_they_are() -> None:
    page = rule_reference()[RULE_PAGES / "slurs.md"]
    assert "- “Friday night, a <mark>chinky</mark> and a film”" in page
    assert "| golliwog\\* |" in page
    assert "**Slurs are shown as they are on this page.**" in page


def test_a_page_of_a_pack_that_is_gone_is_stale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("docs.generate.RULE_PAGES", tmp_path)
    kept, changed, gone, missing = (tmp_path / f"{name}.md" for name in "abcd")
    for path in (kept, changed, gone):
        path.write_text("old")
    assert stale({kept: "old", changed: "new", missing: "new"}) == [changed, missing, gone]

"""GET /rules and /rules/<pack>/<rule>: the pages that a finding's help_url leads to.

Links are relative, so the pages also work below a prefix. They load one stylesheet of
their own and nothing else.
"""

from http import HTTPStatus
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.requests import Request
from fastapi.responses import FileResponse, HTMLResponse, Response
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.exceptions import HTTPException

from postlint import __version__
from postlint.api.dependencies import ApplicationDependency
from postlint.api.pages.index import Order, matching, sections
from postlint.api.pages.negotiation import wants_page
from postlint.rulepacks.reference import Reference

router = APIRouter(include_in_schema=False)

MAX_QUERY = 100
"""Longest search in characters."""

_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

_templates = Environment(
    loader=PackageLoader("postlint.api.pages"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)
_templates.globals |= {"version": __version__, "max_query": MAX_QUERY, "orders": tuple(Order)}


def _reference(application: ApplicationDependency) -> Reference:
    return Reference(application.rules, application.packs, application.book)


ReferenceDependency = Annotated[Reference, Depends(_reference)]
Search = Annotated[str, Query(max_length=MAX_QUERY)]


@router.get("/rules")
def show_index(reference: ReferenceDependency, by: Order = Order.PACK, q: Search = "") -> Response:
    """Every rule, or those with the words of `q`, by pack, topic or group."""
    rules = list(matching(reference.rules(), q))
    found = sections(reference, rules, by)
    return _page("index.html", root=".", by=by, q=q.strip(), count=len(rules), sections=found)


@router.get("/rules/style.css")
def show_style() -> Response:
    """The stylesheet of all pages."""
    return FileResponse(Path(__file__).parent / "style.css", headers=_HEADERS)


@router.get("/rules/{pack}/{rule}")
def show_rule(pack: str, rule: str, reference: ReferenceDependency, request: Request) -> Response:
    """One rule; where there is none a page for browsers, a problem for all others."""
    text = reference.rule(f"{pack}/{rule}")
    if text is not None:
        return _page("rule.html", root="../..", rule=text)
    if not wants_page(request.headers.get("accept", "")):
        detail = "There is no such rule; GET /rules lists them."
        raise HTTPException(HTTPStatus.NOT_FOUND, detail, {"Vary": "Accept"})
    missing = _page("missing.html", HTTPStatus.NOT_FOUND, root="../..")
    missing.headers["Vary"] = "Accept"
    return missing


def _page(template: str, status: int = HTTPStatus.OK, **values: object) -> Response:
    return HTMLResponse(_templates.get_template(template).render(values), status, _HEADERS)

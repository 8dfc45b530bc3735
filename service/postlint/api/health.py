"""GET /healthz and /readyz, for whoever runs the service."""

from dataclasses import asdict
from datetime import datetime

from fastapi import APIRouter, Request
from pydantic import BaseModel

from postlint.api.live import Live
from postlint.api.problems import RefusedError, declared, problem
from postlint.events.feeds.poller import Poller
from postlint.report import Versions

router = APIRouter(tags=["health"])


class Alive(BaseModel):
    """The process answers."""

    status: str = "alive"


class RuleProblem(BaseModel):
    """Why a rule, a signal, a pack or a policy was left out.

    file: from the folder of packs on. line: 1-based, null where the whole file is meant.
    """

    file: str
    line: int | None
    message: str


class Feed(BaseModel):
    """How a feed is doing; one that is down stops nothing.

    last_read: when it was last had or found unchanged, UTC, null for never. problem: null
    while all is well; failures: how often in a row. rejected: messages of the last document
    that could not be understood.
    """

    name: str
    last_read: datetime | None
    problem: str | None
    failures: int
    rejected: int


class Ready(BaseModel):
    """Packs and model are loaded: what they are, and what of them is broken.

    left_out: rules ("pack/rule") and policies ("policy:id") that do not judge; the others do.
    feeds: those that the settings name.
    """

    status: str = "ready"
    versions: Versions
    left_out: tuple[str, ...]
    rule_problems: tuple[RuleProblem, ...]
    feeds: tuple[Feed, ...]


@router.get("/healthz")
async def healthz() -> Alive:
    """Whether the process is alive."""
    return Alive()


@router.get("/readyz", responses=declared(503))
async def readyz(request: Request) -> Ready:
    """Whether drafts can be judged now; 503 while starting or stopping."""
    live: Live | None = getattr(request.app.state, "live", None)
    if live is None:
        raise RefusedError(problem(503, "Packs and model are not loaded."))
    application = live.current.application
    poller: Poller | None = request.app.state.poller
    return Ready(
        versions=application.linter.versions,
        left_out=tuple(application.left_out),
        rule_problems=tuple(
            RuleProblem(file=live.place(found.path), line=found.line, message=found.problem)
            for found in application.problems
        ),
        feeds=tuple(Feed(**asdict(status)) for status in poller.status) if poller else (),
    )

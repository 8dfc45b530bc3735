"""GET /healthz and /readyz, for whoever runs the service."""

from fastapi import APIRouter, Request
from pydantic import BaseModel

from postlint.api.problems import RefusedError, declared, problem
from postlint.report import Versions

router = APIRouter(tags=["health"])


class Alive(BaseModel):
    """The process answers."""

    status: str = "alive"


class Ready(BaseModel):
    """Packs and model are loaded: what they are."""

    status: str = "ready"
    versions: Versions


@router.get("/healthz")
async def healthz() -> Alive:
    """Whether the process is alive."""
    return Alive()


@router.get("/readyz", responses=declared(503))
async def readyz(request: Request) -> Ready:
    """Whether drafts can be judged now; 503 while starting or stopping."""
    application = getattr(request.app.state, "application", None)
    if application is None:
        raise RefusedError(problem(503, "Packs and model are not loaded."))
    return Ready(versions=application.linter.versions)

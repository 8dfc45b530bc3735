"""The HTTP service. Importing this module does nothing; `create_app` builds it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from fastapi import FastAPI

from postlint import __version__
from postlint.api import health, problems
from postlint.api.body_limit import BodyLimit
from postlint.api.live import Live
from postlint.api.loopback import LoopbackOnly
from postlint.api.pages import routes as pages
from postlint.api.v1 import catalogue, events, incidents, lint, packs
from postlint.bootstrap import feed_poller, load_foundation
from postlint.settings import Settings

_log = structlog.get_logger(__name__)

_ABOUT = "Checks a draft post before it goes live: what is wrong, where, whom it would hurt."


def create_app(settings: Settings) -> FastAPI:
    """The application; rules and model are loaded when it starts, not here."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        foundation = load_foundation(settings)
        poller = feed_poller(settings, foundation.incidents)
        live = Live(foundation, settings.threads, settings.max_text)
        app.state.live, app.state.poller = live, poller
        _log.info("ready", **live.current.application.linter.versions.model_dump())
        tasks = [asyncio.create_task(live.watch())]
        if poller is not None:
            tasks.append(asyncio.create_task(poller.run()))
        yield
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        app.state.live = app.state.poller = None
        _log.info("stopped")

    app = FastAPI(title="postlint", version=__version__, description=_ABOUT, lifespan=lifespan)
    app.state.settings = settings
    app.add_middleware(BodyLimit, limit=settings.max_body_bytes)
    if not settings.open:
        app.add_middleware(LoopbackOnly)
    problems.install(app)
    for module in (lint, catalogue, packs, events, incidents):
        app.include_router(module.router, prefix="/v1")
    app.include_router(health.router)
    app.include_router(pages.router)
    return app

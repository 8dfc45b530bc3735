"""The service over ASGI, started and stopped as a server does it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx2
import pytest
from asgi_lifespan import LifespanManager

from postlint.api.app import create_app
from postlint.settings import Settings


@asynccontextmanager
async def running(
    settings: Settings, address: str = "127.0.0.1"
) -> AsyncIterator[httpx2.AsyncClient]:
    """A client of a started service; `address` is where the client seems to be."""
    app = create_app(settings)
    async with LifespanManager(app, startup_timeout=60) as manager:
        transport = httpx2.ASGITransport(
            manager.app, client=(address, 50000), raise_app_exceptions=False
        )
        async with httpx2.AsyncClient(transport=transport, base_url="http://postlint") as client:
            yield client


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
async def client(anyio_backend: str) -> AsyncIterator[httpx2.AsyncClient]:
    """The service with everything that ships."""
    async with running(Settings()) as client:
        yield client

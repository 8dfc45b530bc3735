"""`postlint serve`: the HTTP service."""

import click
import uvicorn

from postlint.api.app import create_app
from postlint.api.logs import configure_logs
from postlint.settings import Settings


def application() -> object:
    """The app for a uvicorn worker process, from the environment's settings."""
    settings = Settings()
    configure_logs(settings.log_level)
    return create_app(settings)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8080, show_default=True, type=click.IntRange(0, 65535))
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64))
def serve(host: str, port: int, workers: int) -> None:
    """Start the HTTP service; /docs describes it."""
    uvicorn.run(
        "postlint.cli.serve:application",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=30,
    )

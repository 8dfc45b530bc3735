"""How an error of the set-up reaches the person at the terminal."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from postlint.errors import PostlintError

USAGE = 2
"""Exit status when postlint could not do what was asked."""


@contextmanager
def reported() -> Iterator[None]:
    """Print a PostlintError without a traceback and leave with status 2."""
    try:
        yield
    except PostlintError as error:
        click.echo(str(error), err=True)
        raise SystemExit(USAGE) from None

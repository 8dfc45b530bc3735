"""The `postlint` command."""

import click

from postlint import __version__
from postlint.cli.check import check
from postlint.cli.events import events
from postlint.cli.incident import incident
from postlint.cli.model import model
from postlint.cli.rules import rules
from postlint.cli.serve import serve


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="postlint")
def main() -> None:
    """Check social-media drafts before they go live."""


for command in (check, events, incident, model, rules, serve):
    main.add_command(command)

"""`postlint rules`: check, list, show and start rules."""

from collections.abc import Mapping
from pathlib import Path

import click

from postlint.bootstrap import build
from postlint.cli.failure import reported
from postlint.resources import rules_folder
from postlint.rulepacks.catalogue import RuleCard
from postlint.rulepacks.scaffold import new_rule
from postlint.rulepacks.verifier import verify
from postlint.settings import Settings

_FOLDER = click.option(
    "--rules",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=None,
    help="Folder of packs; default: the shipped ones.",
)


@click.group()
def rules() -> None:
    """Check, list, show and start rules."""


@rules.command()
@_FOLDER
@click.option("--no-model", is_flag=True, help="Leave out rules that need the model.")
def check(folder: Path | None, no_model: bool) -> None:
    """Run every rule's examples through the linter; exit 1 when one fails."""
    with reported():
        application = build(_settings(folder, no_model=no_model))
    problems = verify(application.book, application.linter, with_model=not no_model)
    for problem in problems:
        click.echo(str(problem), err=True)
    count = sum(1 for _ in application.book.rules())
    if problems:
        click.echo(f"{len(problems)} problems in {count} rules", err=True)
        raise SystemExit(1)
    click.echo(f"{count} rules and {len(application.book.signals)} signals hold")


@rules.command("list")
@_FOLDER
def list_rules(folder: Path | None) -> None:
    """One line a rule: name, severity, message."""
    for card in _cards(folder).values():
        click.echo(f"{card.rule:44} {card.severity or 'varies':8} {card.message}")


@rules.command()
@click.argument("name")
@_FOLDER
def show(name: str, folder: Path | None) -> None:
    """Print one rule, "pack/rule", as JSON."""
    card = _cards(folder).get(name)
    if card is None:
        raise click.UsageError(f"there is no rule {name!r}; `postlint rules list` names them")
    click.echo(card.model_dump_json(indent=2))


def _cards(folder: Path | None) -> Mapping[str, RuleCard]:
    with reported():
        return build(_settings(folder, no_model=True)).rules


@rules.command()
@click.argument("name")
@_FOLDER
def new(name: str, folder: Path | None) -> None:
    """Write a start for the rule "pack/rule" and say where it is."""
    with reported():
        path = new_rule(folder or rules_folder(), name)
    click.echo(f"{path}: fill it in, then run `postlint rules check`")


def _settings(folder: Path | None, *, no_model: bool) -> Settings:
    settings = Settings()
    chosen = {"rules": folder or settings.rules, "model": "none" if no_model else settings.model}
    return settings.model_copy(update=chosen)

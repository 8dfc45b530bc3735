"""`postlint rules`: check, list, show, start and import rules."""

from collections.abc import Mapping
from pathlib import Path

import click

from postlint.bootstrap import build
from postlint.cli.failure import reported
from postlint.finding import Category
from postlint.nlp import SpacyParser
from postlint.resources import rules_folder
from postlint.rulepacks.catalogue import RuleCard
from postlint.rulepacks.loader import shipped_packs
from postlint.rulepacks.scaffold import new_rule
from postlint.rulepacks.store import PackStore
from postlint.rulepacks.vale.importer import Target, import_style
from postlint.rulepacks.vale.summary import summary
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
    """Write a start for the rule "pack/rule" and say where it is.

    A rule of a shipped pack goes beside the others of it, any other among your own packs
    (POSTLINT_DATA), unless --rules names another folder.
    """
    settings = Settings()
    shipped = settings.rules or rules_folder()
    is_shipped = name.partition("/")[0] in shipped_packs(shipped)
    beside = shipped if is_shipped else PackStore(settings.data).packs_folder
    with reported():
        path = new_rule(folder or beside, name)
    click.echo(f"{path}: fill it in, then run `postlint rules check`")


@rules.command("import-vale")
@click.argument(
    "style", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path)
)
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("rules"),
    show_default=True,
    help="Folder of packs to write to.",
)
@click.option("--pack", default=None, help="Name of the pack; default: that of the style.")
@click.option(
    "--category",
    type=click.Choice([category.value for category in Category]),
    default=Category.RISKY.value,
    show_default=True,
)
@click.option("--topic", default="style", show_default=True, help="An id of topics.yml.")
def import_vale(style: Path, into: Path, pack: str | None, category: str, topic: str) -> None:
    """Write the Vale style in DIR as a pack and list what could not be said.

    Every rule is written with examples that the linter was seen to judge rightly. Exits with 0
    when something was imported, 1 when nothing was, 2 when DIR is no style or the pack exists.
    """
    with reported():
        done = import_style(style, Target(into, pack, Category(category), topic), SpacyParser())
    click.echo(summary(done))
    raise SystemExit(0 if done.imported else 1)


def _settings(folder: Path | None, *, no_model: bool) -> Settings:
    settings = Settings()
    chosen = {"rules": folder or settings.rules, "model": "none" if no_model else settings.model}
    return settings.model_copy(update=chosen)

"""`postlint model`: look at a model, ask it, and bring one of Detoxify's into our form."""

from collections.abc import Iterable, Iterator, Mapping
from math import inf
from pathlib import Path

import click

from postlint.cli.failure import reported
from postlint.errors import ModelError
from postlint.inference.extra import detoxify_extra
from postlint.inference.loader import load_scorer
from postlint.inference.scorer import HeadThresholds, RiskScorer
from postlint.resources import model_folder
from postlint.settings import Settings

_WORTH_TELLING = 0.05
_BAR = 20
_SENTENCE = "Our bakery opens at eight tomorrow."

_MODEL = click.option(
    "--model",
    "spec",
    metavar="MODEL",
    default=None,
    help="As in POSTLINT_MODEL; default: that setting.",
)


@click.group()
def model() -> None:
    """Look at a model, ask it, and export one of Detoxify's."""


@model.command()
@_MODEL
def info(spec: str | None) -> None:
    """Print what a model is: heads and thresholds, sizes, data."""
    with reported():
        known = _load(spec).info
    click.echo(f"{known.name} {known.version}")
    if known.window is not None:
        click.echo(f"  reads {known.window} tokens at once, longer texts in windows")
    for name, size in known.files.items():
        click.echo(f"  {name} {size / 1e6:.1f} MB")
    click.echo(f"heads ({len(known.heads)})")
    for head in known.heads:
        click.echo(f"  {head:24} {_describe(known.thresholds.get(head))}")
    click.echo(f"intents ({len(known.intents)}): {_list(known.intents)}")
    click.echo(f"groups ({len(known.groups)}): {_list(known.groups)}")
    if known.groups:
        click.echo(f"  named from {known.group_threshold:g}")
    click.echo("\n  ".join(("data:", *(known.data or ("not stated",)))))


@model.command()
@_MODEL
def verify(spec: str | None) -> None:
    """Compare a model's files with their checksums and run it; exit 1 when it is wrong."""
    try:
        scorer = _load(spec)
        (scores,) = scorer.score([_SENTENCE])
        values = {**scores.heads, **scores.intents, **scores.groups}
        wrong = [name for name, value in values.items() if not 0 <= value <= 1]
        if wrong:
            raise ModelError(f"{scorer.info.name}: gives no probability for {_list(wrong)}")
    except ModelError as error:
        click.echo(str(error), err=True)
        raise SystemExit(1) from None
    known = scorer.info
    checked = f"checksums of {_list(known.files)} hold" if known.files else "has no checksums"
    click.echo(f"{known.name} {known.version}: {checked}; one pass gives {len(values)} scores")


@model.command()
@click.argument("text")
@_MODEL
def score(text: str, spec: str | None) -> None:
    """Print what a model says of TEXT: scores above 0.05, highest first, and toxic words.

    An exclamation mark stands before what reaches its threshold.
    """
    with reported():
        scorer = _load(spec)
        (scores,) = scorer.score([text])
    known = scorer.info
    alarming = {head: threshold.review for head, threshold in known.thresholds.items()}
    naming = dict.fromkeys(scores.groups, known.group_threshold)
    for title, values, limits in (
        ("heads", scores.heads, alarming),
        ("intents", scores.intents, {}),
        ("groups", scores.groups, naming),
    ):
        if values:
            click.echo(f"{title}:")
            click.echo("\n".join(_rows(values, limits)) or f"  none above {_WORTH_TELLING}")
    if scores.spans:
        click.echo("toxic words:")
    for span in scores.spans:
        click.echo(f"  {span.score:.2f} {text[span.start : span.end]}")


@model.command()
@click.argument("checkpoint", type=click.Path(path_type=Path))
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--float", "as_float", is_flag=True, help="Keep float32: four times the size.")
@click.option(
    "--review",
    type=click.FloatRange(0, 1, min_open=True),
    default=0.5,
    show_default=True,
    help="Threshold of every head; none blocks.",
)
@click.option(
    "--unpickle",
    is_flag=True,
    help="Read a file with more in it than tensors and plain values. It can run any code.",
)
def export(checkpoint: Path, folder: Path, as_float: bool, review: float, unpickle: bool) -> None:
    """Write a Detoxify CHECKPOINT into DIR in our form: ONNX, int8, with a manifest.

    POSTLINT_MODEL=DIR then uses it. BERT, RoBERTa, ALBERT and XLM-R are known;
    config.json and the tokenizer's files lie beside the checkpoint, else they are
    downloaded. A checkpoint is a pickle: export only files of your own, or of
    somebody you trust. Needs pip install 'postlint[detoxify]'.
    """
    with reported():
        with detoxify_extra():
            from postlint.inference.export import export_checkpoint
        export_checkpoint(checkpoint, folder, int8=not as_float, review=review, unpickle=unpickle)
        known = _load(str(folder)).info
    size = sum(known.files.values())
    click.echo(f"{folder}: {known.name} {known.version}, {size / 1e6:.1f} MB")


def _load(spec: str | None) -> RiskScorer:
    chosen = Settings().model if spec is None else spec
    scorer = load_scorer(chosen, shipped=model_folder())
    if scorer is None:
        raise ModelError(f"{chosen!r} is no model; name one with --model")
    return scorer


def _describe(threshold: HeadThresholds | None) -> str:
    if threshold is None:
        return "never alarms"
    block = "" if threshold.block is None else f", block from {threshold.block:g}"
    return f"review from {threshold.review:g}{block}"


def _rows(values: Mapping[str, float], limits: Mapping[str, float]) -> Iterator[str]:
    """One line a value worth telling; what reaches its limit is marked."""
    for name, value in sorted(values.items(), key=lambda item: -item[1]):
        if value > _WORTH_TELLING:
            mark = "!" if value >= limits.get(name, inf) else " "
            yield f"{mark} {name:24} {value:.2f} {'#' * round(value * _BAR)}"


def _list(names: Iterable[str]) -> str:
    return ", ".join(names) or "none"

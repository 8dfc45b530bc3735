"""What an import tells at the terminal."""

from collections.abc import Iterable, Iterator

from postlint.rulepacks.vale.importer import Import, Outcome


def summary(done: Import) -> str:
    """A table of what was imported and what was not, each with what is to be known of it."""
    imported = [outcome for outcome in done.outcomes if outcome.files]
    others = [outcome for outcome in done.outcomes if not outcome.files]
    where = f" to {done.pack}" if done.pack else ""
    lines = [f"{done.style}: {done.imported} of {len(done.outcomes)} rules imported{where}"]
    if imported:
        lines += ["", "imported", *_rows(imported)]
    if others:
        lines += ["", "not imported", *_rows(others)]
    return "\n".join(lines)


def _rows(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """The rule beside its files; what is to be known in lines of its own below."""
    outcomes = list(outcomes)
    width = max(len(outcome.rule) for outcome in outcomes)
    for outcome in outcomes:
        told = [", ".join(outcome.files)] if outcome.files else []
        told += [f"without {note}" if outcome.files else note for note in outcome.notes]
        for number, line in enumerate(told):
            yield f"  {outcome.rule if number == 0 else '':{width}}  {line}"

"""Where the rules and models are that ship with postlint."""

from pathlib import Path

_PACKAGE = Path(__file__).parent
_PACKAGED = _PACKAGE / "_data"
_CHECKOUT = _PACKAGE.parent.parent


def _folder(name: str, in_checkout: str | None = None) -> Path:
    """The packaged folder of an installed wheel, else the one of the checkout."""
    packaged = _PACKAGED / name
    return packaged if packaged.is_dir() else _CHECKOUT / (in_checkout or name)


def rules_folder() -> Path:
    """Packs, signals, groups, topics, policies and the calendar, as YAML."""
    return _folder("rules")


def model_folder() -> Path:
    """The shipped model."""
    return _folder("models") / "risk"


def evaluation_folder() -> Path:
    """Drafts written to measure postlint, as drafts_*.yml; never shown."""
    return _folder("eval", "tests/eval")

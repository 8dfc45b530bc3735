"""Where the rules and models are that ship with postlint."""

from pathlib import Path

_PACKAGE = Path(__file__).parent
_PACKAGED = _PACKAGE / "_data"
_CHECKOUT = _PACKAGE.parent.parent


def _folder(name: str) -> Path:
    """The packaged folder of an installed wheel, else the one of the checkout."""
    packaged = _PACKAGED / name
    return packaged if packaged.is_dir() else _CHECKOUT / name


def rules_folder() -> Path:
    """Packs, signals, groups, topics, policies and the calendar, as YAML."""
    return _folder("rules")


def model_folder() -> Path:
    """The shipped model."""
    return _folder("models") / "risk"

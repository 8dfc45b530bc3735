"""Packages that only other models than the shipped one need."""

from collections.abc import Iterator
from contextlib import contextmanager

from postlint.errors import ModelError


@contextmanager
def detoxify_extra() -> Iterator[None]:
    """Around imports of detoxify, onnx, torch or transformers, and of modules that need them.

    Raises ModelError that says what to install when one is missing.
    """
    try:
        yield
    except ImportError as error:
        raise ModelError(
            f"{error.name or error} is not installed: pip install 'postlint[detoxify]'"
        ) from error

"""postlint checks a draft post before it goes live."""

from importlib.metadata import version

__version__ = version("postlint")

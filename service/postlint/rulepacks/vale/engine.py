"""Regular expressions of Vale rules as RE2 sees them. Vale's own engine is .NET's."""

import re
from typing import Any, Final

import re2

from postlint.rulepacks.vale.part import NotExpressible

_REFERENCE: Final = re.compile(r"\$\{?(\d+)\}?")

_OPTIONS: Final = re2.Options()
_OPTIONS.log_errors = False


def portable(expression: str) -> str:
    r"""The expression of Vale's .NET-like engine as RE2 writes it: \u00a0 is \x{00a0}."""
    return re.sub(r"(?<!\\)((?:\\\\)*)\\u([0-9A-Fa-f]{4})", r"\1\\x{\2}", expression)


def compiled(expression: str) -> Any:
    """The expression as RE2 runs it; NotExpressible gives RE2's reason to refuse it."""
    try:
        return re2.compile(expression, _OPTIONS)
    except re2.error as error:
        reason = error.args[0]
        shown = reason.decode() if isinstance(reason, bytes) else str(reason)
        raise NotExpressible(f"'{expression}': RE2: {shown}") from None


def refers(replacement: str, expression: str) -> bool:
    """Whether a replacement names a group of what it replaces: "$1 GB", but not "$275"."""
    groups = len(re.findall(r"(?<!\\)\((?!\?)", expression))
    return any(int(found[1]) <= groups for found in _REFERENCE.finditer(replacement))


def filled(replacement: str, match: Any) -> str:
    """The replacement with the groups of a match in place of their names."""
    known = range(1 + len(match.groups()))
    return _REFERENCE.sub(
        lambda name: match[int(name[1])] if int(name[1]) in known else name[0], replacement
    )


def alternatives(expression: str) -> list[str]:
    """What stands between the bars outside all brackets: "a|(b|c)" -> "a", "(b|c)"."""
    parts = [""]
    depth, listing = 0, False
    for sign in re.findall(r"\\.|.", expression, re.DOTALL):
        if listing:
            listing = sign != "]"
        elif sign == "[":
            listing = True
        elif sign in "()":
            depth += 1 if sign == "(" else -1
        elif sign == "|" and depth == 0:
            parts.append("")
            continue
        parts[-1] += sign
    return [part for part in parts if part]

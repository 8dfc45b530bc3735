"""What an imported rule is called and tells its reader.

Vale puts the words found into the message, "'%s' is too wordy"; our messages stand still
and the words are marked, so "this" takes their place unless there is only one.
"""

import re
import unicodedata
from typing import Any, Final

from postlint.finding import Severity
from postlint.rulepacks.vale.part import Part
from postlint.rulepacks.vale.source import ValeRule
from postlint.text.segment import sentences

_SEVERITY: Final = {
    "suggestion": Severity.INFO,
    "warning": Severity.WARNING,
    "error": Severity.ERROR,
}
_LONGEST_MESSAGE: Final = 200
_LONGEST_WHY: Final = 600
_SHORTEST_MESSAGE: Final = 8
_LONGEST_ID: Final = 80

_QUOTES: Final = "'\"`*_“”‘’«»"
_HOLE: Final = re.compile(
    rf"(?P<before>\s*\(\s*|:\s*)?[{_QUOTES}]*%(?:\[(?P<number>\d)\])?[sdvq][{_QUOTES}]*"
    r"(?P<after>\s*\)|(?=\s*(?:[.!;,]|$)))?"
)
_INNER: Final = re.compile(r"%(?:\[\d\])?[sdvq]")


def identifier(name: str) -> str:
    """The name of a style or a rule as we write ids: "PCI_WordList" -> "pci-word-list"."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-", plain)
    return re.sub(r"[^a-z0-9]+", "-", apart.lower()).strip("-")[:_LONGEST_ID].strip("-")


def rule_id(rule: ValeRule, part: Part) -> str:
    """The id of a part's file."""
    return identifier(f"{identifier(rule.name)}-{part.suffix}")


def told(rule: ValeRule, style: str, part: Part) -> dict[str, Any]:
    """The fields of a rule file that speak to its reader: severity to references."""
    message, rest = _short(_filled(rule, part))
    if len(message) < _SHORTEST_MESSAGE:
        message = f"{rule.name}: {message}".strip(": ")
    source = f"The Vale style {style} asks for this{f': {rule.link}' if rule.link else ''}."
    reasons = (rest, " ".join(rule.description.split()), source)
    why = " ".join(reason for reason in reasons if reason)
    fields: dict[str, Any] = {
        "severity": _SEVERITY[rule.level].value,
        "message": message,
        "why": why if len(why) <= _LONGEST_WHY else f"{why[: _LONGEST_WHY - 1]}…",
    }
    if part.advice:
        fields["suggestion"] = part.advice
    if rule.link:
        fields["references"] = [rule.link]
    return fields


def _filled(rule: ValeRule, part: Part) -> str:
    """The message with something in place of each %s."""
    values = [part.found, part.wanted]
    fillers = ["this", "the suggestion"]
    if rule.extends == "substitution":  # Vale gives the better word first
        values.reverse()
        fillers.reverse()
    if rule.extends == "occurrence":
        values = [str(rule.max or rule.min), None]
    if rule.extends == "sequence":  # each a word of the sequence
        values = ["…", "…"]
    seen = 0

    def fill(hole: re.Match[str]) -> str:
        nonlocal seen
        seen += 1
        place = min(int(hole["number"] or seen), 2) - 1
        value = values[place]
        before, after = hole["before"] or "", hole["after"] or ""
        if value is not None:
            return _INNER.sub(lambda _: value, hole.group())
        bracketed = before.strip().startswith("(") and after.strip() == ")"
        announced = before.startswith(":") and hole["after"] is not None
        return "" if bracketed or announced else f"{before}{fillers[place]}{after}"

    text = " ".join(_HOLE.sub(fill, rule.message).split()).replace("%%", "%")
    return text[:1].upper() + text[1:]


def _short(message: str) -> tuple[str, str]:
    """The message as far as it may be long, in whole sentences, and the rest of it."""
    if len(message) <= _LONGEST_MESSAGE:
        return message, ""
    ends = [span.end for span in sentences(message) if span.end <= _LONGEST_MESSAGE]
    if not ends:
        return f"{message[: _LONGEST_MESSAGE - 1]}…", message
    return message[: ends[-1]], message[ends[-1] :].strip()

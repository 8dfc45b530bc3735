"""Which identity templates are learnt from, and which only measured on."""

import re
from collections.abc import Mapping
from typing import Any

HELD_OUT_TEMPLATE = "being_adj"
HELD_OUT_TERMS = (
    "african american",
    "blind",
    "canadian",
    "catholic",
    "elderly",
    "homosexual",
    "latina",
    "lgbt",
    "muslim",
    "nonbinary",
)
_TERM = re.compile(rf"\b(?:{'|'.join(HELD_OUT_TERMS)})\b", re.IGNORECASE)


def held_out_term(row: Mapping[str, Any]) -> str | None:
    """The held-out identity term in a row of the templates."""
    found = _TERM.search(row["text"])
    return found.group().lower() if found else None


def is_held_out(row: Mapping[str, Any]) -> bool:
    """Whether a row has a template or a term that is kept out of training."""
    return row["template"] == HELD_OUT_TEMPLATE or held_out_term(row) is not None

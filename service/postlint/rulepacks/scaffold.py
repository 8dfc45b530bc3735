"""A start for a new rule."""

import re
from pathlib import Path

from postlint.errors import SourceError
from postlint.rulepacks.loader import PACK_FILE

_NAME = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*)/([a-z0-9]+(?:-[a-z0-9]+)*)")

_START = """\
id: {rule}
kind: terms            # terms pattern tokens combination shape model
category: risky        # derogatory insensitive timing risky
topic: brand-risk      # an id of topics.yml
severity: warning      # info (a hint), warning (a person looks), error (stop)
groups: []             # ids of groups.yml: who would be hurt
message: What is wrong, in one line.
why: Why it will backfire, as you would tell a colleague.
suggestion: What to write instead.
terms:
  - a phrase to find
examples:                # at least two of each; [[…]] marks exactly the words to find
  match:
    - "A draft with [[a phrase to find]] in it."
    - "Another one with [[a phrase to find]]!"
  no_match:
    - "A near miss: the same words, nothing wrong."
    - "A second near miss."
"""

_PACK = """\
id: {pack}
title: {pack}
about: What the rules of this pack are about.
"""


def new_rule(folder: Path, name: str) -> Path:
    """Write a start for "pack/rule" (and its pack.yml where missing); return its path.

    Raises SourceError when the name is not of that form or the file exists.
    """
    parts = _NAME.fullmatch(name)
    if parts is None:
        raise SourceError(folder / name, None, "a rule is named pack/rule, in a-z, 0-9 and -")
    pack, rule = parts.groups()
    if f"{rule}.yml" == PACK_FILE:
        raise SourceError(folder / name, None, f"{PACK_FILE} describes the pack; take another name")
    path = folder / pack / f"{rule}.yml"
    if path.exists():
        raise SourceError(path, None, "exists already")
    path.parent.mkdir(parents=True, exist_ok=True)
    if not (path.parent / PACK_FILE).exists():
        (path.parent / PACK_FILE).write_text(_PACK.format(pack=pack), encoding="utf-8")
    path.write_text(_START.format(rule=rule), encoding="utf-8")
    return path

"""Look over the drafts before they are learnt from.

    python models/risk/training/curate.py [--drop]

Prints what is there by writer and topic, and pairs of drafts that say nearly the same
with the same label; --drop removes the later of each pair. Pairs with different labels
are what teaches most, and stay. Also named: drafts that come close to one of the
evaluation set, which must not be learnt from.
"""

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from drafts import AUTHORED

from postlint.yaml_file import parse_yaml

# Share of common pairs of words (Jaccard); read off pairs: from here on they say the same.
SAME = 0.5
EVALUATION = Path(__file__).parents[3] / "tests/eval"
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Line:
    """A draft and the file that holds it."""

    file: Path
    draft: dict[str, Any]


def read() -> list[Line]:
    """All drafts in order of file and line."""
    return [
        Line(file, json.loads(line))
        for file in sorted(AUTHORED.glob("*.jsonl"))
        for line in file.read_text(encoding="utf-8").splitlines()
    ]


class Shingles:
    """Texts by the pairs of neighbouring words in them."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._pairs = [_word_pairs(text) for text in texts]
        self._holders: dict[tuple[str, str], list[int]] = defaultdict(list)
        for place, pairs in enumerate(self._pairs):
            for pair in pairs:
                self._holders[pair].append(place)

    def like(self, text: str) -> list[int]:
        """Places of the texts that say the same, in order."""
        pairs = _word_pairs(text)
        common = Counter(place for pair in pairs for place in self._holders.get(pair, ()))
        return sorted(
            place
            for place, shared in common.items()
            if shared >= SAME * (len(pairs) + len(self._pairs[place]) - shared)
        )


def _word_pairs(text: str) -> frozenset[tuple[str, str]]:
    words = ["", *_WORD.findall(text.lower()), ""]
    return frozenset(pairwise(words))


def near_duplicates(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """Pairs (earlier, later) that say the same with the same label."""
    shingles = Shingles(line.draft["text"] for line in lines)
    pairs = []
    for later, line in enumerate(lines):
        label = line.draft["harmless"]
        for earlier in shingles.like(line.draft["text"]):
            if earlier < later and lines[earlier].draft["harmless"] == label:
                pairs.append((earlier, later))
                break
    return pairs


def near_evaluation(lines: Sequence[Line]) -> list[int]:
    """Drafts that say the same as one of the evaluation set."""
    shingles = Shingles(
        draft["text"]
        for file in sorted(EVALUATION.glob("*.yml"))
        for draft in parse_yaml(file.read_text(encoding="utf-8"))
    )
    return [place for place, line in enumerate(lines) if shingles.like(line.draft["text"])]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--drop", action="store_true", help="rewrite the files without them")
    drop = parser.parse_args().drop
    lines = read()
    harmless = sum(line.draft["harmless"] for line in lines)
    print(f"{len(lines)} drafts, {harmless} harmless")
    print("writers", dict(Counter(line.draft["writer"] for line in lines)))
    print("topics", dict(Counter(t for line in lines for t in line.draft["topics"]).most_common()))
    pairs, leaked = near_duplicates(lines), near_evaluation(lines)
    for earlier, later in pairs:
        print(f"- {lines[earlier].draft['text']!r}\n  {lines[later].draft['text']!r}")
    print(f"{len(pairs)} near-duplicates, {len(leaked)} close to the evaluation set")
    if drop:
        gone = {later for _, later in pairs} | set(leaked)
        for file in {line.file for line in lines}:
            kept = [
                json.dumps(line.draft, ensure_ascii=False)
                for place, line in enumerate(lines)
                if line.file == file and place not in gone
            ]
            file.write_text("\n".join(kept) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

"""Look over the drafts before they are learnt from.

    python models/risk/training/curate.py [--drop]

Prints what is there by writer and topic, and pairs of drafts that say nearly the same
with the same label; --drop removes the later of each pair. Pairs with different labels
are what teaches most, and stay. Also named: drafts that come close to one of the
evaluation set, which must not be learnt from.
"""

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from drafts import AUTHORED
from network import RiskNetwork, base_tokenizer
from numpy.typing import NDArray

from postlint.inference.preprocess import prepare
from postlint.yaml_file import parse_yaml

# Cosine of the base encoder's sentence vectors; read off pairs: above this they say the same.
SAME = 0.93
EVALUATION = Path(__file__).parents[3] / "tests/eval"

Vectors = NDArray[np.float32]


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


def vectors(texts: Sequence[str]) -> Vectors:
    """Unit sentence vectors of the base encoder [N, width]."""
    encoder, tokenizer = RiskNetwork().encoder.eval(), base_tokenizer()
    found = []
    with torch.inference_mode():
        for text in texts:
            ids = torch.tensor([tokenizer.encode(prepare(text).text).ids])
            found.append(encoder(input_ids=ids)[0].mean(1)[0].numpy())
    matrix = np.stack(found)
    unit: Vectors = matrix / np.linalg.norm(matrix, axis=1, keepdims=True)
    return unit


def near_duplicates(lines: Sequence[Line], rows: Vectors) -> list[tuple[int, int]]:
    """Pairs (earlier, later) that say the same with the same label."""
    pairs = []
    for later in range(1, len(lines)):
        close = np.flatnonzero(rows[:later] @ rows[later] >= SAME)
        label = lines[later].draft["harmless"]
        same = [int(place) for place in close if lines[place].draft["harmless"] == label]
        if same:
            pairs.append((same[0], later))
    return pairs


def near_evaluation(rows: Vectors) -> list[int]:
    """Drafts that say the same as one of the evaluation set."""
    texts = [
        draft["text"]
        for file in sorted(EVALUATION.glob("*.yml"))
        for draft in parse_yaml(file.read_text(encoding="utf-8"))
    ]
    return np.flatnonzero((rows @ vectors(texts).T).max(1) >= SAME).tolist()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--drop", action="store_true", help="rewrite the files without them")
    drop = parser.parse_args().drop
    lines = read()
    harmless = sum(line.draft["harmless"] for line in lines)
    print(f"{len(lines)} drafts, {harmless} harmless")
    print("writers", dict(Counter(line.draft["writer"] for line in lines)))
    print("topics", dict(Counter(t for line in lines for t in line.draft["topics"]).most_common()))
    rows = vectors([line.draft["text"] for line in lines])
    pairs, leaked = near_duplicates(lines, rows), near_evaluation(rows)
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

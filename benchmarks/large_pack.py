"""What a pack with 100,000 phrases costs: its loading, and a check beside one without it.

python benchmarks/large_pack.py
"""

import json
import random
import statistics
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

from postlint.bootstrap import Application, Foundation, compose, load_foundation, read
from postlint.draft import Draft
from postlint.settings import Settings
from postlint.yaml_file import parse_yaml

DRAFTS = Path(__file__).parents[1] / "tests" / "eval"
PHRASES = 100_000
ROUNDS = 5
NOW = datetime(2026, 6, 10, 12, tzinfo=UTC)
_FIRST = [
    "amber",
    "birch",
    "cedar",
    "dune",
    "ember",
    "fjord",
    "grove",
    "heath",
    "isle",
    "juniper",
    "kelp",
    "lark",
    "moss",
    "north",
    "opal",
]
_SYLLABLES = [
    "ba",
    "de",
    "fi",
    "go",
    "lu",
    "ma",
    "ne",
    "pi",
    "ro",
    "su",
    "ta",
    "ve",
    "wi",
    "xo",
    "za",
]


def phrases() -> list[str]:
    """Names of products that nobody sells, two words each."""
    names = ["".join(parts) for parts in product(_SYLLABLES, repeat=4)]
    chosen = random.Random(7).sample([f"{a} {b}" for a in _FIRST for b in names], PHRASES)
    return sorted(chosen)


def write_pack(folder: Path) -> None:
    """A pack with one rule of all phrases. JSON is YAML, too."""
    folder.mkdir(parents=True)
    pack = {"id": folder.name, "title": "Discontinued", "about": "Products that we sell no more."}
    (folder / "pack.yml").write_text(json.dumps(pack), encoding="utf-8")
    names = phrases()
    rule = [
        "id: discontinued",
        "kind: terms",
        "category: risky",
        "topic: misleading",
        "severity: warning",
        "message: A product that we sell no more.",
        "why: Whoever orders it is disappointed, and the shop has to explain it.",
        "examples:",
        f'  match: ["Buy [[{names[0]}]] today", "New: [[{names[1]}]]"]',
        '  no_match: ["Buy amber today", "New: birch"]',
        "terms:",
        *(f"  - {name}" for name in names),
    ]
    (folder / "discontinued.yml").write_text("\n".join(rule) + "\n", encoding="utf-8")


def load(foundation: Foundation) -> tuple[Application, float]:
    """The packs of a foundation, compiled, and the seconds that took."""
    start = time.perf_counter()
    application = compose(foundation, read(foundation))
    return application, time.perf_counter() - start


def seconds(application: Application, drafts: Sequence[Draft]) -> float:
    """To judge all drafts one by one, model included."""
    start = time.perf_counter()
    for draft in drafts:
        application.linter.lint(draft, NOW)
    return time.perf_counter() - start


def main() -> None:
    rows = [row for path in sorted(DRAFTS.glob("*.yml")) for row in parse_yaml(path.read_text())]
    drafts = [Draft(text=row["text"]) for row in rows[::4]]
    with tempfile.TemporaryDirectory() as place:
        shipped = load_foundation(Settings(data=Path(place) / "none"))
        data = Path(place) / "large"
        write_pack(data / "packs" / "discontinued")
        large = load_foundation(Settings(data=data))
        loads, ratios = [], []
        for _ in range(ROUNDS):
            without, seconds_without = load(shipped)
            with_pack, seconds_with = load(large)
            loads.append(seconds_with - seconds_without)
            seconds(without, drafts[:20]), seconds(with_pack, drafts[:20])
            ratios.append(seconds(with_pack, drafts) / seconds(without, drafts))
    print(f"A pack with {PHRASES:,} phrases, median of {ROUNDS} rounds:")
    print(
        f"  loads in {statistics.median(loads):.2f} s more ({min(loads):.2f} to {max(loads):.2f})"
    )
    ratio = statistics.median(ratios)
    print(
        f"  a check takes {ratio:.3f} of its time without ({min(ratios):.3f} to {max(ratios):.3f})"
    )


if __name__ == "__main__":
    main()

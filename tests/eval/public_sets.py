"""The model on public test splits, and the drafts that ordinary tweets make."""

import gzip
import json
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from judging import chunks, rate

from postlint.draft import MAX_TEXT, Draft
from postlint.inference.scorer import RiskScorer


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def macro_f1(truth: Sequence[bool], said: Sequence[bool]) -> float:
    scores = []
    for label in (True, False):
        true = sum(t is label and s is label for t, s in zip(truth, said, strict=True))
        predicted, actual = sum(s is label for s in said), sum(t is label for t in truth)
        scores.append(2 * true / (predicted + actual) if predicted + actual else 0.0)
    return sum(scores) / 2


Labelled = Callable[[dict[str, Any]], bool]

PUBLIC: tuple[tuple[str, str, str, Labelled, Labelled], ...] = (
    (
        "tweeteval_eval_only",
        "TweetEval offensive",
        "toxicity",
        lambda row: row["split"] == "test" and row["task"] == "offensive",
        lambda row: row["label"] == 1,
    ),
    (
        "tweeteval_eval_only",
        "TweetEval hate",
        "identity_attack",
        lambda row: row["split"] == "test" and row["task"] == "hate",
        lambda row: row["label"] == 1,
    ),
    (
        "edos",
        "EDOS task A",
        "identity_attack",
        lambda row: row["split"] == "test",
        lambda row: bool(row["sexist"]),
    ),
    (
        "hatemoji_build",
        "Hatemoji",
        "toxicity",
        lambda row: row["split"] == "test",
        lambda row: bool(row["hateful"]),
    ),
    (
        "misogyny",
        "Misogyny",
        "identity_attack",
        lambda row: row["split"] == "test",
        lambda row: bool(row["misogynistic"]),
    ),
    (
        "stormfront",
        "Stormfront",
        "identity_attack",
        lambda row: row["split"] == "test" and row["label"] in ("hate", "noHate"),
        lambda row: row["label"] == "hate",
    ),
)
"""File, name, head, which rows, which label: the public test splits."""


def print_public(scorer: RiskScorer, data: Path) -> None:
    print("Public test splits: one head at 0.5 and at its alarm threshold")
    for file, name, head, wanted, label in PUBLIC:
        path = data / f"{file}.jsonl.gz"
        if not path.exists():
            print(f"  {name:22} no file {path.name}")
            continue
        rows = [row for row in read_rows(path) if wanted(row)]
        scores = [
            score.heads[head]
            for chunk in chunks([row["text"] for row in rows])
            for score in scorer.score(chunk)
        ]
        truth = [label(row) for row in rows]
        line = f"  {name:22} {head:16} macro-F1 {macro_f1(truth, [s >= 0.5 for s in scores]):.3f}"
        measured = scorer.info.thresholds.get(head)
        if measured is not None:
            found = sum(t and s >= measured.review for t, s in zip(truth, scores, strict=True))
            line += f", at {measured.review:.2f}: recall {rate(found, sum(truth))}"
        print(line)


def ordinary_drafts(texts: Iterable[str]) -> list[Draft]:
    """Tweets as drafts of an unknown audience, spread over the days of a year."""
    chance = random.Random(17)
    start = datetime(2026, 1, 1, tzinfo=UTC)
    return [
        Draft(text=text[:MAX_TEXT], scheduled_at=start + timedelta(hours=chance.randrange(8760)))
        for text in texts
        if text.strip()
    ]

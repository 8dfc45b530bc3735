"""Scores of many texts side by side, from the exported model itself."""

import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from data import read_rows
from labels import TOXICITY_HEADS
from numpy.typing import NDArray

from postlint.inference.scorer import RiskScorer, RiskScores

Column = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """What the model says of a list of texts, a column a head."""

    rows: Sequence[RiskScores]

    def head(self, name: str) -> Column:
        return np.array([row.heads[name] for row in self.rows])

    def group(self, name: str) -> Column:
        return np.array([row.groups[name] for row in self.rows])

    def highest(self, names: Sequence[str] = TOXICITY_HEADS) -> Column:
        """The highest of these heads, text by text."""
        highest: Column = np.max([self.head(name) for name in names], axis=0)
        return highest

    def alarms(self, thresholds: Mapping[str, float]) -> Flags:
        """Which texts reach the threshold of any of these heads."""
        reached = [self.head(name) >= limit for name, limit in thresholds.items()]
        return np.any(reached, axis=0) if reached else np.zeros(len(self.rows), dtype=bool)


def score_table(scorer: RiskScorer, texts: Sequence[str]) -> ScoreTable:
    """Score the texts, slices of them side by side on all cores."""
    slices = [texts[first : first + 256] for first in range(0, len(texts), 256)]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return ScoreTable([row for part in pool.map(scorer.score, slices) for row in part])


@dataclass(frozen=True, slots=True)
class Judged:
    """Rows of a data set with what the model says of them."""

    rows: Sequence[dict[str, Any]]
    table: ScoreTable

    def truth(self, positive: Callable[[dict[str, Any]], bool]) -> Flags:
        """For each row, whether it is positive."""
        return np.array([positive(row) for row in self.rows])

    def where(self, chosen: Callable[[dict[str, Any]], bool]) -> "Judged":
        """The rows that are chosen."""
        keep = [index for index, row in enumerate(self.rows) if chosen(row)]
        rows = [self.rows[index] for index in keep]
        return Judged(rows, ScoreTable([self.table.rows[index] for index in keep]))


class Bench:
    """The public sets before one scorer; each split is scored once."""

    def __init__(self, data: Path, scorer: RiskScorer) -> None:
        self._data = data
        self._scorer = scorer
        self.split = cache(self._split)

    def _split(self, name: str, split: str) -> Judged:
        return self.judge(self.rows(name, split))

    def rows(self, name: str, split: str) -> list[dict[str, Any]]:
        """The rows of one split of a set."""
        rows = read_rows(self._data / f"{name}.jsonl.gz")
        return [row for row in rows if row["split"] == split]

    def judge(self, rows: Sequence[dict[str, Any]]) -> Judged:
        """These rows, scored."""
        return Judged(rows, score_table(self._scorer, [row["text"] for row in rows]))


def f1(truth: Flags, found: Flags) -> float:
    """F1 of the positive class."""
    hits = float((truth & found).sum())
    wrong = float((truth != found).sum())
    return 2 * hits / (2 * hits + wrong) if hits else 0.0


def macro_f1(truth: Flags, found: Flags) -> float:
    """Mean of the F1 of both classes."""
    return (f1(truth, found) + f1(~truth, ~found)) / 2


def best_threshold(truth: Flags, scores: Column) -> float:
    """The threshold, in hundredths, of the best macro-F1."""
    limits = np.arange(0.02, 0.99, 0.01)
    return float(max(limits, key=lambda limit: macro_f1(truth, scores >= limit)))

"""Rows into tensors: tokens, labels with holes, batches of similar length."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import torch
from data import Row
from labels import LAYOUT
from tokenizers import Tokenizer

from postlint.inference.preprocess import prepare

UNKNOWN = -1.0
BATCH_TOKENS = 2048
BATCH_ROWS = 64


@dataclass(frozen=True, slots=True)
class Example:
    """A row ready for the network; labels are in [0, 1] or UNKNOWN."""

    ids: list[int]
    labels: list[float]
    token_labels: list[float] | None


@dataclass(frozen=True, slots=True)
class Batch:
    """Tensors of one step: ids, mask [B, T]; labels [B, W]; token_labels [B, T]."""

    ids: torch.Tensor
    mask: torch.Tensor
    labels: torch.Tensor
    token_labels: torch.Tensor


class RowEncoder:
    """Encodes rows; rows seen before come from memory."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self.encode = lru_cache(maxsize=None)(self._encode)

    def _encode(
        self, text: str, toxic: frozenset[int] | None
    ) -> tuple[list[int], list[float] | None]:
        prepared = prepare(text)
        encoding = self._tokenizer.encode(prepared.text)
        if toxic is None:
            return encoding.ids, None
        labels = [UNKNOWN] * len(encoding.ids)
        for index, (start, end) in enumerate(encoding.offsets):
            if end > start:
                span = prepared.offsets.to_original(start, end)
                hits = sum(position in toxic for position in range(span.start, span.end))
                labels[index] = float(2 * hits > span.end - span.start)
        return encoding.ids, labels

    def example(self, row: Row) -> Example:
        """The row as numbers, in the order of the layout."""
        ids, token_labels = self.encode(row.text, row.toxic)
        labels = [
            given.get(name, UNKNOWN)
            for given, names in (
                (row.heads, LAYOUT.heads),
                (row.intents, LAYOUT.intents),
                (row.groups, LAYOUT.groups),
            )
            for name in names
        ]
        return Example(ids, labels, token_labels)


def batches(examples: Sequence[Example], rng: random.Random) -> list[list[Example]]:
    """Shuffled batches of examples of about the same length."""
    # Noise in the sort key mixes lengths a little, so that batches differ each epoch.
    order = sorted(examples, key=lambda example: len(example.ids) * rng.uniform(0.9, 1.1))
    found: list[list[Example]] = [[]]
    longest = 0
    for example in order:
        longest = max(longest, len(example.ids))
        if found[-1] and (
            len(found[-1]) == BATCH_ROWS or (len(found[-1]) + 1) * longest > BATCH_TOKENS
        ):
            found.append([])
            longest = len(example.ids)
        found[-1].append(example)
    rng.shuffle(found)
    return found


def tensors(batch: Sequence[Example]) -> Batch:
    """Padded tensors of a batch."""
    width = max(len(example.ids) for example in batch)

    def padded(values: list[float] | list[int], filler: float) -> list[float]:
        return [*values, *[filler] * (width - len(values))]

    ids = torch.tensor([padded(example.ids, 0) for example in batch], dtype=torch.long)
    mask = torch.tensor([padded([1] * len(e.ids), 0) for e in batch], dtype=torch.long)
    labels = torch.tensor([example.labels for example in batch])
    tokens = torch.tensor([padded(e.token_labels or [], UNKNOWN) for e in batch])
    return Batch(ids, mask, labels, tokens)


def iterate(examples: Sequence[Example], rng: random.Random) -> Iterator[Batch]:
    """One epoch of batches."""
    for batch in batches(examples, rng):
        yield tensors(batch)

"""Thresholds by measurement: as low as the allowed false alarms permit, no lower.

They are chosen on the even rows of the ordinary tweets and on the drafts of some
held-out writers; the card reports the odd rows and other writers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from drafts import BrandDraft
from labels import RISK_HEAD, TOPIC_HEADS, TOXICITY_HEADS
from scores import Column, Flags, ScoreTable

from postlint.inference.manifest import ThresholdEntry

# Highest share of alarms on texts that deserve none.
TOXICITY_ON_TWEETS = 0.003
TOXICITY_ON_DRAFTS = 0.02
RISK_ON_TWEETS = 0.005
RISK_ON_DRAFTS = 0.025
# The risk head gets the larger part of what the risk and topic heads may spend together.
RISK_SHARE = 0.7

# No head alarms below these, however quiet it is on harmless texts.
TOXICITY_FLOOR = 0.5
TOPIC_FLOOR = 0.5
# A topic is relied upon when it was labelled often enough, and most of its alarms are right.
TOPIC_MINIMUM_DRAFTS = 15
TOPIC_PRECISION = 0.7
TOPIC_RECALL = 0.25
# On public development rows, where negatives are about the same groups or just as rude.
REVIEW_PRECISION = 0.7
BLOCK_PRECISION = 0.98
BLOCK_RECALL = 0.05
# Toxicity heads for which such rows exist; of these only they may block.
MEASURED_HEADS = ("toxicity", "identity_attack")
# Share of ordinary tweets above the threshold from which `risk` blocks: some deserve it.
BLOCK_ON_TWEETS = 0.0005


@dataclass(frozen=True, slots=True)
class Harmless:
    """Texts that deserve no alarm, and the share of alarms allowed on them."""

    table: ScoreTable
    allowed: float


@dataclass(frozen=True, slots=True)
class Labelled:
    """Scores of a head with the truth, text by text."""

    scores: Column
    truth: Flags


def within(floors: Mapping[str, float], harmless: Sequence[Harmless]) -> dict[str, float]:
    """Thresholds with the most alarms that are allowed, each head having an equal part.

    floors: the heads, each with the lowest threshold that it may have.
    """
    for part in np.geomspace(1, 0.01, 100):
        limits = {
            head: max(
                floor,
                *(float(np.quantile(h.table.head(head), 1 - part * h.allowed)) for h in harmless),
            )
            for head, floor in floors.items()
        }
        # A score equal to the quantile would be an alarm: step over it.
        limits = {head: round(limit + 1e-4, 4) for head, limit in limits.items()}
        if all(h.table.alarms(limits).mean() <= h.allowed for h in harmless):
            return limits
    return {}


def precise(labelled: Labelled, lowest: float, precision: float, recall: float) -> float | None:
    """The lowest threshold from `lowest` on with this precision; None below this recall."""
    for limit in np.arange(lowest, 1.0, 0.005):
        alarms = labelled.scores >= limit
        hits = (alarms & labelled.truth).sum()
        if hits == 0 or hits < recall * labelled.truth.sum():
            return None
        if hits >= precision * alarms.sum():
            return round(float(limit), 4)
    return None


def topic_floors(
    tweets: ScoreTable, table: ScoreTable, drafts: Sequence[BrandDraft]
) -> dict[str, float]:
    """The topics that can be relied upon, each with the lowest threshold that is precise.

    The ordinary tweets count as texts of no topic: a head may be right on drafts only because
    few of them look like what it mistakes, posts full of hashtags for one.
    """
    found: dict[str, float] = {}
    for topic in TOPIC_HEADS:
        labelled = Labelled(
            np.concatenate([table.head(topic), tweets.head(topic)]),
            np.array([topic in d.topics for d in drafts] + [False] * len(tweets.rows)),
        )
        limit = precise(labelled, TOPIC_FLOOR, TOPIC_PRECISION, TOPIC_RECALL)
        if limit is not None and labelled.truth.sum() >= TOPIC_MINIMUM_DRAFTS:
            found[topic] = limit
    return found


def choose(
    tweets: ScoreTable,
    table: ScoreTable,
    drafts: Sequence[BrandDraft],
    labelled: Mapping[str, Labelled],
) -> dict[str, ThresholdEntry]:
    """Thresholds of all heads that deserve one.

    tweets: ordinary ones; table: scores of the held-out drafts; labelled: public
    development rows for each of MEASURED_HEADS.
    """
    kind = ScoreTable([row for row, d in zip(table.rows, drafts, strict=True) if d.harmless])
    floors = dict.fromkeys(TOXICITY_HEADS, TOXICITY_FLOOR)
    blocks: dict[str, float | None] = {}
    for head in MEASURED_HEADS:
        floors[head] = precise(labelled[head], TOXICITY_FLOOR, REVIEW_PRECISION, 0.0) or 1.0
        loudest = max(float(part.head(head).max()) for part in (tweets, kind))
        lowest = max(floors[head], loudest + 0.005)
        blocks[head] = precise(labelled[head], lowest, BLOCK_PRECISION, BLOCK_RECALL)
    toxicity = within(
        floors, (Harmless(tweets, TOXICITY_ON_TWEETS), Harmless(kind, TOXICITY_ON_DRAFTS))
    )
    allowed = (Harmless(tweets, RISK_ON_TWEETS), Harmless(kind, RISK_ON_DRAFTS))
    risk = within(
        {RISK_HEAD: TOXICITY_FLOOR},
        [Harmless(part.table, part.allowed * RISK_SHARE) for part in allowed],
    )
    # Texts that already alarm by their risk cost nothing more.
    topics = within(topic_floors(tweets, table, drafts), [_without(part, risk) for part in allowed])
    harmful = np.array([not draft.harmless for draft in drafts])
    loudest = max(
        float(kind.head(RISK_HEAD).max()),
        float(np.quantile(tweets.head(RISK_HEAD), 1 - BLOCK_ON_TWEETS)),
    )
    # A topic alone stops no post: what is right half of the time may only ask for a look.
    blocks[RISK_HEAD] = precise(
        Labelled(table.head(RISK_HEAD), harmful), loudest + 0.005, BLOCK_PRECISION, BLOCK_RECALL
    )
    return {
        head: ThresholdEntry(review=limit, block=blocks.get(head))
        for head, limit in (toxicity | risk | topics).items()
    }


def _without(part: Harmless, limits: dict[str, float]) -> Harmless:
    """What is left of the allowance, and the texts that did not use it."""
    alarms = part.table.alarms(limits)
    rows = [row for row, alarm in zip(part.table.rows, alarms, strict=True) if not alarm]
    left = part.allowed - float(alarms.mean())
    return Harmless(ScoreTable(rows), left * len(alarms) / max(len(rows), 1))

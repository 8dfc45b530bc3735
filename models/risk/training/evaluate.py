"""Measure an exported model: choose its thresholds, compute every figure of its card.

    python models/risk/training/evaluate.py --data DIR

All figures come from the files that are shipped, through the scorer that ships
with the service. The test splits and the eval-only sets are read nowhere else.
"""

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from card import Figure, write_card
from data import SOURCES
from drafts import CHOOSING, MEASURING, BrandDraft, by_writers, learnt, read_drafts
from figures import (
    agreement_figures,
    draft_figures,
    identity_figures,
    public_figures,
    reliability_figures,
    review_figures,
    span_f1,
    tweet_figures,
)
from labels import LAYOUT, TOPIC_HEADS
from network import MAX_TOKENS
from scores import Bench, ScoreTable, score_table
from thresholds import Labelled, choose, precise

from postlint.inference.manifest import MANIFEST_FILE, DataSetEntry, Manifest, checksums
from postlint.inference.onnx import OnnxRiskScorer
from postlint.inference.preprocess import TextForm

NAME = "risk"
VERSION = "1.2.0"
TOKEN_THRESHOLDS = (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45)
TRIAL_ROWS = 400
GROUP_PRECISION = 0.6


def write_manifest(folder: Path, seed: int, **measured: Any) -> None:
    """The manifest of the files as they are now."""
    Manifest(
        name=NAME,
        version=VERSION,
        files=checksums(folder),
        text_form=TextForm.PREPARED,
        heads=LAYOUT.heads,
        intents=LAYOUT.intents,
        groups=LAYOUT.groups,
        max_tokens=MAX_TOKENS,
        rates=_rates(),
        seed=seed,
        data=tuple(
            DataSetEntry(name=name, licence=licence)
            for name, licence in (
                *((source.name, source.licence) for source in SOURCES),
                ("brand drafts of this project", "Apache-2.0"),
            )
        ),
        **{"thresholds": {}, "group_threshold": 0.5, "token_threshold": 0.5, **measured},
    ).write(folder)


def _rates() -> dict[str, float]:
    """How common each topic is among the harmful drafts that weights are learnt from."""
    harmful = [draft for draft in learnt(read_drafts()) if not draft.harmless]
    return {
        topic: round(sum(topic in draft.topics for draft in harmful) / len(harmful), 4)
        for topic in TOPIC_HEADS
    }


def publish(data: Path, folder: Path, seed: int, exact: Path | None = None) -> None:
    """Choose thresholds, write the manifest and the card of the model in `folder`.

    exact: a folder with the same model before it was quantised, to compare with.
    """
    token = _token_threshold(data, folder, seed)
    write_manifest(folder, seed, token_threshold=token)
    scorer = OnnxRiskScorer.load(folder)
    bench = Bench(data, scorer)
    drafts = read_drafts()
    choosing, measuring = by_writers(drafts, CHOOSING), by_writers(drafts, MEASURING)
    table = score_table(scorer, [draft.text for draft in choosing])
    tweets = bench.rows("ordinary_tweets_eval_only", "eval")
    entries = choose(bench.judge(tweets[::2]).table, table, choosing, _labelled(bench))
    group = _group_threshold(table, choosing)
    write_manifest(folder, seed, thresholds=entries, group_threshold=group, token_threshold=token)

    limits = {head: entry.review for head, entry in entries.items()}
    blocks = {head: entry.block for head, entry in entries.items() if entry.block is not None}
    texts = [draft.text for draft in measuring]
    table = score_table(scorer, texts)
    write_card(
        folder,
        OnnxRiskScorer.load(folder).info,
        token_threshold=token,
        public=public_figures(bench),
        reviewed=review_figures(bench, limits),
        identities=identity_figures(bench, limits),
        tweets=tweet_figures(bench.judge(tweets[1::2]).table, limits, blocks),
        drafts=draft_figures(table, measuring, limits, blocks, group),
        reliability=reliability_figures(table, measuring),
        agreement=_agreement(exact, texts, table, limits) if exact else (),
    )


def _agreement(
    exact: Path, texts: Sequence[str], table: ScoreTable, limits: Mapping[str, float]
) -> list[Figure]:
    return agreement_figures(table, score_table(OnnxRiskScorer.load(exact), texts), limits)


def _labelled(bench: Bench) -> dict[str, Labelled]:
    """Public development rows for the heads that may block."""
    emoji, sexism = bench.split("hatemoji_build", "validation"), bench.split("edos", "dev")
    tweets = bench.split("tweeteval_eval_only", "val")
    sources = {
        "toxicity": (
            (emoji, "hateful"),
            (tweets.where(lambda row: row["task"] == "offensive"), "label"),
        ),
        "identity_attack": (
            (emoji, "hateful"),
            (sexism, "sexist"),
            (tweets.where(lambda row: row["task"] == "hate"), "label"),
        ),
    }
    return {
        head: Labelled(
            np.concatenate([judged.table.head(head) for judged, _ in parts]),
            np.array([bool(row[label]) for judged, label in parts for row in judged.rows]),
        )
        for head, parts in sources.items()
    }


def _group_threshold(table: ScoreTable, drafts: Sequence[BrandDraft]) -> float:
    """The lowest threshold at which most groups named for the held-out drafts are right."""
    scores = np.array([table.group(group) for group in LAYOUT.groups])
    truth = np.array([[d.row.groups[g] == 1.0 for d in drafts] for g in LAYOUT.groups])
    limit = precise(Labelled(scores, truth), 0.1, GROUP_PRECISION, 0.0)
    return 1.0 if limit is None else limit


def _token_threshold(data: Path, folder: Path, seed: int) -> float:
    """The threshold of the best character F1 on the trial split of the toxic spans."""
    quality: dict[float, float] = {}
    for limit in TOKEN_THRESHOLDS:
        write_manifest(folder, seed, token_threshold=limit)
        bench = Bench(data, OnnxRiskScorer.load(folder))
        quality[limit] = span_f1(bench.judge(bench.rows("toxic_spans", "trial")[:TRIAL_ROWS]))
    return max(quality, key=lambda limit: quality[limit])


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the exported model.")
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets")
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1])
    parser.add_argument("--exact", type=Path, help="folder of the model before quantisation")
    arguments = parser.parse_args()
    seed = json.loads((arguments.out / MANIFEST_FILE).read_text(encoding="utf-8"))["seed"]
    publish(arguments.data, arguments.out, seed, arguments.exact)


if __name__ == "__main__":
    main()

"""Every figure of the model card, from the shipped files by the shipped scorer."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
from card import Figure
from drafts import BrandDraft
from identity import held_out_term, is_held_out
from labels import INTENTS, LAYOUT, RISK_HEAD, TOPIC_HEADS, TOXICITY_HEADS
from scores import Bench, Flags, Judged, ScoreTable, best_threshold, f1, macro_f1

IDENTITY_SAMPLE = 3000

Limits = Mapping[str, float]


def only(limits: Limits, heads: Sequence[str]) -> dict[str, float]:
    """The thresholds of these heads."""
    return {head: limit for head, limit in limits.items() if head in heads}


def span_f1(judged: Judged) -> float:
    """Mean character F1 a text, as SemEval-2021 task 5 defines it."""
    values: list[float] = []
    for row, scores in zip(judged.rows, judged.table.rows, strict=True):
        truth = set(row["toxic_offsets"])
        found = {i for span in scores.spans for i in range(span.start, span.end)}
        both = len(truth) + len(found)
        values.append(2 * len(truth & found) / both if both else 1.0)
    return float(np.mean(values))


def public_figures(bench: Bench) -> list[Figure]:
    """The usual measure of each public test split."""
    sexism, dev = bench.split("edos", "test"), bench.split("edos", "dev")
    limit = best_threshold(dev.truth(_sexist), dev.table.group("women"))
    found = sexism.table.group("women") >= limit
    emoji = bench.split("hatemoji_build", "test")
    emoji_found = emoji.table.head("identity_attack") >= 0.5
    misogyny = bench.split("misogyny", "test")
    white = bench.split("stormfront", "test").where(lambda row: row["label"] in ("hate", "noHate"))
    white_found = white.table.head("identity_attack") >= 0.5
    return [
        Figure(
            "EDOS task A, macro-F1",
            macro_f1(sexism.truth(_sexist), found),
            f"group `women` at {limit:.2f}, chosen on its dev split",
        ),
        Figure(
            "HatemojiBuild, accuracy",
            float((emoji.truth(_hateful) == emoji_found).mean()),
            "`identity_attack` at 0.5",
        ),
        Figure(
            "Guest misogyny, F1 of the class",
            f1(
                misogyny.truth(lambda row: row["misogynistic"]),
                misogyny.table.group("women") >= 0.5,
            ),
            "group `women` at 0.5",
        ),
        Figure(
            "Stormfront, macro-F1",
            macro_f1(white.truth(lambda row: row["label"] == "hate"), white_found),
            "`identity_attack` at 0.5",
        ),
        Figure(
            "SemEval toxic spans, character F1",
            span_f1(bench.split("toxic_spans", "test")),
            "at the token threshold",
        ),
        _tweeteval_figure(bench, "offensive", ("toxicity", "obscene")),
        _tweeteval_figure(bench, "hate", ("identity_attack",)),
    ]


def _tweeteval_figure(bench: Bench, task: str, heads: Sequence[str]) -> Figure:
    val, test = (
        bench.split("tweeteval_eval_only", split).where(lambda row: row["task"] == task)
        for split in ("val", "test")
    )
    limit = best_threshold(val.truth(_positive), val.table.highest(heads))
    value = macro_f1(test.truth(_positive), test.table.highest(heads) >= limit)
    names = " or ".join(f"`{head}`" for head in heads)
    return Figure(
        f"TweetEval {task}, macro-F1", value, f"{names} at {limit:.2f}, chosen on its val split"
    )


def review_figures(bench: Bench, limits: Limits) -> list[Figure]:
    """How many rows of test splits the toxicity heads point at, at their thresholds."""
    tweets = bench.split("tweeteval_eval_only", "test")
    offensive = tweets.where(lambda row: row["task"] == "offensive")
    hate = tweets.where(lambda row: row["task"] == "hate")
    figures: list[Figure] = []
    for name, judged, positive in (
        ("TweetEval offensive", offensive, _positive),
        ("TweetEval hate", hate, _positive),
        ("EDOS", bench.split("edos", "test"), _sexist),
        ("HatemojiBuild", bench.split("hatemoji_build", "test"), _hateful),
    ):
        alarms = judged.table.alarms(only(limits, TOXICITY_HEADS))
        truth = judged.truth(positive)
        for kind, rows in (("positive", truth), ("negative", ~truth)):
            note = f"{int(rows.sum())} texts"
            figures.append(Figure(f"{name}, {kind} texts", float(alarms[rows].mean()), note))
    return figures


def _sexist(row: Mapping[str, object]) -> bool:
    return bool(row["sexist"])


def _hateful(row: Mapping[str, object]) -> bool:
    return bool(row["hateful"])


def _positive(row: Mapping[str, object]) -> bool:
    return row["label"] == 1


def identity_figures(bench: Bench, limits: Limits) -> list[Figure]:
    """Alarms of the toxicity heads on kind sentences with templates or words that were held out."""
    kind = [
        row
        for row in bench.rows("identity_templates", "train")
        if not row["toxic"] and is_held_out(row)
    ]
    sample = np.random.default_rng(0).permutation(len(kind))[:IDENTITY_SAMPLE]
    judged = bench.judge([kind[index] for index in sample])
    alarms = judged.table.alarms(only(limits, TOXICITY_HEADS))
    by_word: dict[str, list[bool]] = defaultdict(list)
    for row, alarm in zip(judged.rows, alarms, strict=True):
        by_word[held_out_term(row) or "words of training in the held-out template"].append(
            bool(alarm)
        )
    shares = {word: float(np.mean(found)) for word, found in by_word.items()}
    spread = max(shares.values()) - min(shares.values())
    return [
        Figure("all", float(alarms.mean()), f"{len(alarms)} sentences"),
        Figure("spread between words", spread, f"{len(shares)} words"),
        *(Figure(word, shares[word], f"{len(by_word[word])} sentences") for word in sorted(shares)),
    ]


def tweet_figures(table: ScoreTable, limits: Limits, blocks: Limits) -> list[Figure]:
    """Shares of ordinary tweets over the thresholds."""
    figures: list[Figure] = []
    for name, heads in (
        ("toxicity heads", TOXICITY_HEADS),
        ("risk and topic heads", (RISK_HEAD, *TOPIC_HEADS)),
        ("all heads", LAYOUT.heads),
    ):
        share = table.alarms(only(limits, heads)).mean()
        figures.append(Figure(name, float(share), f"{len(table.rows)} tweets"))
    blocked = float(table.alarms(blocks).mean())
    return [*figures, Figure("blocked by any head", blocked, f"{len(table.rows)} tweets")]


def draft_figures(
    table: ScoreTable,
    drafts: Sequence[BrandDraft],
    limits: Limits,
    blocks: Limits,
    group_limit: float,
) -> list[Figure]:
    """Shares of drafts over the thresholds, and what their scores are worth."""
    alarms, blocked = table.alarms(limits), table.alarms(blocks)
    harmless = np.array([draft.harmless for draft in drafts])
    figures = [
        Figure("harmless drafts with an alarm", float(alarms[harmless].mean()), _count(harmless)),
        Figure("harmful drafts found", float(alarms[~harmless].mean()), _count(~harmless)),
        Figure("harmless drafts blocked", float(blocked[harmless].mean()), _count(harmless)),
        Figure("harmful drafts blocked", float(blocked[~harmless].mean()), _count(~harmless)),
        Figure(
            "harmful drafts found by the toxicity heads alone",
            float(table.alarms(only(limits, TOXICITY_HEADS))[~harmless].mean()),
            _count(~harmless),
        ),
    ]
    figures += [
        _recall_at_two_percent(table, harmless),
        _likeliest_topic(table, drafts, alarms),
        _likeliest_intent(table, drafts),
        _group_figure(table, drafts, group_limit),
    ]
    for writer in sorted({draft.writer for draft in drafts}):
        theirs = np.array([draft.writer == writer for draft in drafts])
        for name, rows in (("harmless", theirs & harmless), ("harmful", theirs & ~harmless)):
            figures.append(Figure(f"{writer}, {name}", float(alarms[rows].mean()), _count(rows)))
    for topic in TOPIC_HEADS:
        rows = np.array([topic in draft.topics for draft in drafts])
        if rows.any():
            note = f"{_count(rows)}; threshold {limits.get(topic, 'none')}"
            figures.append(Figure(f"topic {topic}", float(alarms[rows].mean()), note))
    return figures


def _recall_at_two_percent(table: ScoreTable, harmless: Flags) -> Figure:
    """What the risk head alone finds where it alarms on 2% of the harmless drafts."""
    scores = table.head(RISK_HEAD)
    limit = float(np.quantile(scores[harmless], 0.98))
    share = float((scores[~harmless] > limit).mean())
    return Figure("harmful drafts above 98% of the harmless ones", share, f"`risk` at {limit:.3f}")


def _likeliest_intent(table: ScoreTable, drafts: Sequence[BrandDraft]) -> Figure:
    """How often the intent with the highest score is one that the writer named."""
    right = [
        max(INTENTS, key=lambda name: scores.intents[name]) in draft.intents
        for scores, draft in zip(table.rows, drafts, strict=True)
    ]
    return Figure("likeliest intent is a right one", float(np.mean(right)), f"{len(right)} drafts")


def reliability_figures(table: ScoreTable, drafts: Sequence[BrandDraft]) -> list[Figure]:
    """The share of harmful drafts by what the risk head says of them; `value` should lie within."""
    scores = table.head(RISK_HEAD)
    harmful = np.array([not draft.harmless for draft in drafts])
    edges = np.linspace(0, 1, 11)
    figures = []
    for low, high in pairwise(edges):
        rows = (scores >= low) & (scores < high if high < 1 else scores <= 1)
        if rows.any():
            name = f"risk from {low:.1f} to {high:.1f}"
            figures.append(Figure(name, float(harmful[rows].mean()), _count(rows)))
    return figures


def agreement_figures(table: ScoreTable, exact: ScoreTable, limits: Limits) -> list[Figure]:
    """How the shipped model differs from the one before it was quantised, on the same texts."""
    same = table.alarms(limits) == exact.alarms(limits)
    drift = np.abs(table.head(RISK_HEAD) - exact.head(RISK_HEAD))
    note = f"{len(table.rows)} texts"
    return [
        Figure("both or neither alarm", float(same.mean()), note),
        Figure("mean difference of `risk`", float(drift.mean()), note),
    ]


def _likeliest_topic(table: ScoreTable, drafts: Sequence[BrandDraft], alarms: Flags) -> Figure:
    """How often the topic with the highest score is one that the writer named."""
    scores = np.array([table.head(topic) for topic in TOPIC_HEADS])
    best = [TOPIC_HEADS[index] for index in scores.argmax(axis=0)]
    right = [
        topic in draft.topics
        for topic, draft, alarm in zip(best, drafts, alarms, strict=True)
        if alarm and not draft.harmless
    ]
    name = "found drafts whose likeliest topic is a right one"
    return Figure(name, float(np.mean(right)), f"{len(right)} drafts")


def _group_figure(table: ScoreTable, drafts: Sequence[BrandDraft], limit: float) -> Figure:
    found = np.array([table.group(group) >= limit for group in LAYOUT.groups])
    truth = np.array([[d.row.groups[g] == 1.0 for d in drafts] for g in LAYOUT.groups])
    return Figure("groups, micro-F1", f1(truth, found), f"{len(drafts)} drafts")


def _count(rows: Flags) -> str:
    return f"{int(rows.sum())} drafts"

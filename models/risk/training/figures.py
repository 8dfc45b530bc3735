"""Every figure of the model card, from the shipped files by the shipped scorer."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from card import Figure
from drafts import BrandDraft
from labels import LAYOUT, RISK_HEAD, TOPIC_HEADS, TOXICITY_HEADS
from scores import Bench, Flags, Judged, ScoreTable, best_threshold, f1, macro_f1

IDENTITY_SAMPLE = 3000
# The shortest template of the identity set names every identity word once.
_IDENTITY_FRAME = "i am "

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
    """Alarms of the toxicity heads on kind sentences, by the identity word in them."""
    kind = [row for row in bench.rows("identity_templates", "train") if not row["toxic"]]
    words = [
        row["text"].removeprefix(_IDENTITY_FRAME)
        for row in kind
        if row["text"].startswith(_IDENTITY_FRAME)
    ]
    sample = np.random.default_rng(0).permutation(len(kind))[:IDENTITY_SAMPLE]
    judged = bench.judge([kind[index] for index in sample])
    alarms = judged.table.alarms(only(limits, TOXICITY_HEADS))
    by_word: dict[str, list[bool]] = defaultdict(list)
    for row, alarm in zip(judged.rows, alarms, strict=True):
        present = [word for word in words if f" {word}" in row["text"].rstrip(".")]
        by_word[max(present, key=len, default="none")].append(bool(alarm))
    worst = sorted(by_word, key=lambda word: -float(np.mean(by_word[word])))[:6]
    return [
        Figure("all identity words", float(alarms.mean()), f"{len(alarms)} sentences"),
        *(
            Figure(word, float(np.mean(by_word[word])), f"{len(by_word[word])} sentences")
            for word in worst
        ),
    ]


def tweet_figures(table: ScoreTable, limits: Limits) -> list[Figure]:
    figures: list[Figure] = []
    for name, heads in (
        ("toxicity heads", TOXICITY_HEADS),
        ("risk and topic heads", (RISK_HEAD, *TOPIC_HEADS)),
        ("all heads", LAYOUT.heads),
    ):
        share = table.alarms(only(limits, heads)).mean()
        figures.append(Figure(name, float(share), f"{len(table.rows)} tweets"))
    return figures


def draft_figures(
    table: ScoreTable, drafts: Sequence[BrandDraft], limits: Limits, group_limit: float
) -> list[Figure]:
    alarms = table.alarms(limits)
    harmless = np.array([draft.harmless for draft in drafts])
    figures = [
        Figure("harmless drafts with an alarm", float(alarms[harmless].mean()), _count(harmless)),
        Figure("harmful drafts found", float(alarms[~harmless].mean()), _count(~harmless)),
        Figure(
            "harmful drafts found by the toxicity heads alone",
            float(table.alarms(only(limits, TOXICITY_HEADS))[~harmless].mean()),
            _count(~harmless),
        ),
    ]
    figures += [_likeliest_topic(table, drafts, alarms), _group_figure(table, drafts, group_limit)]
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

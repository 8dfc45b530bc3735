"""`make eval`: how much postlint finds, and how often it cries wolf.

Own set: recall by category and alarms on the harmless half. With --data also the
model on public test splits and the whole linter on ordinary tweets.
"""

import argparse
import gzip
import json
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import sqrt
from pathlib import Path
from typing import Any

from postlint.bootstrap import build
from postlint.draft import MAX_TEXT, Draft
from postlint.finding import Severity, Source
from postlint.inference.scorer import RiskScorer
from postlint.linter import Linter
from postlint.report import Report, Verdict
from postlint.settings import Settings
from postlint.yaml_file import parse_yaml

HERE = Path(__file__).parent
NOW = datetime(2026, 6, 10, 12, tzinfo=UTC)
"""When a case without a date is judged: an ordinary Wednesday."""
CHUNK = 32


@dataclass(frozen=True)
class Case:
    """One draft of the own set and what a careful colleague says of it."""

    id: str
    file: str
    draft: Draft
    harmless: bool
    category: str | None
    topic: str | None


def own_cases() -> list[Case]:
    """Every case of tests/eval/*.yml."""
    cases = []
    for path in sorted(HERE.glob("*.yml")):
        for row in parse_yaml(path.read_text(encoding="utf-8")):
            fields = {key: row[key] for key in Draft.model_fields if row.get(key) is not None}
            cases.append(
                Case(
                    id=row["id"],
                    file=path.stem,
                    draft=Draft.model_validate(fields),
                    harmless=row["harmless"],
                    category=row.get("category"),
                    topic=row.get("topic"),
                )
            )
    return cases


def chunks(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), CHUNK):
        yield items[start : start + CHUNK]


def judge(linter: Linter, drafts: Sequence[Draft]) -> list[Report]:
    return [report for chunk in chunks(drafts) for report in linter.lint_all(chunk, NOW)]


def rate(hits: int, total: int) -> str:
    """Share with its 95% Wilson interval."""
    if total == 0:
        return "     -"
    z = 1.96
    share = hits / total
    middle = (share + z * z / (2 * total)) / (1 + z * z / total)
    reach = z * sqrt(share * (1 - share) / total + z * z / (4 * total**2)) / (1 + z * z / total)
    low, high = 100 * max(middle - reach, 0), 100 * min(middle + reach, 1)
    return f"{100 * share:5.1f}%  [{low:4.1f}, {high:4.1f}]  {hits}/{total}"


def flagged(report: Report) -> bool:
    return report.verdict is not Verdict.PASS


def swears(report: Report) -> bool:
    """Whether a rule of topic profanity or slur found its words in the text."""
    return any(
        finding.topic in ("profanity", "slur")
        and finding.source is Source.RULE
        and finding.severity is not Severity.INFO
        for finding in report.findings
    )


def print_own(cases: Sequence[Case], reports: Sequence[Report], show: str | None) -> None:
    judged = list(zip(cases, reports, strict=True))
    fails = [(case, report) for case, report in judged if not case.harmless]
    harmless = [(case, report) for case, report in judged if case.harmless]
    print(f"Own set: {len(fails)} fails, {len(harmless)} harmless")
    print(f"  recall              {rate(sum(flagged(r) for _, r in fails), len(fails))}")
    for category in ("derogatory", "insensitive", "timing", "risky"):
        group = [report for case, report in fails if case.category == category]
        print(f"    {category:18}{rate(sum(map(flagged, group)), len(group))}")
    print(f"  alarms on harmless  {rate(sum(flagged(r) for _, r in harmless), len(harmless))}")
    for file in sorted({case.file for case in cases}):
        found = [flagged(report) for case, report in fails if case.file == file]
        alarms = [flagged(report) for case, report in harmless if case.file == file]
        print(f"  {file}: recall {rate(sum(found), len(found))}")
        print(f"            alarms {rate(sum(alarms), len(alarms))}")
    if show is None:
        return
    wanted = harmless if show == "alarms" else fails
    for case, report in wanted:
        if flagged(report) == (show == "alarms"):
            rules = ", ".join(f.rule for f in report.findings if f.severity.rank > 0)
            print(f"    {case.id} {case.topic or ''}: {case.draft.text[:160]!r} {rules}")


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="folder with the public data sets")
    parser.add_argument("--show", choices=["misses", "alarms"], help="list them")
    arguments = parser.parse_args()
    application = build(Settings())
    cases = own_cases()
    print_own(cases, judge(application.linter, [case.draft for case in cases]), arguments.show)
    if arguments.data is None:
        return
    if application.scorer is not None:
        print_public(application.scorer, arguments.data)
    path = arguments.data / "ordinary_tweets_eval_only.jsonl.gz"
    # The other half chose the thresholds of the model.
    rows = list(read_rows(path))[1::2]
    drafts = ordinary_drafts(row["text"] for row in rows)
    reports = judge(application.linter, drafts)
    alarmed = [report for report in reports if flagged(report)]
    coarse = sum(map(swears, alarmed))
    print(f"Ordinary tweets, alarms    {rate(len(alarmed), len(reports))}")
    print(f"  swear words and slurs    {rate(coarse, len(reports))}")
    print(f"  anything else            {rate(len(alarmed) - coarse, len(reports))}")
    if arguments.show == "alarms":
        for draft, report in zip(drafts, reports, strict=True):
            if flagged(report):
                rules = ", ".join(f.rule for f in report.findings if f.severity.rank > 0)
                print(f"    {draft.text[:160]!r} {rules}")


if __name__ == "__main__":
    main()

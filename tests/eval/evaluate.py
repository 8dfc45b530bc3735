"""`make eval`: how much postlint finds, and how often it cries wolf.

Own set: recall by category and alarms on the harmless half. Dated set: the same beside days and
events. With --data also the model on public test splits, the whole linter on ordinary tweets,
and each rule's hits where nothing is wrong, which it writes into docs/precision.md.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

from dated_set import dated_cases, judge_dated, print_dated
from judging import flagged, judge, rate
from own_set import own_cases, print_own
from precision import hits_by_rule, page, too_loud
from public_sets import ordinary_drafts, print_public, read_rows

from postlint.bootstrap import Application, compose, load_foundation, read
from postlint.draft import Draft
from postlint.finding import Severity, Source
from postlint.report import Report
from postlint.settings import Settings

PRECISION = Path(__file__).parents[2] / "docs" / "precision.md"


def swears(report: Report) -> bool:
    """Whether a rule of topic profanity or slur found its words in the text."""
    return any(
        finding.topic in ("profanity", "slur")
        and finding.source is Source.RULE
        and finding.severity is not Severity.INFO
        for finding in report.findings
    )


def print_tweets(drafts: Sequence[Draft], reports: Sequence[Report], *, list_alarms: bool) -> None:
    """Alarms on the tweets of which none chose a threshold of the model."""
    # The other half chose them.
    judged = list(zip(drafts, reports, strict=True))[1::2]
    alarmed = [(draft, report) for draft, report in judged if flagged(report)]
    coarse = sum(swears(report) for _, report in alarmed)
    print(f"Ordinary tweets, alarms    {rate(len(alarmed), len(judged))}")
    print(f"  swear words and slurs    {rate(coarse, len(judged))}")
    print(f"  anything else            {rate(len(alarmed) - coarse, len(judged))}")
    if list_alarms:
        for draft, report in alarmed:
            rules = ", ".join(f.rule for f in report.findings if f.severity.rank > 0)
            print(f"    {draft.text[:160]!r} {rules}")


def write_precision(
    application: Application, harmless: Sequence[Report], tweets: Sequence[Report]
) -> None:
    """Every rule's hits where nothing is wrong, into docs/precision.md."""
    hits = hits_by_rule(application.rules, harmless, tweets)
    PRECISION.write_text(page(hits, len(harmless), len(tweets)), encoding="utf-8")
    print(f"Hits of {len(hits)} rules written to {PRECISION.name}")
    for one in too_loud(hits, len(tweets)):
        print(f"  too loud: {one.rule} asks for a review on {one.tweets_graver} tweets")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="folder with the public data sets")
    parser.add_argument("--show", choices=["misses", "alarms"], help="list them")
    arguments = parser.parse_args()
    foundation = load_foundation(Settings())
    application = compose(foundation, read(foundation))
    cases = own_cases()
    reports = judge(application.linter, [case.draft for case in cases])
    print_own(cases, reports, arguments.show)
    dated = dated_cases()
    print_dated(dated, judge_dated(foundation, dated), arguments.show)
    if arguments.data is None:
        return
    if application.scorer is not None:
        print_public(application.scorer, arguments.data)
    rows = read_rows(arguments.data / "ordinary_tweets_eval_only.jsonl.gz")
    tweets = ordinary_drafts(row["text"] for row in rows)
    on_tweets = judge(application.linter, tweets)
    print_tweets(tweets, on_tweets, list_alarms=arguments.show == "alarms")
    harmless = [report for case, report in zip(cases, reports, strict=True) if case.harmless]
    write_precision(application, harmless, on_tweets)


if __name__ == "__main__":
    main()

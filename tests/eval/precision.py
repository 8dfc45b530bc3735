"""Hits of every rule on texts where it should be quiet: the table of docs/precision.md."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from postlint.finding import Severity
from postlint.report import Report

HIGHEST_SHARE = 0.003
"""A rule that speaks up on more ordinary tweets than that must not ask for a review."""


@dataclass(frozen=True)
class Hits:
    """One rule: texts that it hit, of harmless own drafts and of ordinary tweets.

    tweets_graver: those tweets on which it asked for a review or more.
    """

    rule: str
    drafts: int
    tweets: int
    tweets_graver: int


def hits_by_rule(
    rules: Iterable[str], drafts: Sequence[Report], tweets: Sequence[Report]
) -> list[Hits]:
    """Hits of every rule, the most on tweets first."""
    on_drafts, on_tweets = _count(drafts, Severity.INFO), _count(tweets, Severity.INFO)
    graver = _count(tweets, Severity.WARNING)
    found = [Hits(rule, on_drafts[rule], on_tweets[rule], graver[rule]) for rule in rules]
    return sorted(found, key=lambda hits: (-hits.tweets, -hits.drafts, hits.rule))


def _count(reports: Sequence[Report], least: Severity) -> Counter[str]:
    return Counter(
        rule
        for report in reports
        for rule in {f.rule for f in report.findings if f.severity.rank >= least.rank}
    )


def too_loud(hits: Iterable[Hits], tweets: int) -> list[Hits]:
    """Rules that ask for a review on too many ordinary tweets."""
    return [one for one in hits if one.tweets_graver > HIGHEST_SHARE * tweets]


def page(hits: Sequence[Hits], drafts: int, tweets: int) -> str:
    """The table in Markdown; drafts, tweets: how many were judged."""
    return "\n".join(_lines(hits, drafts, tweets)) + "\n"


def _lines(hits: Sequence[Hits], drafts: int, tweets: int) -> Iterator[str]:
    heard = [one for one in hits if one.drafts or one.tweets]
    yield "# How often each rule speaks where nothing is wrong"
    yield ""
    yield "Written by `make eval DATA=folder` from measurements; do not edit."
    yield ""
    yield (
        f"Every rule by the default policy, on {drafts:,} harmless drafts of the "
        f"[evaluation set](../tests/eval/README.md) and on {tweets:,} ordinary tweets of private "
        f"persons. On tweets a hit need not be wrong: people do swear. A rule that asks for a "
        f"review (warning or error) on more than {HIGHEST_SHARE:.1%} of them is mended, or "
        f"informs only."
    )
    yield ""
    yield f"{len(hits) - len(heard)} of {len(hits)} rules have no hit at all. The others:"
    yield ""
    yield "| rule | harmless drafts | ordinary tweets | of these asking for a review |"
    yield "|---|---|---|---|"
    for one in heard:
        shares = (
            _share(one.drafts, drafts),
            _share(one.tweets, tweets),
            _share(one.tweets_graver, tweets),
        )
        yield f"| {_link(one.rule)} | {' | '.join(shares)} |"


def _link(rule: str) -> str:
    pack, _, name = rule.partition("/")
    return f"[{rule}](rules/{pack}.md#{name})"


def _share(hits: int, total: int) -> str:
    return f"{hits} ({hits / total:.2%})" if hits else "0"

"""What author and team allow: findings that stay in the report, but do not count."""

from bisect import bisect_right
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from postlint.checks.base import PhraseHit
from postlint.checks.lexicon import Entry, Lexicon
from postlint.draft import Allowance
from postlint.finding import Excerpt, Finding, Source
from postlint.policy import AllowedPhrase, whole_pack
from postlint.report import AllowedBy, Disuse, Suppressed, UnusedAllowance
from postlint.text.views import TextViews

_SOURCE = "allowed"


class AllowedWords:
    """Where a text says what a policy allows. Looking one finding up takes logarithmic time.

    hits: of the allowed phrases; the key of each is the team's reason.
    """

    def __init__(self, hits: Iterable[PhraseHit] = ()) -> None:
        self._starts: list[int] = []
        self._reaching: list[PhraseHit] = []
        """For each start: of all hits that begin there or before, the one that ends last."""
        for hit in sorted(hits, key=lambda hit: hit.span):
            ends_last = not self._reaching or hit.span.end > self._reaching[-1].span.end
            self._starts.append(hit.span.start)
            self._reaching.append(hit if ends_last else self._reaching[-1])

    def reason(self, finding: Finding) -> str | None:
        """Why the team allows all words of a finding; None if it does not.

        It never does for an event, which is wrong whatever the words, nor for a finding
        about the post as a whole.
        """
        if finding.source is Source.EVENT or not finding.spans:
            return None
        reasons = [self._reason(span) for span in finding.spans]
        given = [reason for reason in reasons if reason is not None]
        return "; ".join(dict.fromkeys(given)) if len(given) == len(reasons) else None

    def _reason(self, span: Excerpt) -> str | None:
        place = bisect_right(self._starts, span.start)
        if place == 0 or self._reaching[place - 1].span.end < span.end:
            return None
        reason: str = self._reaching[place - 1].key
        return reason


class AllowedPhrases:
    """The phrases of a policy, ready to be looked for."""

    def __init__(self, phrases: Iterable[AllowedPhrase]) -> None:
        self._lexicon = Lexicon(Entry(_SOURCE, entry.phrase, entry.reason) for entry in phrases)

    def words(self, views: TextViews) -> AllowedWords:
        """Where they stand in a text, in whatever disguise rules would see through."""
        return AllowedWords(self._lexicon.find(views).get(_SOURCE, ()))


@dataclass(frozen=True, slots=True)
class Sifted:
    """Findings that count, those that somebody allows, and what the draft allows in vain."""

    told: Sequence[Finding]
    suppressed: Sequence[Suppressed]
    unused: Sequence[UnusedAllowance]


def sift(
    findings: Iterable[Finding],
    allowances: Sequence[Allowance],
    words: AllowedWords,
    rules: Container[str],
    now: datetime,
) -> Sifted:
    """Divide the findings on a draft into those that count and those that are allowed.

    allowances: the draft's, which may be over at `now`; of several for a rule the first
    gives the reason, and the draft's reason goes before the policy's. rules: every name that
    an allowance may have, "pack/*" included.
    """
    valid = {entry.rule: entry for entry in reversed(allowances) if not entry.has_ended(now)}
    used: set[str] = set()
    told: list[Finding] = []
    suppressed: list[Suppressed] = []
    for finding in findings:
        names = (finding.rule, whole_pack(finding.rule))
        own = [valid[name] for name in names if name in valid]
        used.update(entry.rule for entry in own)
        of_policy = words.reason(finding)
        if own:
            reason = own[0].reason
            suppressed.append(Suppressed(finding=finding, reason=reason, by=AllowedBy.DRAFT))
        elif of_policy is not None:
            suppressed.append(Suppressed(finding=finding, reason=of_policy, by=AllowedBy.POLICY))
        else:
            told.append(finding)
    unused = [
        UnusedAllowance(rule=entry.rule, reason=entry.reason, problem=problem)
        for entry in allowances
        if (problem := _problem(entry, used, rules, now)) is not None
    ]
    return Sifted(told, suppressed, unused)


def _problem(
    allowance: Allowance, used: Container[str], rules: Container[str], now: datetime
) -> Disuse | None:
    if allowance.rule not in rules:
        return Disuse.UNKNOWN_RULE
    if allowance.has_ended(now):
        return Disuse.EXPIRED
    return None if allowance.rule in used else Disuse.NOTHING_FOUND

"""What author and team allow stays in the report, and counts no longer."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from postlint.bootstrap import Application
from postlint.checks.base import PhraseHit
from postlint.draft import Allowance, Draft
from postlint.finding import Category, Excerpt, Finding, Severity, Source
from postlint.inference.scorer import ScoredSpan
from postlint.linter import MOST_FINDINGS
from postlint.report import Report
from postlint.suppression import AllowedWords, sift
from postlint.text.span import Span
from tests.support import NOON, FakeScorer, WriteFile, lint, rule


def allow(*rules: str, until: str | None = None) -> list[dict[str, str | None]]:
    return [{"rule": rule, "reason": f"because of {rule}", "until": until} for rule in rules]


def drafted(text: str, *rules: str, until: str | None = None, policy: str = "default") -> Draft:
    fields = {"text": text, "allow": allow(*rules, until=until), "policy": policy}
    return Draft.model_validate(fields)


def told(report: Report) -> list[str]:
    return [finding.rule for finding in report.findings]


def hidden(report: Report) -> list[tuple[str, str]]:
    return [(entry.finding.rule, entry.by.value) for entry in report.suppressed]


def idle(report: Report) -> list[tuple[str, str]]:
    return [(entry.rule, entry.problem.value) for entry in report.unused_allowances]


@pytest.fixture
def two_rules(rules_folder: Path, write_rule: WriteFile) -> Path:
    write_rule("p/one", rule("one", "kind: terms\nterms: [one]", severity="error"))
    write_rule("p/two", rule("two", "kind: terms\nterms: [two]"))
    return rules_folder


# The author


def test_what_the_author_allows_is_shown_with_the_reason_and_counts_no_longer(
    two_rules: Path,
) -> None:
    report = lint(two_rules, drafted("one two", "p/one"))
    assert (report.verdict, told(report)) == ("review", ["p/two"])
    (entry,) = report.suppressed
    assert (entry.finding.rule, entry.by.value) == ("p/one", "draft")
    assert entry.finding.severity == "error"
    assert entry.reason == "because of p/one"


def test_a_whole_pack_can_be_allowed(two_rules: Path) -> None:
    report = lint(two_rules, drafted("one two", "p/*"))
    assert (report.verdict, told(report)) == ("pass", [])
    assert hidden(report) == [("p/one", "draft"), ("p/two", "draft")]


def test_events_can_be_allowed(application: Application) -> None:
    text, day = "#NeverForget: $9.11 pizza all day", datetime(2026, 9, 11, 13, tzinfo=UTC)
    plain = Draft(text=text, scheduled_at=day, regions=("US",))
    event = next(f.rule for f in application.linter.lint(plain, NOON).findings if f.event)
    draft = plain.model_copy(update={"allow": drafted("a", event).allow})
    report = application.linter.lint(draft, NOON)
    assert event not in told(report)
    assert any(entry.finding.event for entry in report.suppressed)
    assert idle(report) == []


@pytest.mark.parametrize(
    ("until", "verdict"),
    [
        (None, "pass"),
        ("2026-02-02", "block"),
        ("2026-02-03", "pass"),
        ("2026-02-03T12:00:00Z", "block"),
        ("2026-02-03T13:00:00+01:00", "block"),
        ("2026-02-03T12:00:01Z", "pass"),
    ],
)
def test_an_allowance_ends_at_its_moment_or_with_its_day(
    two_rules: Path, until: str | None, verdict: str
) -> None:
    report = lint(two_rules, drafted("one", "p/one", until=until), now=NOON)
    assert report.verdict == verdict
    assert idle(report) == ([("p/one", "expired")] if verdict == "block" else [])


def test_the_clock_counts_and_not_the_day_of_publication(two_rules: Path) -> None:
    draft = drafted("one", "p/one", until="2026-02-03")
    late = draft.model_copy(update={"scheduled_at": NOON + timedelta(days=30)})
    assert lint(two_rules, late, now=NOON).verdict == "pass"


def test_an_allowance_in_vain_is_told(two_rules: Path) -> None:
    report = lint(two_rules, drafted("one", "p/two", "p/tow", "q/*", "p/one"))
    assert idle(report) == [
        ("p/two", "nothing-found"),
        ("p/tow", "unknown-rule"),
        ("q/*", "unknown-rule"),
    ]
    assert report.incomplete[0].part == "model"


def test_rules_of_the_calendar_are_known(two_rules: Path) -> None:
    report = lint(two_rules, drafted("a", "timing/sober-day", "timing/*"))
    assert {problem for _, problem in idle(report)} == {"nothing-found"}


def test_a_rule_that_the_policy_turned_off_is_allowed_in_vain(
    two_rules: Path, write_rule: WriteFile
) -> None:
    write_rule("policies/mine", 'id: mine\nseverities: {p/one: "off"}\n')
    report = lint(two_rules, drafted("one", "p/one", policy="mine"))
    assert (report.verdict, idle(report)) == ("pass", [("p/one", "nothing-found")])


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ({"rule": "p/one"}, "reason"),
        ({"rule": "p/one", "reason": "  "}, "must not be empty or blank"),
        ({"rule": "one", "reason": "a"}, "must be a rule such as profanity/mild"),
        ({"rule": "*", "reason": "a"}, "must be a rule such as profanity/mild"),
        ({"rule": "p/one\n", "reason": "a"}, "must be a rule such as profanity/mild"),
        ({"rule": "p/one", "reason": "a", "until": "soon"}, "must be a date such as"),
        ({"rule": "p/one", "reason": "a", "until": "2026-02-03T12:00:00"}, "time with offset"),
        ({"rule": "p/one", "reason": "a", "untill": None}, "Extra inputs"),
    ],
)
def test_an_allowance_that_is_not_clear_is_refused(entry: dict[str, str], expected: str) -> None:
    with pytest.raises(ValidationError, match=expected):
        Draft.model_validate({"text": "a", "allow": [entry]})


def test_fifty_allowances_are_enough() -> None:
    Draft.model_validate({"text": "a", "allow": allow(*["p/one"] * 50)})
    with pytest.raises(ValidationError, match="at most 50"):
        Draft.model_validate({"text": "a", "allow": allow(*["p/one"] * 51)})


def test_suppressed_findings_are_bounded_too_and_the_report_says_so(two_rules: Path) -> None:
    report = lint(two_rules, drafted("one " * 2000, "p/one"), FakeScorer({}))
    assert len(report.suppressed) == MOST_FINDINGS
    assert [gap.part for gap in report.incomplete] == ["suppressed findings"]


# The team

COFFEE = "id: mine\nallowed: [{phrase: Damn good coffee, reason: our slogan}]\n"


@pytest.fixture
def coffee(rules_folder: Path, write_rule: WriteFile) -> Path:
    write_rule("p/damn", rule("damn", "kind: terms\nterms: [damn]"))
    write_rule("p/both", rule("both", "kind: terms\nterms: [coffee at night]", topic="length"))
    write_rule("policies/mine", COFFEE)
    return rules_folder


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Damn good coffee", []),
        ("DAMN  good\ncoffee!", []),
        ("#DamnGoodCoffee", []),
        ("d4mn good coffee", []),
        ("Damn good coffees", ["p/damn"]),
        ("Damn good tea", ["p/damn"]),
        ("Damn, damn good coffee", ["p/damn"]),
        ("Damn good coffee at night", ["p/both"]),
    ],
)
def test_a_finding_within_an_allowed_phrase_does_not_count(
    coffee: Path, text: str, left: list[str]
) -> None:
    report = lint(coffee, drafted(text, policy="mine"))
    assert told(report) == left
    assert lint(coffee, drafted(text)).findings != ()


def test_the_reason_of_the_team_is_told(coffee: Path) -> None:
    (entry,) = lint(coffee, drafted("Damn good coffee", policy="mine")).suppressed
    assert (entry.by.value, entry.reason) == ("policy", "our slogan")


def test_the_reason_of_the_author_goes_before_that_of_the_team(coffee: Path) -> None:
    report = lint(coffee, drafted("Damn good coffee", "p/damn", policy="mine"))
    assert hidden(report) == [("p/damn", "draft")]
    assert idle(report) == []


def test_allowed_words_do_not_make_a_day_right(rules_folder: Path, write_rule: WriteFile) -> None:
    event = a_finding((0, 4), source=Source.EVENT)
    words = AllowedWords([PhraseHit("a reason", Span(0, 9))])
    assert words.reason(event) is None
    assert words.reason(event.model_copy(update={"source": Source.MODEL})) == "a reason"


def test_allowed_words_say_nothing_about_a_post_as_a_whole() -> None:
    assert AllowedWords([PhraseHit("a reason", Span(0, 9))]).reason(a_finding()) is None


# What goes with a finding that is allowed


def test_the_model_does_not_repeat_what_is_allowed(
    rules_folder: Path, write_rule: WriteFile
) -> None:
    write_rule("p/damn", rule("damn", "kind: terms\nterms: [damn]"))
    write_rule("model/same", rule("same", "kind: model\nhead: risk\nthreshold: 0.5"))
    other = rule("words", "kind: model\nhead: toxicity\nthreshold: 0.5", topic="length")
    write_rule("model/words", other)
    scorer = FakeScorer({"risk": 0.9, "toxicity": 0.9}, spans=(ScoredSpan(0, 4, 0.9),))
    report = lint(rules_folder, drafted("Damn, it rains", "p/damn"), scorer)
    assert (told(report), hidden(report)) == ([], [("p/damn", "draft")])


def test_an_allowed_word_hides_nothing_else_that_the_model_says(
    rules_folder: Path, write_rule: WriteFile
) -> None:
    write_rule("p/damn", rule("damn", "kind: terms\nterms: [damn]"))
    about_all = rule("all", "kind: model\nhead: risk\nthreshold: 0.5", topic="newsjacking")
    write_rule("model/all", about_all)
    about_words = rule("words", "kind: model\nhead: toxicity\nthreshold: 0.5", topic="length")
    write_rule("model/words", about_words)
    scorer = FakeScorer({"risk": 0.9, "toxicity": 0.9}, spans=(ScoredSpan(0, 12, 0.9),))
    text = "Damn vermin, the earthquake"
    assert told(lint(rules_folder, text, scorer)) == ["p/damn"]
    report = lint(rules_folder, drafted(text, "p/damn"), scorer)
    assert set(told(report)) == {"model/all", "model/words"}


def test_a_milder_finding_of_the_same_on_the_same_words_does_not_step_forward(
    rules_folder: Path, write_rule: WriteFile
) -> None:
    write_rule("p/whole", rule("whole", "kind: terms\nterms: [damn fool]"))
    write_rule("p/part", rule("part", "kind: terms\nterms: [fool]"))
    write_rule("p/graver", rule("graver", "kind: terms\nterms: [damn]", severity="error"))
    report = lint(rules_folder, drafted("damn fool", "p/whole"))
    assert (told(report), hidden(report)) == (["p/graver"], [("p/whole", "draft")])


# Laws


def a_finding(*spans: tuple[int, int], name: str = "p/r", source: Source = Source.RULE) -> Finding:
    return Finding(
        rule=name,
        category=Category.RISKY,
        topic="slur",
        severity=Severity.WARNING,
        message="",
        why="",
        spans=tuple(Excerpt(start=start, end=end, text="") for start, end in spans),
        source=source,
    )


RANGES = st.tuples(st.integers(0, 12), st.integers(1, 8)).map(lambda pair: (pair[0], sum(pair)))
FINDINGS = st.builds(
    lambda spans, name, source: a_finding(*spans, name=name, source=source),
    st.lists(RANGES, max_size=3),
    st.sampled_from(["p/a", "p/b", "q/a"]),
    st.sampled_from(list(Source)),
)


@given(FINDINGS, st.lists(RANGES, max_size=5))
def test_words_are_allowed_where_each_lies_in_an_occurrence(
    found: Finding, occurrences: list[tuple[int, int]]
) -> None:
    words = AllowedWords(PhraseHit("why", Span(*occurrence)) for occurrence in occurrences)
    within = bool(found.spans) and all(
        any(start <= span.start and span.end <= end for start, end in occurrences)
        for span in found.spans
    )
    assert (words.reason(found) is not None) == (within and found.source is not Source.EVENT)


NAMES = st.sampled_from(["p/a", "p/*", "q/*", "q/x"])


@given(st.lists(FINDINGS, max_size=6), st.lists(NAMES, max_size=4), st.lists(RANGES, max_size=3))
def test_every_finding_is_either_told_or_shown_as_allowed(
    found: list[Finding], names: list[str], occurrences: list[tuple[int, int]]
) -> None:
    entries = [Allowance(rule=name, reason=name) for name in names]
    words = AllowedWords(PhraseHit("why", Span(*occurrence)) for occurrence in occurrences)
    sifted = sift(found, entries, words, {"p/a", "p/b", "q/a", "p/*", "q/*"}, NOON)
    shown = [*sifted.told, *(entry.finding for entry in sifted.suppressed)]
    assert sorted(map(str, shown)) == sorted(map(str, found))
    in_vain = {entry.rule for entry in sifted.unused}
    for name in names:
        matched = any(name in (f.rule, f.rule.split("/")[0] + "/*") for f in found)
        assert (name in in_vain) != matched


RISKY = st.sampled_from(
    [
        "damn",
        "shit",
        "20% off",
        "the earthquake",
        "sorry if anyone was offended",
        "🎉",
        "free forever",
    ]
)


@settings(deadline=None)
@given(text=st.lists(RISKY, min_size=1, max_size=6).map(" ".join))
def test_what_is_allowed_is_never_told_and_never_in_vain(
    application: Application, text: str
) -> None:
    linter = application.rules_alone
    found = dict.fromkeys(told(linter.lint(Draft(text=text), NOON)))
    report = linter.lint(drafted(text, *found), NOON)
    assert found.keys().isdisjoint(told(report))
    assert found.keys() <= {entry.finding.rule for entry in report.suppressed}
    assert idle(report) == []

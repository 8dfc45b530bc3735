"""Verdicts, policies, and what absorbs what."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postlint.bootstrap import Application
from postlint.draft import Draft
from postlint.errors import UnknownPolicyError
from postlint.finding import Category, Finding, Severity
from postlint.inference.scorer import HeadThresholds, ScoredSpan
from postlint.linter import MOST_FINDINGS, ordered
from tests.support import NOON, FakeScorer, WriteFile, lint, rule, shipped


def test_the_worst_severity_makes_the_verdict(rules_folder: Path, write_rule: WriteFile) -> None:
    for severity in ("info", "warning", "error"):
        how = f"kind: terms\nterms: [{severity}word]"
        write_rule(f"p/{severity}", rule(severity, how, severity=severity))
    assert lint(rules_folder, "nothing").verdict == "pass"
    assert lint(rules_folder, "infoword").verdict == "pass"
    assert lint(rules_folder, "infoword warningword").verdict == "review"
    report = lint(rules_folder, "infoword warningword errorword")
    assert report.verdict == "block"
    assert [finding.rule for finding in report.findings] == ["p/error", "p/warning", "p/info"]


def test_a_policy_grades_rules_and_packs_anew(rules_folder: Path, write_rule: WriteFile) -> None:
    write_rule("p/one", rule("one", "kind: terms\nterms: [one]"))
    write_rule("p/two", rule("two", "kind: terms\nterms: [two]"))
    write_rule("policies/mine", 'id: mine\nseverities: {"p/*": error, p/two: "off"}\n')
    draft = Draft(text="one two", policy="mine")
    report = lint(rules_folder, draft)
    assert [(finding.rule, finding.severity.value) for finding in report.findings] == [
        ("p/one", "error")
    ]


def test_an_unknown_policy_is_an_error_with_the_known_ones(rules_folder: Path) -> None:
    with pytest.raises(UnknownPolicyError, match="known: default"):
        lint(rules_folder, Draft(text="a", policy="nobody"))


def test_a_policy_moves_a_threshold(rules_folder: Path, write_rule: WriteFile) -> None:
    write_rule("model/r", rule("r", "kind: model\nhead: toxicity"))
    write_rule("policies/mild", "id: mild\nthresholds: {toxicity: {review: 0.95}}\n")
    scorer = FakeScorer({"toxicity": 0.7}, {"toxicity": HeadThresholds(0.6)})
    assert lint(rules_folder, "a", scorer).verdict == "review"
    assert lint(rules_folder, Draft(text="a", policy="mild"), scorer).verdict == "pass"


def test_a_rule_absorbs_what_the_model_says_of_its_topic_or_its_words(
    rules_folder: Path, write_rule: WriteFile
) -> None:
    write_rule("p/term", rule("term", "kind: terms\nterms: [zounds]", topic="slur"))
    write_rule("model/same", rule("same", "kind: model\nhead: risk\nthreshold: 0.5"))
    other = rule("words", "kind: model\nhead: toxicity\nthreshold: 0.5", topic="length")
    write_rule("model/words", other)
    inside = FakeScorer({"risk": 0.9, "toxicity": 0.9}, spans=(ScoredSpan(0, 6, 0.9),))
    elsewhere = FakeScorer({"risk": 0.9, "toxicity": 0.9}, spans=(ScoredSpan(7, 9, 0.9),))

    def rules(text: str, scorer: FakeScorer) -> set[str]:
        return {finding.rule for finding in lint(rules_folder, text, scorer).findings}

    assert rules("zounds it", inside) == {"p/term"}
    assert rules("zounds it", elsewhere) == {"p/term", "model/words"}
    assert rules("hello it", inside) == {"model/same", "model/words"}


def test_a_rule_takes_only_its_own_words_out_of_what_the_model_marks(
    rules_folder: Path, write_rule: WriteFile
) -> None:
    write_rule("p/term", rule("term", "kind: terms\nterms: [damn]"))
    write_rule("model/words", rule("words", "kind: model\nhead: toxicity\nthreshold: 0.5"))
    scorer = FakeScorer({"toxicity": 0.9}, spans=(ScoredSpan(0, 4, 0.9), ScoredSpan(15, 21, 0.9)))
    report = lint(rules_folder, "Damn! They are vermin.", scorer)
    marked = {finding.rule: [span.text for span in finding.spans] for finding in report.findings}
    assert marked == {"p/term": ["Damn"], "model/words": ["vermin"]}


def test_the_form_of_a_post_does_not_explain_what_is_wrong_with_it(
    rules_folder: Path, write_rule: WriteFile
) -> None:
    write_rule("p/long", rule("long", "kind: shape\nmeasure: length\nover: 3", topic="length"))
    write_rule("model/risk", rule("risk", "kind: model\nhead: risk\nthreshold: 0.5"))
    report = lint(rules_folder, "hello", FakeScorer({"risk": 0.9}))
    assert {finding.rule for finding in report.findings} == {"p/long", "model/risk"}


def test_a_report_lists_a_bounded_number_of_findings_and_says_so(
    rules_folder: Path, write_rule: WriteFile
) -> None:
    write_rule("p/term", rule("term", "kind: terms\nterms: [zounds]"))
    report = lint(rules_folder, "zounds " * 2000, FakeScorer({}))
    assert len(report.findings) == MOST_FINDINGS
    assert [gap.part for gap in report.incomplete] == ["findings"]


def test_a_policy_keeps_the_measured_block_unless_it_says_never(
    rules_folder: Path, write_rule: WriteFile
) -> None:
    write_rule("model/r", rule("r", "kind: model\nhead: toxicity"))
    write_rule("policies/later", "id: later\nthresholds: {toxicity: {review: 0.7}}\n")
    never = "id: never\nthresholds: {toxicity: {review: 0.7, block: never}}\n"
    write_rule("policies/never", never)
    scorer = FakeScorer({"toxicity": 0.95}, {"toxicity": HeadThresholds(0.6, 0.9)})
    assert lint(rules_folder, Draft(text="a", policy="later"), scorer).verdict == "block"
    assert lint(rules_folder, Draft(text="a", policy="never"), scorer).verdict == "review"


def test_a_milder_rule_does_not_absorb_the_model(rules_folder: Path, write_rule: WriteFile) -> None:
    write_rule("p/term", rule("term", "kind: terms\nterms: [zounds]", severity="info"))
    write_rule("model/same", rule("same", "kind: model\nhead: risk\nthreshold: 0.5"))
    report = lint(rules_folder, "zounds", FakeScorer({"risk": 0.9}))
    assert report.verdict == "review"


def test_a_batch_is_judged_as_its_drafts_one_by_one(application: Application) -> None:
    texts = [
        "Sorry if anyone was offended by our joke",
        "Good morning Leeds",
        "🎉" * 40 + " sale today",
        "word " * 900,
    ]
    drafts = [Draft(text=text) for text in texts]
    together = application.linter.lint_all(drafts, NOON)
    alone = [application.linter.lint(draft, NOON) for draft in drafts]
    assert [report.findings for report in together] == [report.findings for report in alone]


def test_two_events_on_one_day_are_both_named() -> None:
    finding = Finding(
        rule="timing/day-of-mourning",
        category=Category.TIMING,
        topic="sensitive-date",
        severity=Severity.WARNING,
        message="",
        why="",
        fingerprint="first",
    )
    other = finding.model_copy(update={"fingerprint": "second"})
    assert list(ordered([finding, other, finding])) == [finding, other]


def test_a_group_without_a_label_is_named_by_its_id(
    rules_folder: Path, write_rule: WriteFile
) -> None:
    write_rule("model/r", rule("r", "kind: model\nhead: toxicity\nthreshold: 0.5"))
    scorer = FakeScorer({"toxicity": 0.9}, groups={"martians": 1.0})
    (group,) = lint(rules_folder, "hello", scorer).groups
    assert (group.id, group.label) == ("martians", "martians")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300))
def test_no_text_breaks_the_shipped_linter_and_every_span_says_what_stands_there(
    text: str,
) -> None:
    if not text.replace("\x00", "").strip():
        return
    draft = Draft(text=text.replace("\x00", ""))
    report = shipped().linter.lint(draft, NOON)
    for finding in report.findings:
        for span in finding.spans:
            assert draft.text[span.start : span.end] == span.text
            assert span.text

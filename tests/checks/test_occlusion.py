"""Which sentence the model's judgement rests on."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postlint.checks.occlusion import MOST_CHARACTERS, Occlusion, grouped
from postlint.inference.scorer import HeadThresholds, ModelInfo, RiskScores
from postlint.text.segment import sentences
from postlint.text.span import Span
from tests.support import WriteFile, lint, rule


class WordScorer:
    """A text is risky with "bad" in it, "meh" makes it a little more so; counts characters."""

    info = ModelInfo("word", "1", {"risk": HeadThresholds(0.5)})

    def __init__(self) -> None:
        self.asked = 0

    def score(self, texts: Sequence[str]) -> list[RiskScores]:
        self.asked += sum(map(len, texts))
        return [
            RiskScores({"risk": 0.49 * ("bad" in text) + 0.04 * ("meh" in text)}) for text in texts
        ]


def decisive(text: str, scorer: WordScorer) -> Span | None:
    occlusion = Occlusion(text, sentences(text), scorer.score)
    return occlusion.decisive(lambda scores: scores.heads["risk"], 0.5)


def test_the_sentence_that_decides_is_named() -> None:
    text = "Good morning. This is bad, meh. See you soon."
    span = decisive(text, WordScorer())
    assert span is not None
    assert text[span.start : span.end] == "This is bad, meh."


def test_what_no_single_sentence_decides_is_about_the_post() -> None:
    assert decisive("This is bad, meh. That is bad, meh. See you.", WordScorer()) is None


def test_a_post_of_one_sentence_costs_no_further_pass() -> None:
    scorer = WordScorer()
    assert decisive("This is bad, meh.", scorer) is None
    assert scorer.asked == 0


def test_of_several_sentences_that_would_do_the_one_with_most_weight_is_named() -> None:
    text = "This is bad and there is more to say of it. Meh, meh. Bye."
    span = decisive(text, WordScorer())
    assert span is not None
    assert text[span.start : span.end].startswith("This is bad")


@pytest.mark.parametrize("filler", [1, 20, 60, 150, 300, 1500])
def test_a_long_post_costs_a_bounded_amount_of_scoring(filler: int) -> None:
    scorer = WordScorer()
    text = "All is fine. " * filler + "This is bad, meh. " + "All is well. "
    span = decisive(text, scorer)
    assert scorer.asked <= MOST_CHARACTERS
    assert (span is None) == (2 * len(text) > MOST_CHARACTERS)


@given(st.integers(0, 100), st.integers(1, 20))
def test_parts_keep_every_sentence_in_order(count: int, most: int) -> None:
    spans = [Span(3 * n, 3 * n + 2) for n in range(count)]
    parts = grouped(spans, most)
    assert len(parts) <= most
    if spans:
        assert (parts[0].start, parts[-1].end) == (spans[0].start, spans[-1].end)
    assert all(before.end < after.start for before, after in pairwise(parts))


def test_a_finding_of_the_model_marks_the_sentence(
    rules_folder: Path, write_rule: WriteFile
) -> None:
    write_rule("model/risk", rule("risk", "kind: model\nhead: risk"))
    report = lint(rules_folder, "Good morning. This is bad, meh. Bye now.", WordScorer())
    assert [span.text for finding in report.findings for span in finding.spans] == [
        "This is bad, meh."
    ]


def test_a_rule_absorbs_only_the_sentence_that_it_speaks_of(
    rules_folder: Path, write_rule: WriteFile
) -> None:
    write_rule("model/risk", rule("risk", "kind: model\nhead: risk"))
    write_rule("p/term", rule("term", "kind: terms\nterms: [zounds]"))

    def rules(text: str) -> set[str]:
        return {finding.rule for finding in lint(rules_folder, text, WordScorer()).findings}

    assert rules("Good morning. This is bad, meh, zounds. Bye.") == {"p/term"}
    assert rules("Zounds, good morning. This is bad, meh. Bye.") == {"p/term", "model/risk"}

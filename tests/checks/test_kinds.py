"""Each kind of rule finds what it says, with the span of the original text."""

from pathlib import Path

import pytest

from postlint.draft import Draft
from postlint.inference.scorer import HeadThresholds, ScoredSpan
from postlint.report import Report
from tests.support import FakeScorer, WriteFile, lint, rule, signal


def found(report: Report) -> list[str]:
    return [span.text for finding in report.findings for span in finding.spans]


def test_terms_are_found_on_word_edges_whatever_their_capitals(
    rules_folder: Path, write_rule: WriteFile
) -> None:
    write_rule("p/r", rule("r", "kind: terms\nterms: [zounds, gee whiz]"))
    text = "ZOUNDS! Gee\n whiz, zoundsman. (zounds)"
    assert found(lint(rules_folder, text)) == ["ZOUNDS", "Gee\n whiz", "zounds"]


def test_a_star_stands_for_any_ending(rules_folder: Path, write_rule: WriteFile) -> None:
    write_rule("p/r", rule("r", 'kind: terms\nterms: ["zound*"]'))
    assert found(lint(rules_folder, "Zounding zounds, azound")) == ["Zounding", "zounds"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("what a z o u n d s day", "z o u n d s"),
        ("what a z0und5 day", "z0und5"),
        ("what a zоunds day", "zоunds"),
        ("what a zooooounds day", "zooooounds"),
        ("what a #zoundsday", "zounds"),
        ("what a z\u200bounds day", "z\u200bounds"),
        ("what a z*unds day", "z*unds"),
    ],
)
def test_disguised_words_are_found_where_they_stand(
    rules_folder: Path, write_rule: WriteFile, text: str, words: str
) -> None:
    write_rule("p/r", rule("r", "kind: terms\nmaskable: true\nterms: [zounds]"))
    assert found(lint(rules_folder, text)) == [words]


def test_a_term_brings_its_own_groups_note_severity_and_replacement(
    rules_folder: Path, write_rule: WriteFile
) -> None:
    term = "{term: zounds, groups: [women], note: Really., replacement: golly, severity: error}"
    write_rule("p/r", rule("r", f"kind: terms\nterms: [{term}]", groups="[customers]"))
    (finding,) = lint(rules_folder, "Oh zounds").findings
    assert finding.groups == ("women", "customers")
    assert finding.why.endswith("Really.")
    assert finding.severity == "error"
    (suggestion,) = finding.suggestions
    assert (suggestion.replacement, suggestion.start, suggestion.end) == ("golly", 3, 9)


def test_case_sensitive_terms_need_their_capitals(
    rules_folder: Path, write_rule: WriteFile
) -> None:
    write_rule("p/r", rule("r", "kind: terms\ncase_sensitive: true\nterms: [AIDS]"))
    assert found(lint(rules_folder, "AIDS and hearing aids")) == ["AIDS"]


def test_an_exception_covers_a_match(rules_folder: Path, write_rule: WriteFile) -> None:
    how = "kind: terms\nterms: [blind]\nexceptions: [blind taste test]"
    write_rule("p/r", rule("r", how))
    assert found(lint(rules_folder, "A blind taste test, then blind rage")) == ["blind"]
    assert not lint(rules_folder, "A blind taste test").findings


def test_conditions_limit_a_rule_to_platforms_and_replies(
    rules_folder: Path, write_rule: WriteFile
) -> None:
    how = "kind: terms\nterms: [zounds]\nplatforms: [x]"
    write_rule("p/x", rule("x", how, topic="length"))
    write_rule("p/reply", rule("reply", "kind: terms\nterms: [zounds]\nreply: true"))
    write_rule("p/post", rule("post", "kind: terms\nterms: [zounds]\nreply: false"))

    def rules(**fields: str) -> set[str]:
        draft = Draft.model_validate({"text": "zounds", **fields})
        return {finding.rule for finding in lint(rules_folder, draft).findings}

    assert rules() == {"p/post"}
    assert rules(platform="x", in_reply_to="Where is my parcel?") == {"p/x", "p/reply"}


def test_patterns_mark_their_span_group_and_wait_for_an_anchor(
    rules_folder: Path, write_rule: WriteFile
) -> None:
    how = "kind: pattern\npatterns: ['back in (?P<span>\\d+ minutes)']\nanchors: [minutes]"
    write_rule("p/r", rule("r", how))
    assert found(lint(rules_folder, "We are BACK in 10 minutes")) == ["10 minutes"]
    other = how.replace("[minutes]", "[servers]")
    write_rule("p/r", rule("r", other))
    assert found(lint(rules_folder, "We are back in 10 minutes")) == []


def test_a_pattern_that_is_not_re2_is_refused_with_a_reason(
    rules_folder: Path, write_rule: WriteFile
) -> None:
    write_rule("p/r", rule("r", "kind: pattern\npatterns: ['(?=a)b']"))
    with pytest.raises(Exception, match="RE2 syntax: no look-around"):
        lint(rules_folder, "b")


def test_token_patterns_run_behind_an_anchor(rules_folder: Path, write_rule: WriteFile) -> None:
    how = """
kind: tokens
anchors: [women]
tokens:
  - [{LOWER: women}, {LOWER: {IN: [cannot, "can't"]}, OP: "?"}, {LOWER: drive}]
"""
    write_rule("p/r", rule("r", how))
    assert found(lint(rules_folder, "So Women drive, and women sing")) == ["Women drive"]


def test_rules_on_grammar_use_the_trained_pipeline(
    rules_folder: Path, write_rule: WriteFile
) -> None:
    how = "kind: tokens\nanchors: [women]\ntokens: [[{LOWER: women}, {LEMMA: belong}]]"
    write_rule("p/r", rule("r", how))
    assert found(lint(rules_folder, "These women belong here")) == ["women belong"]


def test_rules_on_grammar_are_reported_as_not_judged_without_the_pipeline(
    rules_folder: Path, write_rule: WriteFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("postlint.nlp.TRAINED", "no_such_package")
    how = "kind: tokens\nanchors: [women]\ntokens: [[{LOWER: women}, {LEMMA: belong}]]"
    write_rule("p/r", rule("r", how))
    scorer = FakeScorer({})
    with_anchor = lint(rules_folder, "women belong", scorer).incomplete
    assert [gap.part for gap in with_anchor] == ["tokens"]
    assert lint(rules_folder, "men belong", scorer).incomplete == ()


@pytest.fixture
def storm_sale(write_rule: WriteFile) -> WriteFile:
    write_rule("signals/storm", signal("storm", "kind: terms\nterms: [storm, hurricane]"))
    write_rule("signals/sale", signal("sale", "kind: terms\nterms: [sale, discount]"))
    write_rule("signals/relief", signal("relief", "kind: terms\nterms: [proceeds go to]"))
    return write_rule


COMBINED = "kind: combination\nall: [signal:storm, signal:sale]"


def test_a_combination_marks_the_first_place_of_each_signal(
    rules_folder: Path, storm_sale: WriteFile
) -> None:
    storm_sale("p/r", rule("r", COMBINED))
    (finding,) = lint(rules_folder, "Storm! Hurricane! A sale, a discount").findings
    assert [span.text for span in finding.spans] == ["Storm", "sale"]
    assert not lint(rules_folder, "A sale and a discount").findings


def test_unless_silences_a_combination(rules_folder: Path, storm_sale: WriteFile) -> None:
    storm_sale("p/r", rule("r", f"{COMBINED}\nunless: [signal:relief]"))
    assert lint(rules_folder, "Storm sale").findings
    assert not lint(rules_folder, "Storm sale: proceeds go to the shelter").findings


def test_within_a_sentence_means_one_sentence(rules_folder: Path, storm_sale: WriteFile) -> None:
    storm_sale("p/r", rule("r", f"{COMBINED}\nwithin: sentence"))
    assert not lint(rules_folder, "A storm is coming. Our sale ends today.").findings
    (finding,) = lint(rules_folder, "A storm. Storm sale!").findings
    assert [span.start for span in finding.spans] == [9, 15]


def test_any_needs_one_of_its_signals(rules_folder: Path, storm_sale: WriteFile) -> None:
    how = "kind: combination\nall: [signal:storm]\nany: [signal:sale, signal:relief]"
    storm_sale("p/r", rule("r", how))
    assert found(lint(rules_folder, "Storm: all proceeds go to Leeds")) == [
        "Storm",
        "proceeds go to",
    ]
    assert not lint(rules_folder, "A storm").findings


@pytest.mark.parametrize(
    ("measure", "over", "quiet", "loud"),
    [
        ("length", 10, "a" * 10, "a" * 11),
        ("hashtags", 2, "#one #two", "#one #two #three"),
        ("capitals", 60, "WE ARE open all day today", "WE ARE OPEN ALL DAY today"),
        ("emoji-run", 3, "🎉🎉🎉 go", "🎉👩‍👩‍👧 🇬🇧🎉 go"),
    ],
)
def test_a_shape_is_measured_against_its_limit(
    rules_folder: Path, write_rule: WriteFile, measure: str, over: int, quiet: str, loud: str
) -> None:
    write_rule("p/r", rule("r", f"kind: shape\nmeasure: {measure}\nover: {over}"))
    assert not lint(rules_folder, quiet).findings
    assert lint(rules_folder, loud).findings


def test_a_shape_may_have_limits_by_platform(rules_folder: Path, write_rule: WriteFile) -> None:
    write_rule("p/r", rule("r", "kind: shape\nmeasure: length\nlimits: {x: 5}"))
    assert lint(rules_folder, Draft(text="abcdef", platform="x")).findings
    assert not lint(rules_folder, Draft(text="abcdef", platform="linkedin")).findings


def test_missing_alt_texts_are_counted(rules_folder: Path, write_rule: WriteFile) -> None:
    write_rule("p/r", rule("r", "kind: shape\nmeasure: missing-alt-text\nover: 0"))
    described = Draft.model_validate(
        {"text": "Look", "media": [{"kind": "image", "alt_text": "A red bicycle"}]}
    )
    bare = Draft.model_validate({"text": "Look", "media": [{"kind": "image"}]})
    assert not lint(rules_folder, described).findings
    assert lint(rules_folder, bare).findings
    assert [gap.part for gap in lint(rules_folder, bare).incomplete] == ["model", "media"]


HEADS = {"toxicity": HeadThresholds(review=0.6, block=0.9)}


@pytest.mark.parametrize(
    ("score", "severity"), [(0.59, None), (0.6, "warning"), (0.89, "warning"), (0.9, "error")]
)
def test_a_head_reviews_from_one_threshold_and_blocks_from_another(
    rules_folder: Path, write_rule: WriteFile, score: float, severity: str | None
) -> None:
    write_rule("model/r", rule("r", "kind: model\nhead: toxicity"))
    scorer = FakeScorer(
        {"toxicity": score}, HEADS, (ScoredSpan(3, 8, score),), groups={"women": 0.8, "x": 0.1}
    )
    findings = lint(rules_folder, "oh nasty", scorer).findings
    assert [finding.severity.value for finding in findings] == ([severity] if severity else [])
    for finding in findings:
        assert [span.text for span in finding.spans] == ["nasty"]
        assert finding.source == "model"
        assert finding.groups == ("women",)
        assert finding.score == score
        assert finding.threshold == (0.9 if severity == "error" else 0.6)


def test_a_head_that_the_model_lacks_never_matches(
    rules_folder: Path, write_rule: WriteFile
) -> None:
    write_rule("model/r", rule("r", "kind: model\nhead: telepathy\nthreshold: 0.1"))
    assert not lint(rules_folder, "hello", FakeScorer({"toxicity": 1.0})).findings


def test_intents_and_groups_of_the_model_can_be_signals(
    rules_folder: Path, write_rule: WriteFile
) -> None:
    how = 'kind: model\nhead: "intent:promotion"\nthreshold: 0.5'
    write_rule("signals/promotion", signal("promotion", how))
    write_rule("signals/storm", signal("storm", "kind: terms\nterms: [storm]"))
    both = "kind: combination\nall: [signal:promotion, signal:storm]"
    write_rule("p/r", rule("r", both))
    selling = FakeScorer({}, intents={"promotion": 0.9})
    assert found(lint(rules_folder, "A storm", selling)) == ["storm"]
    assert not lint(rules_folder, "A storm", FakeScorer({}, intents={"promotion": 0.2})).findings


@pytest.fixture
def unless_quoted(write_rule: WriteFile) -> None:
    quoted = signal("quoted", "reach: near\nkind: terms\nterms: [they said]")
    write_rule("signals/quoted", quoted)
    write_rule("p/r", rule("r", "kind: terms\nterms: [zounds]\nunless: [signal:quoted]"))


@pytest.mark.usefixtures("unless_quoted")
def test_a_signal_that_reaches_near_silences_only_its_own_and_the_next_sentence(
    rules_folder: Path,
) -> None:
    assert not lint(rules_folder, "Zounds. They said so. Now we are here.").findings
    far = "Zounds to you all. It is Monday. They said so. Now we are here."
    assert [finding.rule for finding in lint(rules_folder, far).findings] == ["p/r"]


@pytest.fixture
def explained(write_rule: WriteFile) -> None:
    write_rule("model/risk", rule("risk", "kind: model\nhead: risk"))
    for topic in ("tone-deaf", "newsjacking"):
        how = f"kind: model\nhead: {topic}\nexplains: risk"
        write_rule(f"model/{topic}", rule(topic, how))


def said(folder: Path, heads: dict[str, float]) -> list[str]:
    limits = {"risk": HeadThresholds(0.8, 0.95), "tone-deaf": HeadThresholds(0.6)}
    report = lint(folder, "a", FakeScorer(heads, limits))
    return [f"{finding.rule} {finding.severity.value}" for finding in report.findings]


@pytest.mark.usefixtures("explained")
def test_the_likeliest_topic_speaks_for_a_head_that_only_knows_that_something_is_wrong(
    rules_folder: Path,
) -> None:
    both = {"tone-deaf": 0.3, "newsjacking": 0.4}
    assert said(rules_folder, {"risk": 0.9, **both}) == ["model/newsjacking warning"]
    assert said(rules_folder, {"risk": 0.97, **both}) == ["model/newsjacking error"]
    assert said(rules_folder, {"risk": 0.7, **both}) == []


@pytest.mark.usefixtures("explained")
def test_a_topic_over_its_own_threshold_needs_no_other_head(rules_folder: Path) -> None:
    sure = {"tone-deaf": 0.65, "newsjacking": 0.7}
    assert said(rules_folder, {"risk": 0.1, **sure}) == ["model/tone-deaf warning"]
    assert said(rules_folder, {"risk": 0.97, **sure}) == ["model/newsjacking error"]


@pytest.mark.usefixtures("explained")
def test_a_rule_with_a_threshold_of_its_own_is_not_explained_away_below_the_measured_one(
    rules_folder: Path, write_rule: WriteFile
) -> None:
    write_rule("model/eager", rule("eager", "kind: model\nhead: risk\nthreshold: 0.5"))
    assert said(rules_folder, {"risk": 0.6, "tone-deaf": 0.3}) == ["model/eager warning"]


@pytest.mark.usefixtures("explained")
def test_a_signal_of_the_model_is_given_whoever_explains_it(
    rules_folder: Path, write_rule: WriteFile
) -> None:
    write_rule("signals/risky", signal("risky", "kind: model\nhead: risk"))
    write_rule("p/both", rule("both", "kind: combination\nall: [signal:risky]"))
    assert "p/both warning" in said(rules_folder, {"risk": 0.9, "tone-deaf": 0.5})


@pytest.mark.usefixtures("explained")
def test_what_no_topic_explains_is_said_in_general(rules_folder: Path) -> None:
    unknown = {"tone-deaf": 0.05, "newsjacking": 0.02}
    assert said(rules_folder, {"risk": 0.9, **unknown}) == ["model/risk warning"]


@pytest.mark.usefixtures("unless_quoted")
def test_who_quotes_may_come_to_the_point_some_sentences_later(
    rules_folder: Path,
) -> None:
    late = "“Zounds, you.” Two words. She was fourteen. It hurt. They said it again and again."
    assert not lint(rules_folder, late).findings
    assert not lint(rules_folder, "Zounds.\n👇\n...\nThey said that.").findings
    assert lint(rules_folder, late.replace("“", "").replace("”", "")).findings

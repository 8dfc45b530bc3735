import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postlint.errors import ModelError
from postlint.inference.manifest import MANIFEST_FILE, MODEL_FILE, TOKENIZER_FILE, sha256_of
from postlint.inference.onnx import OnnxRiskScorer
from postlint.inference.scorer import RiskScores

TOXIC = "You people are a bunch of stupid, worthless idiots."
HARMLESS = "Our bakery opens at eight tomorrow. Cinnamon rolls come out of the oven at nine!"
FAIL = "Hurricane got you stuck indoors? Blow away boredom with 30% off everything, code STORM"
HARMLESS_NEIGHBOUR = (
    "Because of the hurricane our shops stay closed until Monday. Please stay safe, everyone."
)


def score(scorer: OnnxRiskScorer, text: str) -> RiskScores:
    (scores,) = scorer.score([text])
    return scores


def test_an_insult_scores_over_the_threshold_and_a_bakery_far_below(
    scorer: OnnxRiskScorer,
) -> None:
    review = scorer.info.thresholds["toxicity"].review

    toxic, harmless = scorer.score([TOXIC, HARMLESS])

    assert toxic.heads["toxicity"] >= review
    assert harmless.heads["toxicity"] < review / 2


def test_a_sale_hung_on_a_storm_is_risky_and_a_closing_notice_is_not(
    scorer: OnnxRiskScorer,
) -> None:
    review = scorer.info.thresholds["risk"].review

    fail, neighbour = scorer.score([FAIL, HARMLESS_NEIGHBOUR])

    assert fail.heads["risk"] >= review > neighbour.heads["risk"]
    assert max(fail.intents, key=lambda name: fail.intents[name]) == "promotion"


def test_sexism_names_women_as_the_group(scorer: OnnxRiskScorer) -> None:
    scores = score(scorer, "Women are too stupid to drive, they belong in the kitchen")

    assert max(scores.groups, key=lambda name: scores.groups[name]) == "women"
    assert scores.groups["women"] >= scorer.info.group_threshold


def test_spans_are_the_toxic_words_exactly(scorer: OnnxRiskScorer) -> None:
    spans = score(scorer, TOXIC).spans

    marked = " ".join(TOXIC[span.start : span.end] for span in spans)

    assert "idiots" in marked
    assert "stupid" in marked
    assert "people" not in marked


def test_spans_count_code_points_behind_emoji_and_combining_marks(
    scorer: OnnxRiskScorer,
) -> None:
    text = "🔥🔥 Cafe\u0301 👩🏽‍🚒 says: you stupid idiots"

    spans = score(scorer, text).spans

    assert "idiots" in " ".join(text[span.start : span.end] for span in spans)


def test_all_scores_are_probabilities_under_the_names_of_the_manifest(
    scorer: OnnxRiskScorer,
) -> None:
    scores = score(scorer, FAIL)

    values = [*scores.heads.values(), *scores.intents.values(), *scores.groups.values()]

    assert all(0 <= value <= 1 for value in values)
    assert set(scorer.info.thresholds) <= set(scores.heads)


def test_a_toxic_sentence_at_the_end_of_a_long_text_is_found(scorer: OnnxRiskScorer) -> None:
    filler = "The museum opens at ten and closes at six, and tickets are at the door. "
    long_text = filler * (15_000 // len(filler))

    clean, spoilt = scorer.score([long_text, long_text + TOXIC])

    assert clean.heads["toxicity"] < 0.5 < spoilt.heads["toxicity"]
    assert any(
        (long_text + TOXIC)[span.start : span.end].startswith("stupid") for span in spoilt.spans
    )


def test_a_text_scores_the_same_alone_and_among_others(scorer: OnnxRiskScorer) -> None:
    texts = [FAIL, "", HARMLESS * 20, TOXIC]

    assert scorer.score(texts) == [score(scorer, text) for text in texts]


def test_threads_may_score_at_the_same_time(scorer: OnnxRiskScorer) -> None:
    texts = [TOXIC, HARMLESS, FAIL, HARMLESS_NEIGHBOUR] * 4
    expected = scorer.score(texts)

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda text: score(scorer, text), texts))

    assert found == expected


def test_no_texts_give_no_scores(scorer: OnnxRiskScorer) -> None:
    assert scorer.score([]) == []


WORDS = st.sampled_from(
    [
        "stupid",
        "idiots",
        "fucking",
        "you",
        "👩🏽‍🚒",
        "🤡",
        "cafe\u0301",
        "tonight,",
        "#sale",
        "it’s",
    ]
)
GLUE = st.sampled_from([" ", "", "\n", ". ", "\u200d", "\ufe0f", "'"])


@settings(max_examples=60, deadline=None)
@given(pieces=st.lists(st.tuples(WORDS, GLUE), min_size=1, max_size=12))
def test_every_span_lies_in_the_text_and_cuts_no_word(
    scorer: OnnxRiskScorer, pieces: list[tuple[str, str]]
) -> None:
    text = "".join(word + glue for word, glue in pieces)

    spans = score(scorer, text).spans

    position = 0
    for span in spans:
        assert position <= span.start < span.end <= len(text)
        assert not (text[span.start - 1 : span.start] + text[span.start]).isalpha() or (
            span.start == 0
        )
        assert not (text[span.end - 1] + text[span.end : span.end + 1]).isalpha() or (
            span.end == len(text)
        )
        position = span.end


@pytest.fixture
def folder(shipped: Path, tmp_path: Path) -> Path:
    for name in (MANIFEST_FILE, MODEL_FILE, TOKENIZER_FILE):
        shutil.copyfile(shipped / name, tmp_path / name)
    return tmp_path


@pytest.mark.parametrize("name", [MODEL_FILE, TOKENIZER_FILE])
def test_a_changed_file_is_refused_by_its_checksum(folder: Path, name: str) -> None:
    with (folder / name).open("ab") as file:
        file.write(b" ")

    with pytest.raises(ModelError, match=f"{name}: sha256 is .* the manifest says"):
        OnnxRiskScorer.load(folder)


@pytest.mark.parametrize("name", [MANIFEST_FILE, MODEL_FILE, TOKENIZER_FILE])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()

    with pytest.raises(ModelError, match=f"{name}: cannot be read"):
        OnnxRiskScorer.load(folder)


def test_a_manifest_with_an_unknown_field_is_refused(folder: Path) -> None:
    path = folder / MANIFEST_FILE
    path.write_text(path.read_text().replace('"name": "risk"', '"name": "risk", "nmae": 1', 1))

    with pytest.raises(ModelError, match="nmae"):
        OnnxRiskScorer.load(folder)


def rewrite(folder: Path, **changes: object) -> None:
    """Other fields in the manifest; None takes one out."""
    path = folder / MANIFEST_FILE
    fields = json.loads(path.read_text()) | changes
    path.write_text(json.dumps({name: v for name, v in fields.items() if v is not None}))


def test_a_manifest_must_say_how_the_model_reads_posts(folder: Path) -> None:
    rewrite(folder, text_form=None)

    with pytest.raises(ModelError, match="text_form"):
        OnnxRiskScorer.load(folder)


def test_a_model_reads_posts_in_the_form_that_its_manifest_names(
    scorer: OnnxRiskScorer, folder: Path
) -> None:
    rewrite(folder, text_form="verbatim")
    verbatim = OnnxRiskScorer.load(folder)
    written, said = "So 🔥", "So  fire "

    assert score(scorer, written).heads == score(scorer, said).heads
    assert score(verbatim, written).heads != score(verbatim, said).heads
    assert score(verbatim, said).heads == score(scorer, said).heads


def test_a_manifest_with_other_columns_than_the_model_is_refused(folder: Path) -> None:
    rewrite(folder, groups=[])

    with pytest.raises(ModelError, match=r"gives 82 heads, intents and groups, .* names 45"):
        OnnxRiskScorer.load(folder)


def test_a_tokenizer_of_another_model_is_found_when_the_model_runs(folder: Path) -> None:
    path = folder / TOKENIZER_FILE
    content = json.loads(path.read_text())
    content["model"]["vocab"]["bakery"] = 10**6
    path.write_text(json.dumps(content))
    rewrite(folder, files={name: sha256_of(folder / name) for name in (MODEL_FILE, TOKENIZER_FILE)})

    with pytest.raises(ModelError, match="risk: cannot be run"):
        OnnxRiskScorer.load(folder).score([HARMLESS])


def test_what_is_known_of_the_model_is_what_its_manifest_says(
    scorer: OnnxRiskScorer, shipped: Path
) -> None:
    info = scorer.info

    assert set(info.heads) == set(score(scorer, "").heads)
    assert info.files[MODEL_FILE] == (shipped / MODEL_FILE).stat().st_size
    assert info.window == 128
    assert "HatemojiBuild (CC BY 4.0)" in info.data

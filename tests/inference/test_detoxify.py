"""The real `detoxify` package on a tiny checkpoint of its own format, offline."""

from pathlib import Path

import pytest

from postlint.errors import ModelError
from postlint.inference.detoxify import MODEL_NAMES, REVIEW_THRESHOLD, DetoxifyScorer
from postlint.inference.loader import load_scorer

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")
pytest.importorskip("detoxify")

from tests.inference.checkpoints import IDENTITIES, ORIGINAL, UNBIASED, write_checkpoint  # noqa: E402

CLASSES = ("toxic", "severe_toxic", "obscene", "threat", "insult", "identity_hate")
HEADS = {"toxicity", "severe_toxicity", "obscene", "threat", "insult", "identity_attack"}
VOCABULARY = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "you", "are", "kind", "idiot", ".")
POSITIONS = 64


def tiny_network(folder: Path) -> "transformers.BertForSequenceClassification":
    """A network whose toxicity rises with the share of "idiot", by hand-set weights."""
    config = transformers.BertConfig(
        vocab_size=len(VOCABULARY),
        hidden_size=8,
        num_hidden_layers=1,
        num_attention_heads=1,
        intermediate_size=8,
        max_position_embeddings=POSITIONS,
        num_labels=len(CLASSES),
    )
    torch.manual_seed(0)
    network = transformers.BertForSequenceClassification(config)
    config.save_pretrained(folder)
    (folder / "vocab.txt").write_text("\n".join(VOCABULARY) + "\n")
    with torch.no_grad():
        embeddings = network.bert.embeddings
        embeddings.word_embeddings.weight.zero_()
        embeddings.position_embeddings.weight.zero_()
        embeddings.token_type_embeddings.weight.zero_()
        embeddings.word_embeddings.weight[VOCABULARY.index("idiot"), 0] = 10.0
        layer = network.bert.encoder.layer[0]
        for part in (layer.attention.self.value, layer.attention.output.dense):
            part.weight.copy_(torch.eye(8))
            part.bias.zero_()
        layer.output.dense.weight.zero_()
        network.bert.pooler.dense.weight.copy_(torch.eye(8))
        network.bert.pooler.dense.bias.zero_()
        network.classifier.weight.zero_()
        network.classifier.weight[:, 0] = 8.0
        network.classifier.bias.fill_(-4.0)
    return network


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("detoxify")
    arch = {
        "model_type": str(folder),
        "model_name": "BertForSequenceClassification",
        "tokenizer_name": "BertTokenizer",
        "num_classes": len(CLASSES),
    }
    path = folder / "tiny.ckpt"
    content = {
        "config": {"arch": {"args": arch}, "dataset": {"args": {"classes": list(CLASSES)}}},
        "state_dict": tiny_network(folder).state_dict(),
    }
    torch.save(content, path)
    return path


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")


@pytest.fixture(scope="module")
def scorer(checkpoint: Path) -> DetoxifyScorer:
    return DetoxifyScorer.from_checkpoint(checkpoint)


def test_heads_have_detoxify_names_and_one_threshold_each(scorer: DetoxifyScorer) -> None:
    (scores,) = scorer.score(["you are kind"])

    assert set(scores.heads) == HEADS
    assert {head: t.review for head, t in scorer.info.thresholds.items()} == dict.fromkeys(
        HEADS, REVIEW_THRESHOLD
    )
    assert scores.spans == ()


def test_the_network_of_the_checkpoint_judges(scorer: DetoxifyScorer) -> None:
    insult, kind = scorer.score(["you idiot", "you are kind"])

    assert insult.heads["toxicity"] > kind.heads["toxicity"]


def test_a_long_text_is_judged_to_its_end(scorer: DetoxifyScorer) -> None:
    filler = "you are kind . " * POSITIONS

    clean, spoilt = scorer.score([filler, filler + "idiot " * 10])

    assert spoilt.heads["toxicity"] > clean.heads["toxicity"]


def test_a_batch_scores_as_each_text_alone_in_the_order_given(scorer: DetoxifyScorer) -> None:
    texts = ["you idiot idiot", "", "you are kind . " * POSITIONS, "idiot"]

    together = [scores.heads["insult"] for scores in scorer.score(texts)]
    alone = [scorer.score([text])[0].heads["insult"] for text in texts]

    assert together == pytest.approx(alone, abs=1e-5)


def test_a_checkpoint_path_is_a_model_setting(checkpoint: Path, tmp_path: Path) -> None:
    scorer = load_scorer(str(checkpoint), shipped=tmp_path)

    assert scorer is not None
    assert scorer.info.name == "detoxify:tiny.ckpt"


def test_a_file_that_is_no_checkpoint_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "broken.ckpt"
    path.write_bytes(b"no checkpoint")

    with pytest.raises(ModelError, match="Detoxify cannot load"):
        DetoxifyScorer.from_checkpoint(path)


PUBLISHED = {
    "original": ("Bert", ORIGINAL, 0),
    "unbiased": ("Roberta", UNBIASED, IDENTITIES),
    "multilingual": ("XLMRoberta", UNBIASED, IDENTITIES),
    "original-small": ("Albert", ORIGINAL, 0),
    "unbiased-small": ("Albert", UNBIASED, IDENTITIES),
}


def test_every_model_that_detoxify_publishes_has_a_name() -> None:
    from detoxify.detoxify import MODEL_URLS

    assert set(MODEL_NAMES) == set(MODEL_URLS) == set(PUBLISHED)


@pytest.mark.parametrize("name", MODEL_NAMES)
def test_a_published_model_is_downloaded_and_judges_long_texts(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from detoxify.detoxify import MODEL_URLS

    architecture, classes, identities = PUBLISHED[name]
    checkpoint = write_checkpoint(tmp_path, architecture, classes, identities=identities)
    stored = {MODEL_URLS[name]: checkpoint}
    monkeypatch.setattr(
        "torch.hub.load_state_dict_from_url",
        lambda url, **_: torch.load(stored[url], weights_only=True),
    )

    scorer = load_scorer(f"detoxify:{name}", shipped=tmp_path)
    assert scorer is not None
    short, long = scorer.score(["you idiot", "you are so kind , idiot ! " * POSITIONS])

    assert scorer.info.name == f"detoxify:{name}"
    assert (
        set(short.heads)
        == set(scorer.info.heads)
        == (HEADS if classes is ORIGINAL else {*UNBIASED})
    )
    assert short.heads != long.heads

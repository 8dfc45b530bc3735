"""Exported checkpoints of every architecture beside the real `detoxify` package, offline."""

import os
import random
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from postlint.errors import ModelError
from postlint.inference.manifest import MODEL_FILE
from postlint.inference.onnx import OnnxRiskScorer
from postlint.inference.scorer import HeadThresholds

onnx = pytest.importorskip("onnx")
torch = pytest.importorskip("torch")
pytest.importorskip("transformers")
detoxify = pytest.importorskip("detoxify")

from postlint.inference.export import export_checkpoint  # noqa: E402
from tests.inference.checkpoints import (  # noqa: E402
    ARCHITECTURES,
    IDENTITIES,
    MAX_TOKENS,
    ORIGINAL,
    UNBIASED,
    WORDS,
    write_checkpoint,
)

Scores = NDArray[np.float64]
"""A row a text, a column a head of UNBIASED."""

MOST_DIFFERENCE = 1e-3
LEAST_RANK_CORRELATION = 0.97


def ordinary_texts() -> list[str]:
    """Short texts, among them what our own model reads in another form."""
    rng = random.Random(0)
    ends = ("", "!", "?", " 🔥", " @user", "!! https://go.home/today", " ©\ufe0f Ünïcode")
    return [
        " ".join(rng.choices(WORDS, k=rng.randint(1, 14))) + rng.choice(ends) for _ in range(60)
    ]


TEXTS = ["", "   ", "You ARE so Kind", *ordinary_texts()]


@dataclass(frozen=True)
class Exported:
    """One checkpoint in its three forms."""

    detoxify: "detoxify.Detoxify"
    float32: OnnxRiskScorer
    int8: OnnxRiskScorer
    folder: Path

    def expected(self, texts: list[str]) -> Scores:
        rows = [self.detoxify.predict(text) for text in texts]
        return np.array([[row[head] for head in UNBIASED] for row in rows])


def found(scorer: OnnxRiskScorer, texts: list[str]) -> Scores:
    return np.array([[row.heads[head] for head in UNBIASED] for row in scorer.score(texts)])


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    # The variable HF_HUB_OFFLINE counts only before the first import.
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)


@pytest.fixture(scope="module", params=ARCHITECTURES)
def exported(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Exported:
    folder = tmp_path_factory.mktemp(request.param)
    checkpoint = write_checkpoint(folder, request.param, identities=IDENTITIES)
    forms = {"float32": False, "int8": True}
    for name, int8 in forms.items():
        export_checkpoint(checkpoint, folder / name, int8=int8, review=0.5)
    return Exported(
        detoxify.Detoxify(checkpoint=str(checkpoint), huggingface_config_path=str(folder)),
        *(OnnxRiskScorer.load(folder / name) for name in forms),
        folder,
    )


def rank_correlation(left: NDArray[np.float64], right: NDArray[np.float64]) -> float:
    """Spearman's, for values without ties."""
    ranks = [np.argsort(np.argsort(values)) for values in (left, right)]
    return float(np.corrcoef(ranks)[0, 1])


def test_in_float_every_text_scores_what_detoxify_gives_it(exported: Exported) -> None:
    expected = exported.expected(TEXTS)

    assert np.abs(found(exported.float32, TEXTS) - expected).max() <= MOST_DIFFERENCE
    assert expected.std(axis=0).min() > 30 * MOST_DIFFERENCE, "texts must differ in what they score"


def test_a_text_that_just_fits_is_one_pass_as_in_detoxify(exported: Exported) -> None:
    text = "you idiot " * MAX_TOKENS
    words = text.split()
    while len(exported.detoxify.tokenizer(text)["input_ids"]) > MAX_TOKENS:
        words.pop()
        text = " ".join(words)

    assert len(exported.detoxify.tokenizer(text)["input_ids"]) >= MAX_TOKENS - 1
    difference = np.abs(found(exported.float32, [text]) - exported.expected([text]))
    assert difference.max() <= MOST_DIFFERENCE


def test_in_int8_the_texts_keep_their_order_by_each_head(exported: Exported) -> None:
    texts = ordinary_texts()
    expected, scores = exported.expected(texts), found(exported.int8, texts)

    correlations = [rank_correlation(*pair) for pair in zip(expected.T, scores.T, strict=True)]

    assert min(correlations) >= LEAST_RANK_CORRELATION


def test_int8_rounds_the_encoder_and_not_the_layers_that_judge(exported: Exported) -> None:
    graph = onnx.load(exported.folder / "int8" / MODEL_FILE).graph

    kinds = [node.op_type for node in graph.node]
    floats = {
        tensor.name
        for tensor in graph.initializer
        if tensor.data_type == onnx.TensorProto.FLOAT and len(tensor.dims) == 2
    }

    assert kinds.count("MatMulInteger") >= 12
    assert floats == {name for name in floats if "classifier" in name or "pooler" in name}
    assert len(floats) == 2


def test_a_long_text_is_read_to_its_end_where_detoxify_cuts_it(exported: Exported) -> None:
    long = "our shop opens at eight . " * 20 + "women are stupid idiot ! hate " * 20

    cut, whole = exported.expected([long]), found(exported.float32, [long])

    assert (whole >= cut - MOST_DIFFERENCE).all()
    assert (whole > cut + 10 * MOST_DIFFERENCE).any()


def test_an_exported_model_knows_heads_only(exported: Exported) -> None:
    (scores,) = exported.int8.score(["you idiot"])

    assert tuple(scores.heads) == UNBIASED
    assert (scores.intents, scores.groups, scores.spans) == ({}, {}, ())
    assert exported.int8.info.thresholds == dict.fromkeys(UNBIASED, HeadThresholds(0.5))


def test_the_version_names_checkpoint_and_precision(exported: Exported) -> None:
    float32, int8 = exported.float32.info, exported.int8.info

    assert float32.name == int8.name == f"detoxify:{next(exported.folder.glob('*.ckpt')).name}"
    assert float32.version.partition("-")[0] == int8.version.partition("-")[0]
    assert float32.version.endswith("-float32")
    assert int8.version.endswith("-int8")


def test_old_class_names_become_the_names_of_our_heads(tmp_path: Path) -> None:
    checkpoint = write_checkpoint(tmp_path, "Bert", ORIGINAL)

    manifest = export_checkpoint(checkpoint, tmp_path / "out", int8=False, review=0.7)

    assert manifest.heads == tuple(
        detoxify.Detoxify(
            checkpoint=str(checkpoint), huggingface_config_path=str(tmp_path)
        ).class_names
    )
    assert {entry.review for entry in manifest.thresholds.values()} == {0.7}


def test_files_beside_the_checkpoint_spare_the_download(tmp_path: Path) -> None:
    checkpoint = write_checkpoint(tmp_path, "Bert", model_type="bert-base-uncased")

    export_checkpoint(checkpoint, tmp_path / "out", int8=False, review=0.5)

    assert OnnxRiskScorer.load(tmp_path / "out").info.window == MAX_TOKENS


def test_without_files_and_without_network_the_export_says_what_it_could_not_load(
    tmp_path: Path,
) -> None:
    checkpoint = write_checkpoint(tmp_path, "Bert", model_type="nobody/nothing")
    (tmp_path / "config.json").unlink()

    with pytest.raises(ModelError, match=r"bert\.ckpt: cannot be loaded with what nobody/nothing"):
        export_checkpoint(checkpoint, tmp_path / "out", int8=True, review=0.5)


class Trap:
    """Makes a folder where it is unpickled."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(self.folder),)


def spoil(checkpoint: Path, **changes: object) -> None:
    content = torch.load(checkpoint, weights_only=True)
    torch.save({**content, **changes}, checkpoint)


def test_code_in_a_checkpoint_runs_only_when_that_is_asked_for(tmp_path: Path) -> None:
    checkpoint, sprung = write_checkpoint(tmp_path, "Bert"), tmp_path / "sprung"
    spoil(checkpoint, extra=Trap(sprung))

    with pytest.raises(ModelError, match="--unpickle"):
        export_checkpoint(checkpoint, tmp_path / "out", int8=False, review=0.5)
    assert not sprung.exists()

    export_checkpoint(checkpoint, tmp_path / "out", int8=False, review=0.5, unpickle=True)
    assert sprung.exists()


def changed(checkpoint: Path, section: str, **changes: object) -> dict[str, object]:
    """The checkpoint's configuration with other arguments in one section."""
    config = torch.load(checkpoint, weights_only=True)["config"]
    config[section]["args"] |= changes
    return config


@pytest.mark.parametrize(
    ("section", "changes", "problem"),
    [
        ("arch", {"model_name": "GPT2Model"}, r"config\.arch\.args\.model_name: Input should be"),
        ("arch", {"num_classes": "many"}, r"config\.arch\.args\.num_classes: Input should be"),
        ("dataset", {"classes": []}, r"config\.dataset\.args\.classes: Tuple should have"),
        ("dataset", {"classes": list("abcdefgh")}, "names 8 classes of 7 outputs"),
    ],
)
def test_a_configuration_that_cannot_be_is_named(
    tmp_path: Path, section: str, changes: dict[str, object], problem: str
) -> None:
    checkpoint = write_checkpoint(tmp_path, "Bert")
    spoil(checkpoint, config=changed(checkpoint, section, **changes))

    with pytest.raises(ModelError, match=rf"is no Detoxify checkpoint: .*{problem}"):
        export_checkpoint(checkpoint, tmp_path / "out", int8=False, review=0.5)


def test_a_checkpoint_with_holes_is_refused(tmp_path: Path) -> None:
    checkpoint = write_checkpoint(tmp_path, "Bert")
    weights = torch.load(checkpoint, weights_only=True)["state_dict"]
    del weights["classifier.weight"]
    spoil(checkpoint, state_dict=weights)

    with pytest.raises(ModelError, match=r"1 weights are missing, among them classifier\.weight"):
        export_checkpoint(checkpoint, tmp_path / "out", int8=False, review=0.5)


def test_a_file_that_is_no_checkpoint_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "broken.ckpt"
    path.write_bytes(b"no checkpoint")

    with pytest.raises(ModelError, match=r"broken\.ckpt: is no checkpoint"):
        export_checkpoint(path, tmp_path / "out", int8=False, review=0.5)
    with pytest.raises(ModelError, match=r"gone\.ckpt: no such checkpoint"):
        export_checkpoint(tmp_path / "gone.ckpt", tmp_path / "out", int8=False, review=0.5)


def test_a_folder_with_a_model_is_not_written_over(shipped: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="has a model already"):
        export_checkpoint(tmp_path / "any.ckpt", shipped, int8=True, review=0.5)

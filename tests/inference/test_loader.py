from pathlib import Path

import pytest

from postlint.errors import ModelError
from postlint.inference.loader import load_scorer


def test_none_means_no_model(shipped: Path) -> None:
    assert load_scorer("none", shipped=shipped) is None


def test_risk_is_the_shipped_model(shipped: Path) -> None:
    scorer = load_scorer("risk", shipped=shipped)

    assert scorer is not None
    assert scorer.info.name == "risk"


def test_a_path_to_a_model_folder_loads_that_model(shipped: Path, tmp_path: Path) -> None:
    scorer = load_scorer(str(shipped), shipped=tmp_path)

    assert scorer is not None
    assert scorer.info.name == "risk"


@pytest.mark.parametrize("spec", ["", "bert", "/nowhere/at/all", "detoxify"])
def test_an_unknown_model_is_answered_with_what_is_possible(spec: str, shipped: Path) -> None:
    with pytest.raises(ModelError, match=r"give risk, none, detoxify:original"):
        load_scorer(spec, shipped=shipped)


def test_a_missing_shipped_model_is_an_error_and_not_silence(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no model 'risk'"):
        load_scorer("risk", shipped=tmp_path)


def test_an_unknown_detoxify_model_is_answered_with_the_known_ones(shipped: Path) -> None:
    with pytest.raises(ModelError, match="known: original, unbiased, multilingual, original-small"):
        load_scorer("detoxify:huge", shipped=shipped)


def test_a_checkpoint_that_is_not_there_is_named(shipped: Path) -> None:
    with pytest.raises(ModelError, match=r"gone\.ckpt: no such checkpoint"):
        load_scorer("/tmp/gone.ckpt", shipped=shipped)

"""The shipped model, loaded once for all tests of this folder."""

from pathlib import Path

import pytest

from postlint.inference.onnx import OnnxRiskScorer

SHIPPED = Path(__file__).parents[2] / "models" / "risk"


@pytest.fixture(scope="session")
def shipped() -> Path:
    return SHIPPED


@pytest.fixture(scope="session")
def scorer(shipped: Path) -> OnnxRiskScorer:
    return OnnxRiskScorer.load(shipped)

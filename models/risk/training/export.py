"""The trained network as an int8 ONNX file, small and fast on any x86-64."""

import tempfile
from pathlib import Path

import torch
from inference_graph import InferenceGraph
from network import MAX_TOKENS, RiskNetwork

from postlint.inference.quantise import fuse, quantise, trace

_ENCODER_WEIGHTS = ("network.encoder.", "attention.")


def export(network: RiskNetwork, path: Path) -> None:
    """Write the fused, quantised model.

    Input: input_ids [1, T], one text. Outputs, all probabilities: heads [1, layout
    width] and tokens [1, T].
    """
    network.eval()
    with tempfile.TemporaryDirectory() as folder:
        plain, fused = Path(folder) / "plain.onnx", Path(folder) / "fused.onnx"
        export_float(network, plain)
        fuse(plain, fused)
        quantise(fused, path, encoder=_ENCODER_WEIGHTS)


def export_float(network: RiskNetwork, path: Path) -> None:
    """The same before it is fused and quantised, to compare with."""
    example = torch.randint(1000, 2000, (1, MAX_TOKENS // 4))
    graph = InferenceGraph(network, MAX_TOKENS)
    trace(graph, example, path, per_text=("heads",), per_token=("tokens",))

"""From a network in PyTorch to a small ONNX file: traced, fused, quantised to int8.

Importing this needs onnx and torch, which come with the extra `detoxify`.
"""

import logging
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import onnx
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

OPSET = 17


def trace(
    graph: torch.nn.Module,
    example: torch.Tensor,
    path: Path,
    *,
    per_text: Sequence[str],
    per_token: Sequence[str] = (),
) -> None:
    """Write a network in float32.

    graph: takes ids [1, T] and gives the outputs named in per_text, [1, any], then those
    named in per_token, [1, T]. example: ids of some text. The input is "input_ids".
    """
    lengths = {name: {1: "tokens"} for name in ("input_ids", *per_token)}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            graph.eval(),
            (example,),
            str(path),
            input_names=["input_ids"],
            output_names=[*per_text, *per_token],
            dynamic_axes=lengths,
            opset_version=OPSET,
            dynamo=False,
        )


def fuse(source: Path, target: Path) -> None:
    """Let the runtime merge what it can, before quantisation hides it."""
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.optimized_model_filepath = str(target)
    onnxruntime.InferenceSession(str(source), options, providers=["CPUExecutionProvider"])


def quantise(source: Path, target: Path, *, encoder: tuple[str, ...] = ()) -> None:
    """Weights to eight bits, activations when they are known; what judges stays in float32.

    encoder: how the names of an encoder's weights begin. Layers on matrices whose weights
    have other names are the heads: tiny, and what their rounding does reaches the scores.
    """
    model = onnx.load(source)
    with _without_advice():
        quantize_dynamic(
            model,
            target,
            per_channel=True,
            # Seven bits: processors without VNNI add two eight-bit products in 16 bits and
            # saturate.
            reduce_range=True,
            weight_type=QuantType.QInt8,
            nodes_to_exclude=_heads(model, encoder),
            # Shape inference does not know the fused operators.
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
        )


def _heads(model: onnx.ModelProto, encoder: tuple[str, ...]) -> list[str]:
    names = [
        node.name
        for node in model.graph.node
        if node.op_type == "Gemm" and not node.input[1].startswith(encoder)
    ]
    # The quantiser renames a Gemm before it looks at this list.
    return [*names, *(f"{name}_MatMul" for name in names)]


@contextmanager
def _without_advice() -> Iterator[None]:
    """The quantiser tells the root logger to do what `fuse` did, and of types it cannot infer."""
    root = logging.getLogger()
    root.addFilter(_nothing)
    try:
        yield
    finally:
        root.removeFilter(_nothing)


def _nothing(record: logging.LogRecord) -> bool:
    return False

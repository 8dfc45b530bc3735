"""The trained network as an int8 ONNX file, small and fast on any x86-64."""

import tempfile
import warnings
from pathlib import Path

import onnx
import onnxruntime
import torch
from inference_graph import InferenceGraph
from network import MAX_TOKENS, RiskNetwork
from onnxruntime.quantization import QuantType, quantize_dynamic

OPSET = 17
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
        _fuse(plain, fused)
        _quantise(fused, path)


def export_float(network: RiskNetwork, path: Path) -> None:
    """The same before it is fused and quantised, to compare with."""
    ids = torch.randint(1000, 2000, (1, MAX_TOKENS // 4))
    axes = {1: "tokens"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            InferenceGraph(network, MAX_TOKENS).eval(),
            (ids,),
            str(path),
            input_names=["input_ids"],
            output_names=["heads", "tokens"],
            dynamic_axes={"input_ids": axes, "tokens": axes},
            opset_version=OPSET,
            dynamo=False,
        )


def _fuse(source: Path, target: Path) -> None:
    """Let the runtime merge what it can, before quantisation hides it."""
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.optimized_model_filepath = str(target)
    onnxruntime.InferenceSession(str(source), options, providers=["CPUExecutionProvider"])


def _quantise(source: Path, target: Path) -> None:
    model = onnx.load(source)
    quantize_dynamic(
        model,
        target,
        per_channel=True,
        # Seven bits: processors without VNNI add two eight-bit products in 16 bits and saturate.
        reduce_range=True,
        weight_type=QuantType.QInt8,
        nodes_to_exclude=_heads(model),
        # Shape inference does not know the fused operators.
        extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
    )


def _heads(model: onnx.ModelProto) -> list[str]:
    """Names of the layers above the encoder, tiny and best kept in floating point."""
    names = [
        node.name
        for node in model.graph.node
        if node.op_type == "Gemm" and not node.input[1].startswith(_ENCODER_WEIGHTS)
    ]
    # The quantiser renames a Gemm before it looks at this list.
    return [*names, *(f"{name}_MatMul" for name in names)]

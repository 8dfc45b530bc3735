"""The trained network as an int8 ONNX file, small and fast on any x86-64."""

import tempfile
import warnings
from pathlib import Path

import onnx
import torch
from network import MAX_TOKENS, RiskNetwork
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers.fusion_options import FusionOptions
from onnxruntime.transformers.optimizer import optimize_model
from torch import nn

OPSET = 17


class _Probabilities(nn.Module):
    def __init__(self, network: RiskNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, input_ids: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        heads, tokens = self.network(input_ids)
        return heads.sigmoid(), tokens.sigmoid()


def export(network: RiskNetwork, path: Path) -> None:
    """Write the fused, quantised model.

    Input: input_ids [B, T], texts of one length, so that it needs no mask. Outputs,
    all probabilities: heads [B, layout width] and tokens [B, T].
    """
    network.eval()
    with tempfile.TemporaryDirectory() as folder:
        plain, fused = Path(folder) / "plain.onnx", Path(folder) / "fused.onnx"
        _export_float(network, plain)
        _fuse(network, plain, fused)
        _quantise(fused, path)


def _export_float(network: RiskNetwork, path: Path) -> None:
    ids = torch.randint(1000, 2000, (2, MAX_TOKENS // 4))
    axes = {0: "batch", 1: "tokens"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            _Probabilities(network).eval(),
            (ids,),
            str(path),
            input_names=["input_ids"],
            output_names=["heads", "tokens"],
            dynamic_axes={"input_ids": axes, "heads": {0: "batch"}, "tokens": axes},
            opset_version=OPSET,
            dynamo=False,
        )


def _fuse(network: RiskNetwork, source: Path, target: Path) -> None:
    config = network.encoder.config
    options = FusionOptions("bert")
    # The fused embedding layer cannot be quantised, and holds half of the weights.
    options.enable_embed_layer_norm = False
    model = optimize_model(
        str(source),
        model_type="bert",
        num_heads=config.num_attention_heads,
        hidden_size=config.hidden_size,
        optimization_options=options,
    )
    model.save_model_to_file(str(target))


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
        if node.op_type in ("Gemm", "MatMul") and "/encoder/" not in node.name
    ]
    # The quantiser renames a Gemm before it looks at this list.
    return [*names, *(f"{name}_MatMul" for name in names)]

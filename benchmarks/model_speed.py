"""One forward pass on one thread: the shipped model beside Detoxify's original architecture.

    python benchmarks/model_speed.py [--exact FOLDER]

--exact names a folder with the same model before it was quantised. Weights of the other
architecture are random: speed does not depend on them. All take turns, so that the ratios
hold when the machine's speed drifts.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import torch
from transformers import BertConfig, BertForSequenceClassification

from postlint.inference.onnx import OnnxRiskScorer
from postlint.resources import model_folder

WORDS = "our new summer menu starts on friday with bread and cake for the kind people of town"
TOKENS = 55
ROUNDS = 15
PASSES = 10


def post(tokens: int) -> str:
    """A text of so many tokens, the two special ones included."""
    words = (WORDS.split() * tokens)[: tokens - 2]
    return " ".join(words)


def bert() -> Callable[[], object]:
    model = BertForSequenceClassification(BertConfig(num_labels=6)).eval()
    ids = torch.randint(1000, 2000, (1, TOKENS))

    def forward() -> object:
        with torch.inference_mode():
            return model(ids)

    return forward


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--exact", type=Path, help="the model before it was quantised")
    exact = parser.parse_args().exact
    torch.set_num_threads(1)
    text = post(TOKENS)
    shipped = OnnxRiskScorer.load(model_folder())
    passes: dict[str, Callable[[], object]] = {
        "postlint, int8": lambda: shipped.score([text]),
        "Detoxify original": bert(),
    }
    if exact is not None:
        reference = OnnxRiskScorer.load(exact)
        passes["postlint, float32"] = lambda: reference.score([text])
    times: dict[str, list[float]] = {name: [] for name in passes}
    for _ in range(ROUNDS):
        for name, run in passes.items():
            run()
            start = time.perf_counter()
            for _ in range(PASSES):
                run()
            times[name].append((time.perf_counter() - start) / PASSES * 1000)
    ours = times["postlint, int8"]
    for name, measured in times.items():
        ratio = statistics.median(t / o for t, o in zip(measured, ours, strict=True))
        print(f"{name:20} {statistics.median(measured):7.1f} ms, {ratio:4.1f} times the int8 model")


if __name__ == "__main__":
    main()

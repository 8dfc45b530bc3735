"""Train the risk model, export it, measure it, and write its card.

    python models/risk/training/train.py --data DIR

First the public sets teach toxicity, then the drafts teach risk in two stages, with a part
of the public sets among them so that nothing is forgotten. CPU only, seeded.
"""

import argparse
import logging
import random
import shutil
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from augment import augmented
from calibrate import calibrate
from data import PublicData, Row, without_risk
from drafts import CHOOSING, BrandDraft, by_writers, learnt, read_drafts
from encoding import UNKNOWN, Batch, RowEncoder, iterate
from evaluate import publish, write_manifest
from export import export, export_float
from labels import LAYOUT, RISK_HEAD, TOPIC_HEADS
from network import BASE_FOLDER, RiskNetwork, base_tokenizer
from token_head import refit_token_head
from torch import nn

from postlint.inference.manifest import MODEL_FILE, TOKENIZER_FILE

log = logging.getLogger("train")

SEED = 7


@dataclass(frozen=True, slots=True)
class Stage:
    """epochs; how often each draft, which share of the public rows, and how much more of
    them in augmented form an epoch reads. Without drafts nothing is learnt of risk.
    """

    name: str
    epochs: int
    draft_repeats: int
    public_share: float
    augmented_share: float
    encoder_rate: float


GENERAL = Stage("general", 4, 0, public_share=1.0, augmented_share=0.06, encoder_rate=1e-4)
BRAND = Stage("brand", 2, 2, public_share=0.3, augmented_share=0.04, encoder_rate=6e-5)
POLISH = Stage("polish", 1, 2, public_share=0.2, augmented_share=0.04, encoder_rate=5e-5)
HEAD_RATE = 1e-3
# Few drafts are learnt by heart soon; smooth labels keep the scores away from 0 and 1.
SMOOTHING = 0.03
WARM_UP = 0.06
COMMON_TOPIC = 0.08
HIGHEST_WEIGHT = 4.0


def loss_of(network: RiskNetwork, batch: Batch, weights: torch.Tensor) -> torch.Tensor:
    """Cross-entropy over what is known, each kind of head averaged by itself.

    weights: what a positive label counts, for every output of the layout.
    """
    logits, token_logits = network(batch.ids, batch.mask)
    first_risk = LAYOUT.heads.index(RISK_HEAD)
    after_heads, after_intents = len(LAYOUT.heads), len(LAYOUT.heads) + len(LAYOUT.intents)
    total = _known_loss(token_logits, batch.token_labels, torch.ones(()))
    # Of many names few apply to a text: without a weight their mean would teach next to nothing.
    for weight, low, high in (
        (1.0, 0, first_risk),
        (1.0, first_risk, first_risk + 1),
        (6.0, first_risk + 1, after_heads),
        (2.5, after_heads, after_intents),
        (3.0, after_intents, LAYOUT.width),
    ):
        part = slice(low, high)
        total = total + weight * _known_loss(logits[:, part], batch.labels[:, part], weights[part])
    return total


def _known_loss(logits: torch.Tensor, labels: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
    known = labels != UNKNOWN
    if not known.any():
        return logits.new_zeros(())
    soft = labels * (1 - 2 * SMOOTHING) + SMOOTHING
    losses = nn.functional.binary_cross_entropy_with_logits(
        logits, soft, reduction="none", pos_weight=weights
    )
    return losses[known].mean()


def positive_weights(drafts: Sequence[Row]) -> torch.Tensor:
    """Weights of positive labels by output: more for topics that few drafts have.

    The square root of how much rarer than `COMMON_TOPIC` a topic is, at most
    `HIGHEST_WEIGHT`: with none a rare head never rises, with all of it, it cries wolf.
    """
    weights = torch.ones(LAYOUT.width)
    for name in TOPIC_HEADS:
        rate = sum(row.heads[name] for row in drafts) / len(drafts) if drafts else COMMON_TOPIC
        weight = (COMMON_TOPIC / max(rate, 1e-6)) ** 0.5
        weights[LAYOUT.heads.index(name)] = min(max(weight, 1.0), HIGHEST_WEIGHT)
    return weights


def run_stage(
    network: RiskNetwork,
    stage: Stage,
    public: PublicData,
    drafts: Sequence[Row],
    encoder: RowEncoder,
) -> None:
    """Train in place; seeded anew, so that a stage is the same from a checkpoint."""
    torch.manual_seed(SEED)
    rng = random.Random(SEED)
    epochs = [_epoch(stage, public, drafts, rng) for _ in range(stage.epochs)]
    steps_of = [list(iterate([encoder.example(row) for row in rows], rng)) for rows in epochs]
    steps = sum(map(len, steps_of))
    weights = positive_weights(drafts)
    optimizer = _optimizer(network, stage.encoder_rate)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step / steps))
    network.train()
    started, mean_loss = time.monotonic(), 0.0
    for step, batch in enumerate((batch for epoch in steps_of for batch in epoch), start=1):
        loss = loss_of(network, batch, weights)
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        mean_loss += 0.02 * (loss.item() - mean_loss)
        if step % 50 == 0 or step == steps:
            spent = time.monotonic() - started
            log.info("%s %d/%d loss %.3f, %.0f s", stage.name, step, steps, mean_loss, spent)


def _epoch(
    stage: Stage, public: PublicData, drafts: Sequence[Row], rng: random.Random
) -> list[Row]:
    rows = [*public.sample(rng, stage.public_share), *list(drafts) * stage.draft_repeats]
    rows += augmented(rows, rng, stage.augmented_share)
    return rows if stage.draft_repeats else [without_risk(row) for row in rows]


def _optimizer(network: RiskNetwork, encoder_rate: float) -> torch.optim.Optimizer:
    encoder = list(network.encoder.parameters())
    known = {id(parameter) for parameter in encoder}
    heads: Iterable[nn.Parameter] = (p for p in network.parameters() if id(p) not in known)
    groups = [{"params": encoder, "lr": encoder_rate}, {"params": list(heads), "lr": HEAD_RATE}]
    return torch.optim.AdamW(groups, weight_decay=0.01, fused=True)


def _rate(progress: float) -> float:
    return min(progress / WARM_UP, (1 - progress) / (1 - WARM_UP)) if progress < 1 else 0.0


def train(data: Path, general: Path | None) -> RiskNetwork:
    """All stages; `general` is a checkpoint of the first, written when it is missing."""
    torch.manual_seed(SEED)
    public, drafts = PublicData(data), read_drafts()
    encoder = RowEncoder(base_tokenizer())
    network = RiskNetwork()
    if general is not None and general.exists():
        network.load_state_dict(torch.load(general, weights_only=True))
    else:
        run_stage(network, GENERAL, public, [], encoder)
        if general is not None:
            torch.save(network.state_dict(), general)
    rows = [draft.row for draft in learnt(drafts)]
    for stage in (BRAND, POLISH):
        run_stage(network, stage, public, rows, encoder)
    finish(network, public, drafts, encoder)
    return network


def finish(
    network: RiskNetwork, public: PublicData, drafts: Sequence[BrandDraft], encoder: RowEncoder
) -> None:
    """What is fitted on the finished encoder: the layer for toxic words, and calibration."""
    harmless = [draft.row for draft in learnt(drafts) if draft.harmless]
    refit_token_head(network, public.marked(), harmless, encoder, random.Random(SEED))
    calibrate(network, by_writers(drafts, CHOOSING), encoder)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets")
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1])
    parser.add_argument("--general", type=Path, help="checkpoint of the first stage, kept here")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    network = train(arguments.data, arguments.general)
    arguments.out.mkdir(parents=True, exist_ok=True)
    tokenizer = BASE_FOLDER / TOKENIZER_FILE
    with tempfile.TemporaryDirectory() as folder:
        exact = Path(folder)
        export_float(network, exact / MODEL_FILE)
        export(network, arguments.out / MODEL_FILE)
        for place in (exact, arguments.out):
            shutil.copyfile(tokenizer, place / TOKENIZER_FILE)
        write_manifest(exact, SEED)
        publish(arguments.data, arguments.out, SEED, exact)


if __name__ == "__main__":
    main()

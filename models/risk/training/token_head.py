"""The last layer for toxic words, fitted anew on the finished encoder.

The set with marked words holds toxic comments only, so a layer learnt from it alone finds
toxic words everywhere. Here harmless drafts stand beside them, and nothing else moves.
"""

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace

import torch
from data import Row
from encoding import UNKNOWN, RowEncoder, iterate
from network import RiskNetwork
from torch import nn

STEPS = 60
WEIGHT_DECAY = 1e-4


def refit_token_head(
    network: RiskNetwork,
    marked: Sequence[Row],
    harmless: Iterable[Row],
    encoder: RowEncoder,
    rng: random.Random,
) -> None:
    """Fit the token layer in place.

    marked: rows with toxic characters; harmless: rows without any, whatever they say of it.
    """
    rows = [*marked, *(replace(row, toxic=frozenset()) for row in harmless)]
    network.eval()
    hidden, labels = _known_tokens(network, rows, encoder, rng)
    layer = network.tokens
    optimizer = torch.optim.LBFGS(layer.parameters(), max_iter=STEPS, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        value = nn.functional.binary_cross_entropy_with_logits(layer(hidden).squeeze(-1), labels)
        value = value + WEIGHT_DECAY * layer.weight.square().sum()
        value.backward()
        return value

    optimizer.step(loss)


@torch.no_grad()
def _known_tokens(
    network: RiskNetwork, rows: Sequence[Row], encoder: RowEncoder, rng: random.Random
) -> tuple[torch.Tensor, torch.Tensor]:
    """Hidden states [N, width] and labels [N] of all tokens with a label."""
    hidden, labels = [], []
    for batch in iterate([encoder.example(row) for row in rows], rng):
        states = network.encoder(input_ids=batch.ids, attention_mask=batch.mask)[0]
        known = batch.token_labels != UNKNOWN
        hidden.append(states[known])
        labels.append(batch.token_labels[known])
    return torch.cat(hidden), torch.cat(labels)

"""Make the scores of risk and topics probabilities: what scores 0.8 is right four times of five.

Platt scaling a head on the held-out drafts, folded into the last layer, so that nothing
is computed when the model runs. Order and ranking of texts do not change.
"""

from collections.abc import Sequence

import torch
from drafts import BrandDraft
from encoding import RowEncoder, tensors
from labels import LAYOUT, RISK_HEAD
from network import RiskNetwork
from torch import nn

# A line through fewer positives would be drawn by chance.
MINIMUM = 20
STEPS = 100


@torch.no_grad()
def _logits(
    network: RiskNetwork, drafts: Sequence[BrandDraft], encoder: RowEncoder
) -> torch.Tensor:
    """Logits of all heads [N, heads]."""
    rows = []
    for draft in drafts:
        batch = tensors([encoder.example(draft.row)])
        rows.append(network(batch.ids, batch.mask)[0][0, : len(LAYOUT.heads)])
    return torch.stack(rows)


def calibrate(network: RiskNetwork, drafts: Sequence[BrandDraft], encoder: RowEncoder) -> None:
    """Scale and shift the heads of risk and topics in place, by drafts that were not learnt."""
    network.eval()
    logits = _logits(network, drafts, encoder)
    first = LAYOUT.heads.index(RISK_HEAD)
    for place, head in enumerate(LAYOUT.heads[first:]):
        truth = torch.tensor([draft.row.heads[head] for draft in drafts])
        if truth.sum() < MINIMUM:
            continue
        scale, shift = _platt(logits[:, first + place], truth)
        with torch.no_grad():
            network.risk.weight[place] *= scale
            network.risk.bias[place] = network.risk.bias[place] * scale + shift


def _platt(logits: torch.Tensor, truth: torch.Tensor) -> tuple[float, float]:
    """Scale and shift of the logits with the least cross-entropy; the scale stays above zero."""
    log_scale, shift = torch.zeros((), requires_grad=True), torch.zeros((), requires_grad=True)
    optimizer = torch.optim.LBFGS([log_scale, shift], max_iter=STEPS)

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        value = nn.functional.binary_cross_entropy_with_logits(
            logits * log_scale.exp() + shift, truth
        )
        value.backward()
        return value

    optimizer.step(loss)
    return float(log_scale.detach().exp()), float(shift.detach())

"""The network, and what is made of it after training, with small random weights."""

import random

import pytest
import torch
from calibrate import MINIMUM, calibrate
from data import Row
from drafts import BrandDraft
from encoding import RowEncoder
from inference_graph import InferenceGraph
from labels import GROUPS, INTENTS, LAYOUT, RISK_HEAD, TOPIC_HEADS, marked
from network import MAX_TOKENS, RiskNetwork, base_tokenizer
from token_head import refit_token_head


@pytest.fixture
def network() -> RiskNetwork:
    """The real encoder under heads that are random and large enough to differ."""
    torch.manual_seed(1)
    network = RiskNetwork().eval()
    for layer in (network.toxicity, network.risk, network.groups, network.tokens):
        torch.nn.init.normal_(layer.weight, std=0.5)
    return network


def draft(text: str, harmless: bool) -> BrandDraft:
    heads = marked((), TOPIC_HEADS) | {RISK_HEAD: float(not harmless)}
    row = Row(text, "drafts", heads, marked((), INTENTS), marked((), GROUPS))
    return BrandDraft(text, "w0", harmless, (), (), row)


def test_the_graph_that_runs_computes_what_the_network_learnt(network: RiskNetwork) -> None:
    graph = InferenceGraph(network, MAX_TOKENS).eval()
    with torch.inference_mode():
        for length in (1, 2, 17, MAX_TOKENS):
            ids = torch.randint(1000, 20000, (1, length))
            heads, tokens = graph(ids)
            logits, token_logits = network(ids)
            torch.testing.assert_close(heads, logits.sigmoid(), atol=1e-5, rtol=1e-4)
            torch.testing.assert_close(tokens, token_logits.sigmoid(), atol=1e-5, rtol=1e-4)


def test_padding_does_not_change_a_text(network: RiskNetwork) -> None:
    ids = torch.randint(1000, 20000, (1, 9))
    padded = torch.cat([ids, torch.zeros(1, 4, dtype=torch.long)], dim=1)
    mask = torch.tensor([[1] * 9 + [0] * 4])
    with torch.inference_mode():
        alone, _ = network(ids, torch.ones_like(ids))
        beside, _ = network(padded, mask)
    torch.testing.assert_close(alone, beside, atol=1e-4, rtol=1e-4)


def test_calibration_makes_scores_frequencies_and_leaves_rare_heads_alone(
    network: RiskNetwork,
) -> None:
    rng = random.Random(5)
    words = ["sale", "storm", "kind", "bread", "sorry", "joke", "bus", "tea", "rain", "goal"]
    drafts = [draft(" ".join(rng.choices(words, k=6)), rng.random() < 0.7) for _ in range(120)]
    assert sum(not one.harmless for one in drafts) >= MINIMUM
    before = network.risk.weight.detach().clone()
    encoder = RowEncoder(base_tokenizer())
    calibrate(network, drafts, encoder)
    changed = (network.risk.weight != before).any(dim=1).tolist()
    assert changed[0]
    assert not any(changed[1:])
    place = LAYOUT.heads.index(RISK_HEAD)
    with torch.inference_mode():
        scores = [
            float(network(torch.tensor([encoder.example(one.row).ids]))[0][0, place].sigmoid())
            for one in drafts
        ]
    share = sum(not one.harmless for one in drafts) / len(drafts)
    assert sum(scores) / len(scores) == pytest.approx(share, abs=0.02)


def test_the_token_layer_learns_from_harmless_rows_that_words_are_not_toxic(
    network: RiskNetwork,
) -> None:
    others = [parameter.detach().clone() for parameter in network.encoder.parameters()]
    toxic = Row("you absolute idiot", "toxic_spans", toxic=frozenset(range(13, 18)))
    kind = [Row("our bakery opens at eight", "drafts"), Row("tea for you", "drafts")]
    encoder = RowEncoder(base_tokenizer())
    refit_token_head(network, [toxic], kind, encoder, random.Random(0))
    with torch.inference_mode():
        _, tokens = network(torch.tensor([encoder.example(toxic).ids]))
        _, quiet = network(torch.tensor([encoder.example(kind[0]).ids]))
    assert tokens[0, 3].sigmoid() > 0.5 > tokens[0, 1].sigmoid()
    assert (quiet[0, 1:-1].sigmoid() < 0.5).all()
    assert all(map(torch.equal, others, network.encoder.parameters()))

"""The yardstick: a plain FastAPI endpoint around Detoxify's `original` architecture.

BERT-base with six labels, as Detoxify builds it, with random weights: speed does not
depend on them, and nothing has to be downloaded. The tokenizer is the shipped model's,
which has the same vocabulary.
"""

import argparse

import torch
import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel
from tokenizers import Tokenizer
from transformers import BertConfig, BertForSequenceClassification

from postlint.resources import model_folder

LABELS = ("toxicity", "severe_toxicity", "obscene", "threat", "insult", "identity_attack")


class Post(BaseModel):
    text: str


def create_app() -> FastAPI:
    tokenizer = Tokenizer.from_file(str(model_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(512)
    model = BertForSequenceClassification(BertConfig(num_labels=len(LABELS))).eval()
    app = FastAPI()

    @app.get("/readyz")
    def ready() -> dict[str, str]:
        return {"status": "ready"}

    @app.post("/predict")
    def predict(post: Post) -> dict[str, float]:
        ids = torch.tensor([tokenizer.encode(post.text).ids])
        with torch.no_grad():
            logits = model(ids).logits[0]
        return dict(zip(LABELS, torch.sigmoid(logits).tolist(), strict=True))

    return app


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    uvicorn.run(create_app(), port=parser.parse_args().port, log_level="error")

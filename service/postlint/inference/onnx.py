"""A model folder on ONNX Runtime: one forward pass a window of a post."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from postlint.errors import ModelError
from postlint.inference.manifest import MODEL_FILE, TOKENIZER_FILE, Manifest, read_manifest
from postlint.inference.preprocess import READINGS
from postlint.inference.scorer import HeadThresholds, ModelInfo, RiskScores
from postlint.inference.spans import toxic_words
from postlint.text.span import Mapped

# A quarter of a window is seen twice, so that a sentence at an edge is read whole once.
_OVERLAP = 0.25

Probabilities = NDArray[np.float32]


class OnnxRiskScorer:
    """A folder with model.onnx, tokenizer.json and manifest.json, loaded once.

    Every window runs by itself: int8 activations are scaled by what runs together,
    and what one draft scores must not depend on its neighbours in a batch.
    """

    def __init__(
        self,
        manifest: Manifest,
        info: ModelInfo,
        tokenizer: Tokenizer,
        session: onnxruntime.InferenceSession,
    ) -> None:
        self._manifest = manifest
        self._info = info
        self._tokenizer = tokenizer
        self._session = session
        self._outputs = [output.name for output in session.get_outputs()]
        self._read = READINGS[manifest.text_form]

    @classmethod
    def load(cls, folder: Path, threads: int = 1) -> "OnnxRiskScorer":
        """Verify the checksums and load; `threads` work on one forward pass.

        Raises ModelError when the folder does not hold the model of its manifest.
        """
        manifest = read_manifest(folder)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        # Spinning threads would take the cores from the rest of the service.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        try:
            tokenizer: Tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
            session = onnxruntime.InferenceSession(
                str(folder / MODEL_FILE), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # both libraries raise bare Exception types of their own
            raise ModelError(f"{folder}: cannot be loaded: {error}") from error
        columns = {output.name: output.shape[-1] for output in session.get_outputs()}
        if columns.get("heads") != manifest.width:
            raise ModelError(
                f"{folder / MODEL_FILE}: gives {columns.get('heads', 'no')} heads, intents and "
                f"groups, the manifest names {manifest.width}"
            )
        window = manifest.max_tokens
        tokenizer.enable_truncation(window, stride=int(window * _OVERLAP))
        tokenizer.no_padding()
        return cls(manifest, _info(manifest, folder), tokenizer, session)

    @property
    def info(self) -> ModelInfo:
        """What the manifest says."""
        return self._info

    def score(self, texts: Sequence[str]) -> list[RiskScores]:
        """Judge every text whole, in the order given; safe to call from threads.

        Raises ModelError when network and tokenizer do not fit each other.
        """
        readings = [self._read(text) for text in texts]
        encodings = self._tokenizer.encode_batch([reading.text for reading in readings])
        return [
            self._judge(post, reading, encoding)
            for post, reading, encoding in zip(texts, readings, encodings, strict=True)
        ]

    def _judge(self, post: str, reading: Mapped, encoding: Encoding) -> RiskScores:
        """A head's score is its highest over the windows."""
        windows = [encoding, *encoding.overflowing]
        outputs = [self._run(window) for window in windows]
        best = np.max([heads for heads, _ in outputs], axis=0).tolist()
        tokens = (
            (reading.offsets.to_original(start, end), float(probability))
            for window, (_, probabilities) in zip(windows, outputs, strict=True)
            for (start, end), probability in zip(window.offsets, probabilities, strict=True)
            if end > start
        )
        names = self._manifest
        first_intent = len(names.heads)
        first_group = first_intent + len(names.intents)
        return RiskScores(
            heads=dict(zip(names.heads, best[:first_intent], strict=True)),
            intents=dict(zip(names.intents, best[first_intent:first_group], strict=True)),
            groups=dict(zip(names.groups, best[first_group:], strict=True)),
            spans=toxic_words(post, tokens, names.token_threshold),
        )

    def _run(self, window: Encoding) -> tuple[Probabilities, Probabilities]:
        """Probabilities of the columns, and of the window's tokens."""
        ids = np.array([window.ids], dtype=np.int64)
        try:
            values = self._session.run(self._outputs, {"input_ids": ids})
        except Exception as error:  # the runtime raises bare Exception types of its own
            raise ModelError(f"{self._manifest.name}: cannot be run: {error}") from error
        outputs = dict(zip(self._outputs, values, strict=True))
        # A model without that output marks no token.
        none_toxic = np.zeros(ids.shape, dtype=np.float32)
        return outputs["heads"][0], outputs.get("tokens", none_toxic)[0]


def _info(manifest: Manifest, folder: Path) -> ModelInfo:
    return ModelInfo(
        name=manifest.name,
        version=manifest.version,
        thresholds={
            head: HeadThresholds(entry.review, entry.block)
            for head, entry in manifest.thresholds.items()
        },
        rates=manifest.rates,
        group_threshold=manifest.group_threshold,
        heads=manifest.heads,
        intents=manifest.intents,
        groups=manifest.groups,
        window=manifest.max_tokens,
        files={name: (folder / name).stat().st_size for name in manifest.files},
        data=tuple(f"{source.name} ({source.licence})" for source in manifest.data),
    )

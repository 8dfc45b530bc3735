"""What a model reads in place of a post: the same in training and in service."""

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import lru_cache

import emoji

from postlint.text.span import Mapped, Rewriting, unmoved


class TextForm(StrEnum):
    """The form in which a model learnt to read posts."""

    PREPARED = "prepared"
    """Emoji as their names, links as "http" and handles as "@user"."""
    VERBATIM = "verbatim"
    """As they were written."""


_LINK_OR_HANDLE = re.compile(r"(?P<link>https?://\S+|www\.\S+)|(?<![\w@])@\w+")
_SKIN_TONE = re.compile(r"_(?:light|medium-light|medium|medium-dark|dark)_skin_tone")


def prepare(post: str) -> Mapped:
    """The post with emoji as their names, links as "http" and handles as "@user".

    The encoder's vocabulary has no emoji, and links and handles only add noise.
    """
    replacements = _replacements(post)
    if not replacements:
        return unmoved(post)
    rewriting = Rewriting()
    position = 0
    for start, end, words in replacements:
        rewriting.keep(post[position:start], position)
        rewriting.put(words, start, end)
        position = end
    rewriting.keep(post[position:], position)
    return rewriting.mapped(len(post))


def _replacements(post: str) -> list[tuple[int, int, str]]:
    found = [
        (match.start(), match.end(), "http" if match["link"] else "@user")
        for match in _LINK_OR_HANDLE.finditer(post)
    ]
    if post.isascii():
        return found
    taken = [(start, end) for start, end, _ in found]
    for item in emoji.emoji_list(post):
        start, end = item["match_start"], item["match_end"]
        if not any(low < end and start < high for low, high in taken):
            found.append((start, end, _emoji_name(item["emoji"])))
    return sorted(found)


@lru_cache(maxsize=4096)
def _emoji_name(symbol: str) -> str:
    # Skin tones are left out: how dark an emoji is must not move a score.
    name = _SKIN_TONE.sub("", emoji.demojize(symbol, delimiters=("", "")))
    return f" {name.replace('_', ' ')} "


READINGS: Mapping[TextForm, Callable[[str], Mapped]] = {
    TextForm.PREPARED: prepare,
    TextForm.VERBATIM: unmoved,
}
"""A post as the model reads it, mapped to the post."""

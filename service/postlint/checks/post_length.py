"""How long a post is as its network counts it: no two of them count alike."""

import unicodedata
from collections.abc import Callable, Mapping

import emoji
import regex

from postlint.draft import Platform

_LINK = regex.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)\]}'’”]")
_HANDLE_ELSEWHERE = regex.compile(r"(@\w+)@[\w.-]+\w")

_LINK_LENGTH = 23
"""Whatever stands in a link: X wraps it into one of its own, Mastodon counts as if."""

_SINGLE_ON_X = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
"""Code points that weigh one on X, everything else two (twitter-text, configuration 3)."""


def _on_x(text: str) -> int:
    """Normal form C; a link is 23, an emoji 2 however it is composed, CJK letters 2 each."""
    text = unicodedata.normalize("NFC", _LINK.sub("x" * _LINK_LENGTH, text))
    pictures = emoji.emoji_list(text)
    weight = 2 * len(pictures)
    place = 0
    for picture in pictures:
        weight += sum(map(_weight_on_x, text[place : picture["match_start"]]))
        place = picture["match_end"]
    return weight + sum(map(_weight_on_x, text[place:]))


def _weight_on_x(character: str) -> int:
    code = ord(character)
    return 1 if any(first <= code <= last for first, last in _SINGLE_ON_X) else 2


def _on_mastodon(text: str) -> int:
    """Characters that a reader sees; a link is 23, a handle counts without its server."""
    return _on_bluesky(_HANDLE_ELSEWHERE.sub(r"\1", _LINK.sub("x" * _LINK_LENGTH, text)))


def _on_bluesky(text: str) -> int:
    """Characters that a reader sees (grapheme clusters); links in full."""
    return len(regex.findall(r"\X", text))


_COUNTS: Mapping[Platform, Callable[[str], int]] = {
    Platform.X: _on_x,
    Platform.MASTODON: _on_mastodon,
    Platform.BLUESKY: _on_bluesky,
}


def post_length(text: str, platform: Platform) -> int:
    """Length in the network's own unit; code points where it publishes none."""
    return _COUNTS.get(platform, len)(text)

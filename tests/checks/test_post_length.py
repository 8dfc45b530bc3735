"""A post is as long as its network says."""

import pytest

from postlint.checks.post_length import post_length
from postlint.draft import Platform

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"
LINK = "https://www.example.org/a/very/long/path/that/goes/on/and/on?and=on"


@pytest.mark.parametrize(
    ("text", "platform", "length"),
    [
        ("We open at nine.", Platform.X, 16),
        ("日本", Platform.X, 4),
        (FAMILY, Platform.X, 2),
        (f"Read: {LINK}.", Platform.X, 6 + 23 + 1),
        (f"{LINK} {LINK}", Platform.X, 47),
        ("cafe\u0301", Platform.X, 4),
        (f"Read: {LINK}.", Platform.MASTODON, 6 + 23 + 1),
        ("Thanks @ann@social.example", Platform.MASTODON, len("Thanks @ann")),
        (FAMILY, Platform.BLUESKY, 1),
        (LINK, Platform.BLUESKY, len(LINK)),
        ("cafe\u0301", Platform.BLUESKY, 4),
        (FAMILY, Platform.LINKEDIN, len(FAMILY)),
    ],
)
def test_every_network_counts_in_its_own_way(text: str, platform: Platform, length: int) -> None:
    assert post_length(text, platform) == length

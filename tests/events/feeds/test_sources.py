import pytest

from postlint.errors import SettingsError
from postlint.events.feeds.sources import parse_declaring, parse_sources


def test_feeds_are_named_with_or_without_an_address() -> None:
    sources = parse_sources("usgs, nws=http://mirror/alerts ,cap=https://example.org/a.atom")
    assert [source.name for source in sources] == ["usgs", "nws", "cap:example.org/a.atom"]
    assert sources[0].url.startswith("https://earthquake.usgs.gov/")
    assert sources[1].url == "http://mirror/alerts"


def test_no_feed_is_asked_unless_named() -> None:
    assert parse_sources("") == ()


@pytest.mark.parametrize(
    ("setting", "complaint"),
    [
        ("bbc", "'bbc' is no feed; known: usgs, gdacs, nws, cap="),
        ("cap", "is no feed"),
        ("usgs,usgs", "named twice"),
        ("usgs=ftp://x", "is no http address"),
    ],
)
def test_a_wrong_setting_says_what_is_right(setting: str, complaint: str) -> None:
    with pytest.raises(SettingsError, match=complaint):
        parse_sources(setting)


def test_cap_stands_for_every_cap_feed() -> None:
    sources = parse_sources("usgs,gdacs,cap=http://a/1,cap=http://b/2")
    assert parse_declaring("usgs, cap", sources) == {"usgs", "cap:a/1", "cap:b/2"}
    with pytest.raises(SettingsError, match="'bbc' is no feed"):
        parse_declaring("bbc", sources)

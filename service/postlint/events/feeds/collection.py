"""The outer form that JSON feeds share: a GeoJSON collection of features."""

import json
from typing import Any

from postlint.events.feeds.bulletin import FeedError


def read_collection(body: bytes) -> list[Any]:
    """The features of a collection, unchecked; FeedError where it is none."""
    try:
        document = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise FeedError(f"is no JSON: {type(error).__name__}") from None
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list):
        raise FeedError("is no GeoJSON: it has no list of features")
    return features

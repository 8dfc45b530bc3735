"""Whether a client asks for a page or for JSON, by its Accept header."""

from collections.abc import Iterator

_PAGE = frozenset({"text/html", "application/xhtml+xml"})
_JSON = frozenset({"application/json", "application/problem+json"})


def wants_page(accept: str) -> bool:
    """Whether HTML is named, and JSON not preferred to it. Browsers always name it."""
    weights = dict(_weights(accept))
    page = max(weights.get(kind, 0.0) for kind in _PAGE)
    return page > 0 and page >= max(weights.get(kind, 0.0) for kind in _JSON)


def _weights(accept: str) -> Iterator[tuple[str, float]]:
    for choice in accept.split(","):
        kind, *parameters = (part.strip().lower() for part in choice.split(";"))
        weight = next((part[2:] for part in parameters if part.startswith("q=")), "1")
        try:
            yield kind, float(weight)
        except ValueError:
            yield kind, 0.0

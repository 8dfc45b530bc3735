"""XML from strangers: no entities, no document types, nothing fetched."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from postlint.events.feeds.bulletin import FeedError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


def parse(body: bytes) -> "Element":
    """The root of an XML document; FeedError where it is none or tries a trick."""
    try:
        root: Element = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        # ValueError and LookupError: an encoding that is wrong, or that nobody knows.
        raise FeedError(f"is no XML that is safe to read: {type(error).__name__}") from None
    return root


def local(tag: str) -> str:
    """A tag without its namespace."""
    return tag.rpartition("}")[2]


def fields(element: "Element") -> Mapping[str, str]:
    """Texts of the children by tag without namespace, the first of each; empty ones left out."""
    found: dict[str, str] = {}
    for child in element:
        text = (child.text or "").strip()
        if text:
            found.setdefault(local(child.tag), text)
    return found

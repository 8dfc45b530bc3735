"""Examples as rule authors write them: a text in which [[the exact words]] are marked."""

import re

from postlint.draft import Draft
from postlint.rulepacks.schema import Example, ExampleDraft
from postlint.text.span import Span

_MARKED = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)


def read_example(example: Example) -> tuple[Draft, tuple[Span, ...]]:
    """The draft without the brackets, and where the brackets were.

    Raises pydantic.ValidationError when the example is no draft.
    """
    if isinstance(example, str):
        example = ExampleDraft(text=example)
    text, spans = unmark(example.text)
    fields = example.model_dump(exclude_unset=True) | {"text": text}
    return Draft.model_validate(fields), spans


def unmark(marked: str) -> tuple[str, tuple[Span, ...]]:
    """ "a [[b]] c" -> "a b c" and the code points of "b"."""
    pieces: list[str] = []
    spans: list[Span] = []
    length = position = 0
    for found in _MARKED.finditer(marked):
        before, inside = marked[position : found.start()], found.group(1)
        length += len(before)
        spans.append(Span(length, length + len(inside)))
        pieces += [before, inside]
        length += len(inside)
        position = found.end()
    pieces.append(marked[position:])
    return "".join(pieces), tuple(spans)

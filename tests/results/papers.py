"""The documentation's PDF as independent readers see it: its structure by pypdf, its words by PDFium."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pypdf
import pypdfium2
from pypdf.generic import ContentStream, DictionaryObject

PAINTING = {
    b"Tj",
    b"TJ",
    b"'",
    b'"',
    b"Do",
    b"f",
    b"f*",
    b"F",
    b"S",
    b"s",
    b"B",
    b"B*",
    b"b",
    b"sh",
}


def elements(pdf: bytes) -> list[DictionaryObject]:
    """Every element of the structure, in reading order."""

    def below(element: Any) -> Iterator[DictionaryObject]:
        element = element.get_object()
        if not isinstance(element, DictionaryObject):
            return
        if "/S" in element:
            yield element
        children = element.get("/K", [])
        for child in children if isinstance(children, list) else [children]:
            yield from below(child)

    return list(below(pypdf.PdfReader(BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"]))


def outside_of_the_structure(pdf: bytes) -> list[str]:
    """What is painted on a page and is neither a part of the structure nor said to be decoration."""
    reader = pypdf.PdfReader(BytesIO(pdf))
    return [
        f"page {number}: {operator.decode()}"
        for number, page in enumerate(reader.pages, start=1)
        for operator in _unmarked(ContentStream(page.get_contents(), reader))
    ]


def _unmarked(stream: ContentStream) -> Iterator[bytes]:
    marked: list[bool] = []
    for operands, operator in stream.operations:
        if operator in {b"BDC", b"BMC"}:
            is_artifact = operands[0] == "/Artifact"
            marked.append(is_artifact or (operator == b"BDC" and "/MCID" in operands[1]))
        elif operator == b"EMC":
            marked.pop()
        elif operator in PAINTING and not any(marked):
            yield operator


def bookmarks(pdf: bytes) -> list[Any]:
    """Titles, those of a lower level in a list of their own."""

    def titles(entries: list[Any]) -> list[Any]:
        return [titles(entry) if isinstance(entry, list) else entry.title for entry in entries]

    return titles(pypdf.PdfReader(BytesIO(pdf)).outline)


def pages(pdf: bytes) -> list[str]:
    """What every page says, its lines joined; soft breaks that a typesetter put into long words are gone."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        texts = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return [" ".join(text.replace("\u200b", "").replace("\ufffe", "").split()) for text in texts]

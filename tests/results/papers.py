"""The documentation's PDF as independent readers see it: its structure by pypdf, its words by PDFium."""

import ctypes
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
    b"b*",
    b"sh",
    b"INLINE IMAGE",
}
BOXES = {"/Div", "/Span", "/NonStruct"}  # what is in one of these is what it stands in
Place = tuple[int, int]
"""A page, from 0, and the number of a piece of marked content on it."""


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


def pieces(pdf: bytes) -> list[tuple[str, Place]]:
    """All marked content that the structure names, in reading order, each under the tag it stands below."""
    reader = pypdf.PdfReader(BytesIO(pdf))
    numbers = {page.indirect_reference.idnum: at for at, page in enumerate(reader.pages)}

    def below(element: Any, tag: str, page: Any) -> Iterator[tuple[str, Place]]:
        if isinstance(element, int):
            yield tag, (numbers[page.idnum], int(element))
            return
        element = element.get_object()
        page = element.raw_get("/Pg") if "/Pg" in element else page
        if element.get("/Type") == "/MCR":
            yield tag, (numbers[page.idnum], int(element["/MCID"]))
            return
        children = element.get("/K", [])
        for child in children if isinstance(children, list) else [children]:
            own = element.get("/S", tag)
            yield from below(child, tag if tag and own in BOXES else own, page)

    return list(below(reader.trailer["/Root"]["/StructTreeRoot"], "", None))


def marked_content(pdf: bytes) -> list[Place]:
    """What the pages themselves mark as content, page by page."""
    reader = pypdf.PdfReader(BytesIO(pdf))
    return [
        (at, int(operands[1]["/MCID"]))
        for at, page in enumerate(reader.pages)
        for operands, operator in ContentStream(page.get_contents(), reader).operations
        if operator == b"BDC" and "/MCID" in operands[1]
    ]


def read_aloud(pdf: bytes) -> list[tuple[str, str]]:
    """Tag and text of every piece of text, in reading order, line by line of a page."""
    texts = _texts(pdf)
    return [
        (tag, text)
        for tag, place in pieces(pdf)
        if (text := " ".join(texts.get(place, "").replace("\u200b", "").split()))
    ]


def _texts(pdf: bytes) -> dict[Place, str]:
    texts: dict[Place, str] = {}
    document = pypdfium2.PdfDocument(pdf)
    try:
        for at, page in enumerate(document):
            words = page.get_textpage()
            for part in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT]):
                place = (at, pypdfium2.raw.FPDFPageObj_GetMarkedContentID(part.raw))
                texts[place] = texts.get(place, "") + _text_of(part, words)
    finally:
        document.close()
    return texts


def _text_of(part: Any, words: Any) -> str:
    size = pypdfium2.raw.FPDFTextObj_GetText(part.raw, words.raw, None, 0)  # in bytes, of UTF-16
    room = ctypes.create_string_buffer(size)
    text = ctypes.cast(room, ctypes.POINTER(ctypes.c_ushort))
    pypdfium2.raw.FPDFTextObj_GetText(part.raw, words.raw, text, size)
    return room.raw.decode("utf-16-le").rstrip("\0")


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

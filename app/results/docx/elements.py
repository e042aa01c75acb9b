"""What all of a Word file is written with: runs of text and other elements, in the schema's order."""

from dataclasses import dataclass
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from app.results.docx.styles import MUTED


@dataclass(frozen=True)
class Line:
    """A paragraph of a cell."""

    text: str
    is_bold: bool = False
    is_small: bool = False
    is_from_right: bool = False


def run_of(line: Line) -> Any:
    run = OxmlElement("w:r")
    properties = OxmlElement("w:rPr")
    if line.is_bold:
        properties.append(OxmlElement("w:b"))
    if line.is_small:
        properties.append(element("w:color", val=MUTED))
        properties.append(element("w:sz", val="17"))  # half points
    if line.is_from_right:
        properties.append(OxmlElement("w:rtl"))
    if len(properties):
        run.append(properties)
    run.text = line.text
    return run


def element(tag: str, **values: str) -> Any:
    element = OxmlElement(tag)
    for name, value in values.items():
        element.set(qn(f"w:{name}"), value)
    return element

"""Links, bookmarks and fields of the Word file, which python-docx has no words for."""

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from app.results.docx.elements import Line, element, run_of


def add_link(paragraph: Paragraph, text: str, target: str) -> None:
    """To an address, or with "#" to a bookmark of this file."""
    link = OxmlElement("w:hyperlink")
    if target.startswith("#"):
        link.set(qn("w:anchor"), target[1:])
    else:
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
        link.set(qn("r:id"), paragraph.part.relate_to(target, kind, is_external=True))
        link.set(qn("w:tooltip"), target)
    run = run_of(Line(text))
    if not target.startswith("#"):
        properties = run.get_or_add_rPr()
        properties.append(element("w:color", val="1D4F91"))
        properties.append(element("w:u", val="single"))
    link.append(run)
    paragraph._p.append(link)  # noqa: SLF001


def add_bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    start = element("w:bookmarkStart", id=str(number), name=name)
    paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, start)  # noqa: SLF001
    paragraph._p.append(element("w:bookmarkEnd", id=str(number)))  # noqa: SLF001


def add_page_number(paragraph: Paragraph) -> None:
    field = element("w:fldSimple", instr=" PAGE ")
    field.append(run_of(Line("1")))
    paragraph._p.append(field)  # noqa: SLF001


def wrap_in_field(first: Paragraph, last: Paragraph, code: str) -> None:
    """What stands from one paragraph to the other is what a field shows until Word works it out anew."""
    begin, instruction, separate, end = (OxmlElement("w:r") for _ in range(4))
    begin.append(element("w:fldChar", fldCharType="begin"))
    text = OxmlElement("w:instrText")
    text.set(qn("xml:space"), "preserve")
    text.text = f" {code} "
    instruction.append(text)
    separate.append(element("w:fldChar", fldCharType="separate"))
    end.append(element("w:fldChar", fldCharType="end"))
    at = 1 if first._p.pPr is not None else 0  # noqa: SLF001
    for run in (separate, instruction, begin):
        first._p.insert(at, run)  # noqa: SLF001
    last._p.append(end)  # noqa: SLF001

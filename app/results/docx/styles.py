"""How the editable documentation looks: real styles, so that an office can change them in one place."""

import datetime
from typing import Any

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

INK, MUTED, BOARD, CARD, NO = "211D18", "5C5346", "ECE0CD", "FFF2B8", "B8320F"
FONT = "Arial"  # or what stands for it: everywhere there is one of the same widths
TAGS = {"de": "de-DE", "en": "en-GB"}  # Word knows languages by their country
PAGE_CM = (21.0, 29.7)
MARGIN_CM = 2.0
WIDTH_CM = PAGE_CM[0] - 2 * MARGIN_CM
KEPT = {
    *("Normal", "Header", "Footer", "Title", "Subtitle", "List Bullet", "Caption", "TOC Heading"),
    *(f"Heading {level}" for level in range(1, 6)),
    *("Normal Table", "Table Grid"),
}


def styled_document(content: dict[str, Any]) -> DocumentType:
    """Empty, A4, in the language of the event and dated by its last change."""
    document = Document()
    _clear(document)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(PAGE_CM[0]), Cm(PAGE_CM[1])
    section.left_margin = section.right_margin = Cm(MARGIN_CM)
    section.top_margin, section.bottom_margin = Cm(2.4), Cm(2.2)
    section.different_first_page_header_footer = True
    _describe(document, content)
    _speak(document, TAGS.get(content["language"], content["language"]))
    _dress(document, content["accent"]["fill"].removeprefix("#").upper())
    return document


def style_id(paragraph: Paragraph) -> str | None:
    """None for a paragraph without a style of its own."""
    properties = paragraph._p.pPr  # noqa: SLF001
    style = None if properties is None else properties.pStyle
    return None if style is None else style.val


def _clear(document: DocumentType) -> None:
    """Of the two hundred styles of the empty document, which nobody needs and every look-up goes through,
    those stay that are used here or that Word wants."""
    for style in list(document.styles):
        is_plain = style.name in KEPT or style.type in {WD_STYLE_TYPE.CHARACTER, WD_STYLE_TYPE.LIST}
        if not is_plain or (style.name or "").endswith(" Char"):
            document.styles.element.remove(style.element)
    for style in document.styles:
        for link in style.element.findall(qn("w:link")):
            style.element.remove(link)


def _describe(document: DocumentType, content: dict[str, Any]) -> None:
    properties = document.core_properties
    year, month, day, hour, minute = content["changed"]
    changed = datetime.datetime(year, month, day, hour, minute, tzinfo=datetime.UTC)
    properties.title, properties.author = content["title"], content["author"]
    properties.last_modified_by, properties.comments = content["author"], ""
    properties.language = content["language"]
    properties.created = properties.modified = changed
    properties.revision = 1


def _speak(document: DocumentType, tag: str) -> None:
    defaults = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    language = defaults.find(qn("w:lang"))
    for attribute in ("w:val", "w:eastAsia"):
        language.set(qn(attribute), tag)


def _dress(document: DocumentType, accent: str) -> None:
    styles: Any = document.styles
    _write(styles["Normal"], 10.5, INK, after=6)
    _write(styles["Title"], 30, accent, after=6, is_bold=True)
    _write(styles["Subtitle"], 14, MUTED, after=6)
    for level, size, colour, before in (
        (1, 20, accent, 18),
        (2, 14, INK, 16),
        (3, 11.5, INK, 12),
        (4, 10.5, INK, 10),
        (5, 10.5, MUTED, 10),  # of a series, whose events are a level above
    ):
        _write(styles[f"Heading {level}"], size, colour, before=before, after=4, is_bold=True)
    _write(styles["TOC Heading"], 20, accent, after=6, is_bold=True)
    _write(styles["Caption"], 9, MUTED, after=10)
    _write(styles["List Bullet"], 10.5, INK, after=3)
    for name, size, colour in (("Header", 8, MUTED), ("Footer", 8, MUTED)):
        _write(styles[name], size, colour)
    _write(_new(styles, "Mark"), 10.5, NO, after=2, is_bold=True)
    _write(_new(styles, "Card"), 10.5, INK)
    styles["Card"].paragraph_format.keep_together = True
    _write(_new(styles, "Group Note"), 9, MUTED, after=4, keep_with_next=True)
    _write(_new(styles, "Key Sentence"), 14, INK, before=6, after=8, is_bold=True)
    note = styles.add_style("Card Note", WD_STYLE_TYPE.CHARACTER)
    note.font.size, note.font.color.rgb = Pt(8.5), RGBColor.from_string(MUTED)
    _shade(styles["Card"], CARD)
    # White between two cards, else they would be one.
    _rule(styles["Card"], ("top", "bottom", "between"), "FFFFFF", points=4)
    _rule(styles["Key Sentence"], ("left",), accent, points=4.5)
    for level, indent in ((1, 0.0), (2, 0.6)):
        contents = _new(styles, f"toc {level}", f"TOC{level}")
        _write(contents, 10.5, INK, after=3, is_bold=level == 1)
        contents.paragraph_format.left_indent = Cm(indent)


def _new(styles: Any, name: str, id: str = "") -> ParagraphStyle:
    style: ParagraphStyle = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = styles["Normal"]
    style.quick_style = not id
    if id:
        style.element.set(qn("w:styleId"), id)
    return style


def _write(
    style: ParagraphStyle,
    size: float,
    colour: str,
    *,
    before: float = 0,
    after: float = 0,
    is_bold: bool = False,
    keep_with_next: bool | None = None,
) -> None:
    font, space = style.font, style.paragraph_format
    font.name, font.size, font.bold, font.italic = FONT, Pt(size), is_bold, False
    font.color.rgb = RGBColor.from_string(colour)
    for unwanted in ("./w:pPr/w:pBdr", "./w:rPr/w:spacing", "./w:rPr/w:kern"):
        for found in style.element.xpath(unwanted):
            found.getparent().remove(found)
    fonts = style.element.rPr.rFonts
    for script in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{script}"), None)  # it would win over the font's name
    space.space_before, space.space_after = Pt(before), Pt(after)
    if keep_with_next is not None:
        space.keep_with_next = keep_with_next


def _shade(style: ParagraphStyle, colour: str) -> None:
    shading = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shading.set(qn(f"w:{name}"), value)
    _in_order(style, shading, before=("w:spacing", "w:ind", "w:jc"))


def _rule(style: ParagraphStyle, sides: tuple[str, ...], colour: str, points: float) -> None:
    borders = OxmlElement("w:pBdr")
    for side in sides:
        line = OxmlElement(f"w:{side}")
        eighths = str(round(8 * points))
        for name, value in (("val", "single"), ("sz", eighths), ("space", "4"), ("color", colour)):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    _in_order(style, borders, before=("w:shd", "w:spacing", "w:ind", "w:jc"))


def _in_order(style: ParagraphStyle, element: Any, before: tuple[str, ...]) -> None:
    """Word opens no file whose properties are in another order than the schema's."""
    properties = style.element.get_or_add_pPr()
    later = [child for child in properties if child.tag in {qn(name) for name in before}]
    if later:
        later[0].addprevious(element)
    else:
        properties.append(element)

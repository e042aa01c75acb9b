"""The comparison in the Word file: the heat map as a table whose cells say what their colour says."""

from typing import Any

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from app.results.docx.chapters import add_chapter
from app.results.docx.elements import Line
from app.results.docx.said import add_paragraphs
from app.results.docx.styles import WIDTH_CM
from app.results.docx.tables import Cell, Column, add_table

Content = dict[str, Any]
MOST_SIDE_BY_SIDE = 6
OFFER_CM = 4.4
FILLS = ("FFFFFF", "F1ECE2", "CFE3DE", "93C6BE", "1F7D75", "00433F")
DEEP = 4  # from this level on, letters are white


def add_comparison(document: Document, said: Content) -> None:
    words = said["words"]
    add_chapter(document, words["comparison"])
    document.add_heading(words["at_a_glance"], 2)
    _add_figures(document, said)
    document.add_heading(words["heat_map"], 2)
    add_paragraphs(document, said["notes"], style="List Bullet")
    if said["offers"]:
        legend = " · ".join(f"{step['word']} {step['range']}" for step in said["legend"])
        document.add_paragraph(f"{words['legend']}: {legend}")
        for first in range(0, len(said["events"]), MOST_SIDE_BY_SIDE):
            _add_heat_map(document, said, slice(first, first + MOST_SIDE_BY_SIDE))
    else:
        document.add_paragraph(said["none"]["offers"])
    document.add_heading(words["differences"], 2)
    if not said["certain"]:
        document.add_paragraph(said["none"]["certain" if said["chance"] else "differences"])
    for name in ("certain", "chance"):
        if said[name]:
            document.add_heading(words[name], 3)
            _add_differences(document, words, said[name], words[name])
    _add_words(document, said)


def _add_figures(document: Document, said: Content) -> None:
    first, *others = said["figures"]["header"]
    width = 2.05
    columns = [Column(first, WIDTH_CM - width * len(others))]
    columns += [Column(name, width, is_number=True) for name in others]
    _shrink_header(
        add_table(document, columns, said["figures"]["rows"], said["words"]["at_a_glance"])
    )


def _add_heat_map(document: Document, said: Content, shown: slice) -> None:
    events = said["events"][shown]
    width = min(3.2, (WIDTH_CM - OFFER_CM) / len(events))
    columns = [Column(said["words"]["offer"], OFFER_CM)]
    for event in events:
        heading = " · ".join(filter(None, [event["name"], event["date"], event["mark"]]))
        columns.append(Column(heading, width))
    rows: list[list[Cell]] = [
        [offer["title"], *(_lines(cell) for cell in offer["cells"][shown])]
        for offer in said["offers"]
    ]
    table = add_table(document, columns, rows, said["words"]["heat_map"])
    _shrink_header(table)
    for row, offer in zip(table.findall(qn("w:tr"))[1:], said["offers"], strict=True):
        for cell, value in zip(row.findall(qn("w:tc"))[1:], offer["cells"][shown], strict=True):
            _colour(cell, value["level"])


def _shrink_header(table: Any) -> None:
    """So that dates and long words fit into columns of 2 cm."""
    for run in table.find(qn("w:tr")).iter(qn("w:r")):
        size = OxmlElement("w:sz")
        size.set(qn("w:val"), "15")  # half points
        run.get_or_add_rPr().append(size)


def _lines(cell: Content) -> list[Line]:
    lines = [Line(cell["share"], is_bold=True)] if cell["share"] else []
    return [*lines, *(Line(text, is_small=True) for text in (cell["word"], cell["n"]) if text)]


def _colour(cell: Any, level: int) -> None:
    if not level:
        return
    shading = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", FILLS[level])):
        shading.set(qn(f"w:{name}"), value)
    cell.find(qn("w:tcPr")).append(shading)
    for run in cell.iter(qn("w:r")):
        properties = run.get_or_add_rPr()
        for colour in properties.findall(qn("w:color")):
            properties.remove(colour)
        colour = OxmlElement("w:color")
        colour.set(qn("w:val"), "FFFFFF" if level >= DEEP else "211D18")
        later = properties.find(qn("w:sz"))
        if later is None:
            properties.append(colour)
        else:
            later.addprevious(colour)


def _add_differences(
    document: Document, words: dict[str, str], rows: list[Content], about: str
) -> None:
    columns = [
        Column(words["offer"], 5),
        Column(words["best"], 4.6),
        Column(words["least"], 4.6),
        Column(words["points"], 2.8, is_number=True),
    ]

    def place(of: Content) -> list[Line]:
        said = Line(f"{of['event']}: {of['share']}", is_bold=True)
        return [said, Line(f"{of['interval']}, {of['n']}", is_small=True)]

    cells: list[list[Cell]] = [
        [row["offer"], place(row["best"]), place(row["least"]), row["points"]] for row in rows
    ]
    add_table(document, columns, cells, about)


def _add_words(document: Document, said: Content) -> None:
    words = said["words"]
    document.add_heading(words["words"], 2)
    document.add_heading(words["common"], 3)
    common = " · ".join(f"{word['word']} ({word['count']})" for word in said["common"])
    document.add_paragraph(common or said["none"]["common"])
    document.add_heading(words["typical"], 3)
    if not said["typical"]:
        document.add_paragraph(said["none"]["typical"])
        return
    columns = [
        Column(words["word"], 5),
        Column(words["event"], 5),
        *(Column(words[name], 7 / 3, is_number=True) for name in ("count", "share", "elsewhere")),
    ]
    rows = [
        [word[column] for column in ("word", "event", "count", "share", "elsewhere")]
        for word in said["typical"]
    ]
    add_table(document, columns, rows, words["typical"])

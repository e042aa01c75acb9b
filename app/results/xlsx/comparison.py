"""The comparison of a series as a workbook to go on calculating with, in the language of its latest event."""

from xlsxwriter.worksheet import Worksheet

from app.results.compared.values import ComparedCell, Comparison, Difference
from app.results.documentation.comparison import documented_comparison, level_words
from app.results.documentation.labels import Translate
from app.results.documentation.spoken import Spoken
from app.results.xlsx.workbook import Book, Cell, Column

LEVELS = ("#F1ECE2", "#CFE3DE", "#93C6BE", "#1F7D75", "#00433F")  # as on the page
DEEP = 4  # from this level on, letters are white


def comparison_xlsx(comparison: Comparison, _: Translate) -> bytes:
    """Sheets: heat map, differences, words, about. `_` translates from German.

    The same comparison gives the same bytes, so the file is dated by the last change of its events.
    """
    book = Book(comparison.changed_at, comparison.series.title)
    spoken = Spoken(comparison.locale)
    names = _names(comparison, spoken)
    _heat_map(book, comparison, names, _)
    _differences(book, comparison, names, _)
    _words(book, comparison, names, _)
    _about(book, comparison, spoken, _)
    return book.finished()


def _names(comparison: Comparison, spoken: Spoken) -> list[str]:
    """What heads a column: different for all events, as a table wants it."""
    names: list[str] = []
    for event in comparison.events:
        name = f"{event.name[:200]} {spoken.short_date(event.date)}"
        twins = sum(1 for other in names if other.casefold().startswith(name.casefold()))
        names.append(f"{name} ({twins + 1})" if twins else name)
    return names


def _heat_map(book: Book, comparison: Comparison, names: list[str], _: Translate) -> None:
    sheet = book.sheet(_("Bekanntheit"))
    columns = [
        Column(_("Angebot"), 44),
        Column(_("Themeninsel"), 34),
        *(Column(name, 20, "percent") for name in names),
        *(Column(f"n: {name}", 20, "number") for name in names),
    ]
    rows: list[list[Cell]] = [
        [
            offer.title,
            offer.island,
            *(cell.awareness if cell else None for cell in offer.cells),
            *(cell.total if cell else None for cell in offer.cells),
        ]
        for offer in comparison.offers
    ]
    book.set_widths(sheet, columns)
    book.table(sheet, 0, columns, rows)
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    if rows:
        _colour(book, sheet, (1, 2, len(rows), 1 + len(names)))


def _colour(book: Book, sheet: Worksheet, cells: tuple[int, int, int, int]) -> None:
    """By the same levels as everywhere, whatever somebody types there later; what is empty stays empty."""
    sheet.conditional_format(*cells, {"type": "blanks", "stop_if_true": True, "format": None})
    for level, fill in reversed(list(enumerate(LEVELS, start=1))):
        ink = "#FFFFFF" if level >= DEEP else "#211D18"
        sheet.conditional_format(
            *cells,
            {
                "type": "cell",
                "criteria": ">=",
                # A share is said in full percent, and so is its level.
                "value": round((level - 1) / len(LEVELS) - (level > 1) * 0.005, 3),
                "stop_if_true": True,
                "format": book.file.add_format({"bg_color": fill, "font_color": ink}),
            },
        )


def _differences(book: Book, comparison: Comparison, names: list[str], _: Translate) -> None:
    sheet = book.sheet(_("Unterschiede"))
    columns = [Column(_("Angebot"), 44), Column(_("Abstand"), 12, "percent")]
    columns.append(Column(_("Einschätzung"), 22))
    for name in (_("Am bekanntesten in"), _("Am wenigsten bekannt in")):
        columns += [
            Column(name, 26),
            Column(f"{name}: {_('Bekanntheit')}", 14, "percent"),
            Column(f"{name}: {_('mindestens (95 %)')}", 14, "percent"),
            Column(f"{name}: {_('höchstens (95 %)')}", 14, "percent"),
            Column(f"{name}: n", 10, "number"),
        ]
    book.set_widths(sheet, columns)
    rows = [_difference(one, names, _) for one in comparison.differences]
    book.table(sheet, 0, columns, rows)
    sheet.freeze_panes(1, 1)


def _difference(one: Difference, names: list[str], _: Translate) -> list[Cell]:
    def place(at: int, cell: ComparedCell | None) -> list[Cell]:
        assert cell is not None
        return [names[at], cell.awareness, *(cell.interval or (None, None)), cell.total]

    judged = _("Vielleicht nur Zufall") if one.may_be_chance else _("Deutlich verschieden")
    cells = one.offer.cells
    return [
        *(one.offer.title, one.share, judged),
        *place(one.best, cells[one.best]),
        *place(one.least, cells[one.least]),
    ]


def _words(book: Book, comparison: Comparison, names: list[str], _: Translate) -> None:
    sheet = book.sheet(_("Wörter"))
    columns = [
        Column(_("Wort"), 32),
        Column(_("Geräte"), 12, "number"),
        *(Column(name, 20, "number") for name in names),
        Column(_("Überall genannt"), 18),
        Column(_("Typisch für"), 32),
    ]
    common = {word.word for word in comparison.common}
    typical: dict[str, list[str]] = {}
    for one in comparison.typical:
        typical.setdefault(one.word, []).append(names[one.at])
    rows: list[list[Cell]] = [
        [
            word.word,
            word.total,
            *word.counts,
            _("ja") if word.word in common else _("nein"),
            ", ".join(typical.get(word.word, [])),
        ]
        for word in comparison.words
    ]
    book.set_widths(sheet, columns)
    book.table(sheet, 0, columns, rows)
    sheet.freeze_panes(1, 1)


def _about(book: Book, comparison: Comparison, spoken: Spoken, _: Translate) -> None:
    sheet = book.sheet(_("Hinweise"))
    said = documented_comparison(comparison, spoken, _)
    header, *numbers = said["figures"]["header"]
    columns = [Column(header, 34), Column(_("Datum"), 14), Column(_("Stand"), 16)]
    columns += [Column(name, 14, "number") for name in numbers]
    book.set_widths(sheet, columns)
    rows: list[list[Cell]] = [
        [
            *(event.name, spoken.short_date(event.date)),
            _("Zwischenstand") if event.is_interim else _("beendet"),
            *(event.attendees, event.institutions, event.devices, event.yes + event.no),
            *(event.cards, event.words),
        ]
        for event in comparison.events
    ]
    sheet.write_string(0, 0, comparison.series.title[:200], book.formats["label"])
    row = book.table(sheet, 2, columns, rows) + 1
    sheet.freeze_panes(3, 0)
    levels = ", ".join(
        f"{word} {step['range']}" for word, step in zip(level_words(_), said["legend"], strict=True)
    )
    for note in [*said["notes"], f"{said['words']['legend']}: {levels}."]:
        sheet.merge_range(row, 0, row, len(columns) - 1, note, book.formats["text"])
        sheet.set_row(row, 32)
        row += 1

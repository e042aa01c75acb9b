"""A plan from a spreadsheet, .xlsx or .ods: all or nothing, with every error at its cell."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ValidationError

from app.planning.keys import event_key_from, key_from
from app.planning.lines import Location
from app.planning.plan import Plan, PlannedContact, PlannedOffer, checked
from app.planning.plan_errors import Cell, PlanError, PlanErrors, Where, explained
from app.planning.plan_messages import MESSAGES
from app.planning.sheets.cells import Sheet, sheets_in
from app.planning.sheets.columns import EVENT_FIELDS, SERIES_FIELDS, SHEETS
from app.planning.sheets.headings import column_called, column_of, folded, meant
from app.planning.sheets.table import Row, Table, table_in
from app.planning.sheets.values import as_planned, planned

Data = dict[str, Any]


def read_spreadsheet(content: bytes) -> Plan:
    """Sheets, headings and fields may be German or English. Raises PlanErrors."""
    return _Reading(sheets_in(content)).plan()


@dataclass
class _Reading:
    """What was read so far, where it stood, and what is wrong with it."""

    sheets: list[Sheet]
    data: Data = field(default_factory=lambda: {"series": {}, "event": {}, "islands": []})
    places: dict[Location, Where] = field(default_factory=dict)
    errors: list[PlanError] = field(default_factory=list)
    made_keys: set[Location] = field(default_factory=set)
    mistyped: set[int] = field(default_factory=set)
    """Numbers that islands with a wrong one seem to be meant to have: their places in the list."""

    def plan(self) -> Plan:
        self.tables = dict(self._found_tables())
        self._read_event()
        self._read_dates()
        islands = self._read_islands()
        self._read_below("contacts", PlannedContact, islands)
        self._read_below("offers", PlannedOffer, islands)
        self.errors += [error for table in self.tables.values() for error in table.errors]
        plan = None
        try:
            plan = checked(self.data, lambda: self.places)
        except PlanErrors as found:
            self.errors += [told for error in found.errors for told in self._told(error)]
        if plan is None or self.errors:
            raise PlanErrors(sorted(self.errors, key=self._order))
        return plan

    # --- sheets -----------------------------------------------------------------------------------

    def _found_tables(self) -> Iterable[tuple[str, Table]]:
        for name, words in SHEETS.items():
            said = {folded(each) for each in (words.german, words.english, *words.others)}
            found = [sheet for sheet in self.sheets if folded(sheet.name) in said]
            for other in found[1:]:
                self._wrong(other.cell(0, 0), "repeated_sheet", first=found[0].name)
            if found:
                is_english = folded(found[0].name) == folded(words.english)
                yield name, table_in(found[0], words, "en" if is_english else "de")
            elif words.is_needed:
                self._wrong(None, "missing_sheet", sheet=words.name(self._language()))

    def _language(self) -> str:
        """The file's: of its sheets' names."""
        names = {folded(sheet.name) for sheet in self.sheets}
        english = {folded(words.english) for words in SHEETS.values()}
        german = {folded(words.german) for words in SHEETS.values()}
        return "en" if len(names & english) > len(names & german) else "de"

    # --- rows -------------------------------------------------------------------------------------

    def _read_event(self) -> None:
        table = self.tables.get("event")
        seen: dict[tuple[str, str], Cell] = {}
        for row in table.rows() if table else ():
            self._read_field(row, seen)
        event, series = self.data["event"], self.data["series"]
        event.setdefault("locale", self._language())
        title, district = str(event.get("title", "")), str(event.get("district", ""))
        made = event_key_from(title, district, event.get("date"))
        event.setdefault("key", made or "event")
        series.setdefault("key", key_from(str(series.get("title", ""))) or "series")

    def _read_field(self, row: Row, seen: dict[tuple[str, str], Cell]) -> None:
        if "field" not in row.values or "value" not in row.cells:
            cell = row.cells.get("field")
            if cell is not None:
                self._wrong(cell, "missing")
            return
        for part, columns in (("series", SERIES_FIELDS), ("event", EVENT_FIELDS)):
            name = column_called(row.values["field"], columns)
            if name is None:
                continue
            if (part, name) in seen:
                self._wrong(row.cells["field"], "repeated_field", first=str(seen[part, name]))
                return
            seen[part, name] = row.cells["field"]
            self.places[part, name] = row.cells["value"]
            if "value" in row.values:
                value = as_planned(row.values["value"], column_of(name, columns).kind)
                self.data[part][name] = value
            elif name == "district":
                self.data[part][name] = ""  # may be empty, but has to be there
            return
        fields, language = (*SERIES_FIELDS, *EVENT_FIELDS), self._language()
        if suggestion := meant(row.values["field"], fields, language):
            self.tables["event"].meant.add(suggestion)
            self._wrong(row.cells["field"], "misspelt", suggestion=suggestion)
        else:
            names = ", ".join(column.name(language) for column in fields)
            self._wrong(row.cells["field"], "unknown_field", headings=names)

    def _read_dates(self) -> None:
        if "dates" in self.tables:
            dates: list[Data] = []
            self.data["series"]["dates"] = dates
            for row in self.tables["dates"].rows():
                self._place(("series", "dates", len(dates)), row, "date")
                dates.append(planned(row, SHEETS["dates"].columns))

    def _read_islands(self) -> dict[object, int]:
        """Number → place in the list, of the first with that number."""
        numbers: dict[object, int] = {}
        islands = self.data["islands"]
        for row in self.tables["islands"].rows() if "islands" in self.tables else ():
            at = len(islands)
            self._place(("islands", at), row, "number")
            islands.append(planned(row, SHEETS["islands"].columns))
            number = islands[at].get("number")
            if not isinstance(number, int) or number < 1 or number in numbers:
                self.mistyped.add(at + 1)
            numbers.setdefault(number, at)
        if "islands" in self.tables:
            self.places["islands",] = self.tables["islands"].start
        return numbers

    def _read_below(self, name: str, model: type[BaseModel], islands: Mapping[object, int]) -> None:
        """Contacts or offers, each to its island; those of no island are checked all the same."""
        for row in self.tables[name].rows() if name in self.tables else ():
            values = planned(row, SHEETS[name].columns)
            number = values.pop("island", None)
            is_key_made = name == "offers" and "key" not in values
            if is_key_made:
                values["key"] = key_from(str(values.get("title", ""))) or "offer"
            if number is not None and number in islands:
                at: Location = ("islands", islands[number], name)
                items = self.data["islands"][islands[number]].setdefault(name, [])
                self._place((*at, len(items)), row, "key")
                if is_key_made:
                    self.made_keys.add((*at, len(items), "key"))
                items.append(values)
            else:
                self._wrong_island(row, number)
                self._check_alone(row, values, model)

    def _place(self, location: Location, row: Row, first: str) -> None:
        self.places[location] = row.cells.get(first) or next(iter(row.cells.values()))
        for name, cell in row.cells.items():
            self.places[*location, name] = cell

    # --- errors -----------------------------------------------------------------------------------

    def _wrong(self, cell: Cell | None, kind: str, **parameters: object) -> None:
        self.errors.append(PlanError("", cell, MESSAGES[kind], parameters))

    def _wrong_island(self, row: Row, number: object) -> None:
        islands = self.tables.get("islands")
        if "island" not in row.cells:
            return  # the column is missing, and that was said
        if number is None:
            self._wrong(row.cells["island"], "missing")
        elif not isinstance(number, int) or isinstance(number, bool):
            self._wrong(row.cells["island"], "no_number")
        elif number in self.mistyped:
            return  # what is wrong is said where the island stands
        elif islands is not None and islands.is_found and "number" in islands.columns:
            self._wrong(row.cells["island"], "unknown_island", sheet=islands.sheet.name)

    def _check_alone(self, row: Row, values: Data, model: type[BaseModel]) -> None:
        try:
            model.model_validate(values)
        except ValidationError as error:
            places: dict[Location, Where] = {(name,): cell for name, cell in row.cells.items()}
            for each in error.errors(include_url=False):
                if each["type"] != "missing" or (each["loc"][0],) in places:
                    self.errors.append(explained(each, model, values, places))

    def _told(self, error: PlanError) -> Iterable[PlanError]:
        """The plan's error in the sheet's words; nothing for what was said already."""
        location = error.location
        name = _table_of(location)
        table = self.tables.get(name)
        if table is None or not table.is_found:
            return
        is_missing = error.message == MESSAGES["missing"]
        if is_missing and name == "event" and location not in self.places:
            columns = SERIES_FIELDS if location[0] == "series" else EVENT_FIELDS
            heading = column_of(str(location[-1]), columns).name(table.language)
            if table.columns.keys() >= {"field", "value"} and heading not in table.meant:
                about = {"heading": heading}
                yield PlanError("", table.start, MESSAGES["missing_field"], about, location)
        elif is_missing and name != "event" and table.is_without(str(location[-1])):
            return
        elif error.message == MESSAGES["duplicate"] and location in self.made_keys:
            yield PlanError(
                "", error.where, MESSAGES["duplicate_title"], error.parameters, location
            )
        else:
            yield error

    def _order(self, error: PlanError) -> tuple[int, int, int]:
        if not isinstance(error.where, Cell):
            return (-1, 0, 0)
        names = [sheet.name for sheet in self.sheets]
        return (names.index(error.where.sheet), error.where.row, error.where.column)


def _table_of(location: Location) -> str:
    if location[:2] == ("series", "dates"):
        return "dates"
    if location[0] != "islands":
        return "event"
    return str(location[2]) if len(location) > 2 and location[2] in SHEETS else "islands"

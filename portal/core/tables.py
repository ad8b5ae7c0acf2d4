"""The one reader of CSV: whatever a spreadsheet saved, as rows of text, or a refusal in words."""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from flask_babel import lazy_gettext as _l

from portal.core.errors import DomainError
from portal.core.sheets import FORMULA_STARTS

MOST_BYTES = 2 * 1024 * 1024
MOST_ROWS = 5_000
LONGEST_CELL = 10_000
DELIMITERS = (";", ",", "\t")
MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # .xlsx and .ods, .xls


class Reason(StrEnum):
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_MANY_ROWS = "too_many_rows"
    WORKBOOK = "workbook"
    NO_TEXT = "no_text"
    BROKEN = "broken"


MESSAGES = {
    Reason.EMPTY: _l("Die Datei enthält keine Zeilen. Wählen Sie eine andere Datei aus."),
    Reason.TOO_LARGE: _l("Die Datei ist größer als 2 MB. Teilen Sie sie in mehrere Dateien."),
    Reason.TOO_MANY_ROWS: _l(
        "Die Datei hat mehr als 5.000 Zeilen. Teilen Sie sie in mehrere Dateien."
    ),
    Reason.WORKBOOK: _l(
        "Das ist eine Arbeitsmappe und keine CSV-Datei. Speichern Sie sie in der"
        " Tabellenkalkulation als „CSV UTF-8“."
    ),
    Reason.NO_TEXT: _l(
        "Die Schrift dieser Datei ist nicht zu erkennen. Speichern Sie sie in der"
        " Tabellenkalkulation als „CSV UTF-8“."
    ),
    Reason.BROKEN: _l(
        "Die Datei lässt sich nicht in Zeilen und Zellen teilen. Meist fehlt ein schließendes"
        " Anführungszeichen. Speichern Sie sie neu als „CSV UTF-8“."
    ),
}


class TableRefused(DomainError):
    """422; `message` belongs to the field of the form."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(f"table refused: {reason}", message=MESSAGES[reason])
        self.reason = reason


@dataclass(frozen=True)
class Table:
    """`rows` are (number, cells): the number that the spreadsheet shows, the header's is 1. Rows
    without any text are left out."""

    header: list[str]
    rows: list[tuple[int, list[str]]]


def read_table(data: bytes, *, knows: Callable[[list[str]], int]) -> Table:
    """`knows` counts the columns of a header that somebody understands: that is how the delimiter
    is told from commas in a text. Raises TableRefused."""
    text = _text_of(data)
    records = _filled(_records(text, _delimiter(text, knows)))
    header = next(records, (0, []))[1]
    rows = list(islice(records, MOST_ROWS + 1))
    if not rows:
        raise TableRefused(Reason.EMPTY)
    if len(rows) > MOST_ROWS:
        raise TableRefused(Reason.TOO_MANY_ROWS)
    return Table(header, rows)


def starts_a_formula(cell: str) -> bool:
    """Some programs skip blanks before they look for a formula."""
    return any(start.startswith(FORMULA_STARTS) for start in (cell, cell.lstrip(" ")))


def _text_of(data: bytes) -> str:
    if not data.strip():
        raise TableRefused(Reason.EMPTY)
    if len(data) > MOST_BYTES:
        raise TableRefused(Reason.TOO_LARGE)
    if data.startswith(WORKBOOKS):
        raise TableRefused(Reason.WORKBOOK)
    marked = [name for mark, name in MARKS.items() if data.startswith(mark)]
    for encoding in marked or ("utf-8", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text
    raise TableRefused(Reason.NO_TEXT)


def _delimiter(text: str, knows: Callable[[list[str]], int]) -> str:
    """The best one for the first row that says something. Excel may name it itself: "sep=;"."""
    first = text.partition("\n")[0].strip()
    if first.lower().startswith("sep=") and first[4:] in DELIMITERS:
        return first[4:]
    return max(DELIMITERS, key=lambda each: knows(_header(text, each)))


def _header(text: str, delimiter: str) -> list[str]:
    """None where the delimiter is the wrong one and quotes break."""
    try:
        return next(_filled(_records(text, delimiter)), (0, []))[1]
    except TableRefused:
        return []


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(LONGEST_CELL)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    except csv.Error as error:
        raise TableRefused(Reason.BROKEN) from error


def _filled(records: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    for number, cells in enumerate(records, 1):
        if number == 1 and cells and cells[0].lower().startswith("sep="):
            continue
        if any(cell.strip() for cell in cells):
            yield number, cells

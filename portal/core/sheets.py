"""The one writer of CSV and of workbooks: opened in a spreadsheet, no cell becomes a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from portal.core.times import BERLIN

Cell = str | int | float | Decimal | date | datetime | None

MIMETYPE = "text/csv; charset=utf-8"
XLSX_MIMETYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NO_FORMULAS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # in XML
IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\']")
WIDEST = 60  # letters of a column
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with a mark and semicolons, as a German spreadsheet expects it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([_cell(name) for name in header])
    writer.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig", errors="replace")


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, date):  # a moment is a date, too
        return value.isoformat()
    if not isinstance(value, str):
        return str(value)
    text = value.replace("\0", "")
    # Some programs skip blanks before they look for a formula.
    starts = (text, text.lstrip(" "))
    return f"'{text}" if any(start.startswith(FORMULA_STARTS) for start in starts) else text


def xlsx_bytes(name: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A workbook of one sheet. Text is stored as text and numbers as numbers, so that nothing is
    guessed; moments stand there as the clocks in Berlin show them."""
    # 2 MB that no page needs.
    from xlsxwriter import Workbook  # noqa: PLC0415

    file = io.BytesIO()
    listed = [list(row) for row in rows]
    with Workbook(file, {"in_memory": True, **NO_FORMULAS}) as book:
        sheet = book.add_worksheet(IN_SHEET_NAMES.sub(" ", name)[:31].strip() or None)
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        kinds: dict[type, Any] = {
            datetime: book.add_format({"num_format": "dd.mm.yyyy hh:mm:ss", "align": "left"}),
            date: book.add_format({"num_format": "dd.mm.yyyy", "align": "left"}),
        }
        for column, title in enumerate(header):
            sheet.write_string(0, column, _text(title), bold)
            cells = [title, *(str(row[column] or "") for row in listed)]
            sheet.set_column(column, column, min(WIDEST, 2 + max(map(len, cells))))
        for number, row in enumerate(listed, 1):
            for column, cell in enumerate(row):
                _write(sheet, number, column, cell, kinds)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(1, len(listed)), max(0, len(header) - 1))
    return file.getvalue()


def _write(sheet: Any, row: int, column: int, cell: Cell, kinds: dict[type, Any]) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, datetime):
        sheet.write_datetime(row, column, _on_the_wall(cell), kinds[datetime])
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, cell, kinds[date])
    elif isinstance(cell, str):
        sheet.write_string(row, column, _text(cell))
    else:
        sheet.write_number(row, column, cell)


def _on_the_wall(moment: datetime) -> datetime:
    """Sheets know no time zones."""
    return moment.astimezone(BERLIN).replace(tzinfo=None, microsecond=0)


def _text(value: str) -> str:
    return UNWRITABLE.sub("", value)

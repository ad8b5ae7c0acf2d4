"""The one writer of CSV: opened in a spreadsheet, no cell becomes a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

Cell = str | int | float | Decimal | date | datetime | None

MIMETYPE = "text/csv; charset=utf-8"
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

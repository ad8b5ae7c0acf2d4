"""CSV: a German spreadsheet opens it, and nothing in it is a formula."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest

from portal.core.sheets import csv_bytes, xlsx_bytes


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_it_opens_in_a_german_spreadsheet() -> None:
    assert csv_bytes(["Titel", "Ort"], [["Wärme", "Hörde"]]) == (
        b"\xef\xbb\xbf" + "Titel;Ort\r\nWärme;Hörde\r\n".encode()
    )


def test_signs_of_the_format_are_quoted() -> None:
    row = ["a;b", 'sagt "ja"', "zwei\nZeilen", "Komma, Punkt."]

    assert read(csv_bytes(["A", "B", "C", "D"], [row]))[1] == row


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+49 231", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1", '=HYPERLINK("x")'],
)
def test_no_text_starts_a_formula(cell: str) -> None:
    [header, row] = read(csv_bytes([cell], [[cell]]))

    assert header == row == [f"'{cell}"]


def test_harmless_text_stays_as_it_is() -> None:
    row = ["a=b", "Preis - Leistung", "'", "", " x", "1.000"]

    assert read(csv_bytes(["x"] * 6, [row]))[1] == row


def test_values_are_written_so_that_machines_read_them() -> None:
    moment = datetime(2030, 5, 1, 12, 30, tzinfo=UTC)
    row = [None, 7, -7, 1.5, Decimal("-2.50"), date(2030, 5, 1), moment, True]

    assert read(csv_bytes(["x"] * 8, [row]))[1] == [
        "", "7", "-7", "1.5", "-2.50", "2030-05-01", "2030-05-01T12:30:00+00:00", "True",
    ]  # fmt: skip


def test_odd_characters_break_nothing() -> None:
    assert read(csv_bytes(["a"], [["x\0y \ud800 😀"]]))[1] == ["xy ? 😀"]


def sheet_of(*rows: list[object]) -> list[list[tuple[object, str]]]:
    """(value, kind of cell) as another program reads them; s is text, n a number, d a date."""
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes("Liste", ["A", "B"], rows)))
    return [[(cell.value, cell.data_type) for cell in row] for row in book.active.iter_rows()][1:]


def test_workbook_keeps_text_as_text_and_numbers_as_numbers() -> None:
    assert sheet_of(["=1+1", 3], ["007", 2.5], ["http://x.example", None]) == [
        [("=1+1", "s"), (3, "n")],
        [("007", "s"), (2.5, "n")],
        [("http://x.example", "s"), (None, "n")],
    ]


def test_workbook_shows_moments_as_the_clocks_in_berlin_do() -> None:
    summer = datetime(2026, 7, 1, 10, 30, 15, 999, tzinfo=UTC)

    assert sheet_of([summer, date(2026, 7, 1)])[0][0] == (datetime(2026, 7, 1, 12, 30, 15), "d")


def test_what_no_workbook_can_hold_is_left_out() -> None:
    assert sheet_of(["\x00a\x0b\ud83d\ufffe", "😀"])[0] == [("a", "s"), ("😀", "s")]


@pytest.mark.parametrize("name", ["", "a/b:c*[d]?", "'x'", "x" * 100])
def test_name_of_a_sheet_is_made_to_fit(name: str) -> None:
    assert openpyxl.load_workbook(io.BytesIO(xlsx_bytes(name, ["A"], []))).active.title

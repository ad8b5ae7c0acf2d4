"""CSV: a German spreadsheet opens it, and nothing in it is a formula."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from portal.core.sheets import csv_bytes


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

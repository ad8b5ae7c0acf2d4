"""Reads a file of partners: its columns, its rows, and what is wrong with each of them."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from flask_babel import gettext as _

from portal.core.errors import DomainError
from portal.core.search.analysis import fold
from portal.core.tables import read_table
from portal.partners.columns import HEADS, REQUIRED, Words, column_of, known_columns, read_row
from portal.partners.likeness import folded_name
from portal.partners.models import OrganisationKind, Standing
from portal.partners.problems import LABELS, Complaint, Problem
from portal.topics.queries import districts, themes

MOST_IGNORED = 20


class FileRefused(DomainError):
    """422; `message` belongs to the field of the form."""


@dataclass(frozen=True)
class Row:
    """One row: the number that the spreadsheet shows, its values, what is wrong with it."""

    number: int
    values: dict[str, Any]
    problems: list[Problem]


@dataclass(frozen=True)
class File:
    """`ignored` are heads of columns that the portal does not know."""

    digest: str
    ignored: list[str]
    rows: list[Row]


def heads() -> list[str]:
    """What the template offers, in its order."""
    return [str(LABELS[column]) for column in HEADS]


def example() -> list[str]:
    """One row of the template: whatever stands there is read without a complaint."""
    return [
        "Musterwerk GmbH",
        OrganisationKind.COMPANY.label,
        "www.musterwerk.example",
        "Hafenweg 3",
        "44147",
        "Dortmund",
        "Innenstadt-Nord",
        "Amtsgericht Dortmund",
        "HRB 12345",
        Standing.PARTNER.label,
        "30.04.2018",
        "; ".join(theme.name for theme in themes()[:2]),
        _("Ein Satz, der in der Liste steht."),
        "www.musterwerk.example/presse",
    ]


def read_file(data: bytes) -> File:
    """Slow, to be called before anything is written. Raises TableRefused or FileRefused."""
    table = read_table(data, knows=known_columns)
    columns = [column_of(head) for head in table.header]
    _check_columns(columns)
    ignored = [
        head.strip()[:60]
        for head, column in zip(table.header, columns, strict=True)
        if column is None and head.strip()
    ]
    words = Words(
        themes=_words(themes()),
        districts=_words(districts()),
    )
    rows = [_row(number, cells, columns, words) for number, cells in table.rows]
    return File(sha256(data).hexdigest(), ignored[:MOST_IGNORED], _without_doubles(rows))


def _words(records: tuple[Any, ...]) -> dict[str, int]:
    return {
        fold(spelling).replace(" ", ""): record.id
        for record in records
        for spelling in (record.slug, record.name)
    }


def _check_columns(columns: list[str | None]) -> None:
    missing = [str(LABELS[column]) for column in REQUIRED if column not in columns]
    if missing:
        raise FileRefused(
            f"missing: {missing}",
            message=_(
                "In der Kopfzeile fehlt: %(missing)s. Die erste Zeile nennt die Spalten, wie in der"
                " Vorlage.",
                missing=", ".join(missing),
            ),
        )
    twice = {str(LABELS[column]) for column in columns if column and columns.count(column) > 1}
    if twice:
        raise FileRefused(
            f"twice: {twice}",
            message=_(
                "Diese Spalte steht mehr als einmal in der Kopfzeile: %(twice)s. Löschen Sie eine"
                " davon.",
                twice=", ".join(sorted(twice)),
            ),
        )


def _row(number: int, cells: list[str], columns: list[str | None], words: Words) -> Row:
    typed = {column: cell for column, cell in zip(columns, cells, strict=False) if column}
    values, problems = read_row(typed, words)
    if any(cell.strip() for cell in cells[len(columns) :]):
        problems = [Problem("", Complaint.TOO_MANY_CELLS), *problems]
    return Row(number, values, problems)


def _without_doubles(rows: list[Row]) -> list[Row]:
    """The second of two rows of the same name or the same register is wrong."""
    first: dict[Any, int] = {}
    for row in rows:
        for sign in signs_of(row.values):
            if sign in first:
                row.problems.append(Problem("name", Complaint.TWICE, str(first[sign])))
                break
        else:
            first.update(dict.fromkeys(signs_of(row.values), row.number))
    return rows


def signs_of(values: dict[str, Any]) -> list[tuple[str, ...]]:
    """By what an organisation is known again."""
    name, number = folded_name(values["name"]), values["register_number"]
    signs: list[tuple[str, ...]] = [("name", name)] if name else []
    if number:
        signs.append(("register", fold(values["register_court"]), number))
    return signs

"""flask import-partners: the same import for whoever runs the portal."""

import pytest

from portal.cli import import_partners
from portal.core.database import db
from portal.partners.models import ImportState, PartnerImport
from tests.partners.test_importing import GOOD, MIXED, names, told


@pytest.fixture
def run(app, tmp_path):
    """What the command says for a file with this text."""

    def running(text, *options, typed=None):
        file = tmp_path / "partner.csv"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        db.session.rollback()
        return app.test_cli_runner().invoke(import_partners, [str(file), *options], input=typed)

    return running


def imports():
    db.session.rollback()
    return [(one.state, one.file_name) for one in db.session.query(PartnerImport)]


def test_dry_run_says_what_would_happen_and_keeps_nothing(run, windwerk):
    result = run(MIXED, "--dry-run")

    assert result.exit_code == 0
    assert "Row 4: Art: „Firma“ kennt das Portal nicht." in result.output
    assert "1 new, 1 known, 1 with errors." in result.output
    assert (imports(), names()) == ([], ["Windwerk eG"])


def test_yes_enters_them_without_a_question(run):
    result = run(GOOD, "--yes")

    assert (result.exit_code, names()) == (0, ["Musterwerk", "Probebank"])
    assert "2 organisations are in the directory." in result.output
    assert imports() == [(ImportState.IMPORTED, "partner.csv")]
    assert [(fact, by) for fact, by, *_ in told()] == [("PartnersImported", None)]


@pytest.mark.parametrize(("typed", "entered"), [("n\n", []), ("y\n", ["Musterwerk", "Probebank"])])
def test_without_yes_it_asks_first(run, typed, entered):
    run(GOOD, typed=typed)

    assert names() == entered


def test_errors_block_unless_they_are_skipped(run, windwerk):
    blocked = run(MIXED, "--yes")
    assert blocked.exit_code == 1
    assert "Einige Zeilen haben Fehler." in blocked.output
    assert (imports(), names()) == ([], ["Windwerk eG"])

    assert run(MIXED, "--yes", "--skip-errors").exit_code == 0
    assert names() == ["Musterwerk", "Windwerk eG"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"", "Die Datei enthält keine Zeilen."),
        (b"Name\nx", "In der Kopfzeile fehlt: Art."),
        (b"x" * 3_000_000, "größer als 2 MB"),
        (b"a\0b", "Die Schrift dieser Datei ist nicht zu erkennen."),
    ],
)
def test_file_that_cannot_be_read_is_refused_in_words(run, text, words):
    result = run(text, "--yes")

    assert result.exit_code == 1
    assert words in result.output


def test_file_that_does_not_exist_is_named(app):
    result = app.test_cli_runner().invoke(import_partners, ["nirgends.csv"])

    assert result.exit_code == 2
    assert "nirgends.csv" in result.output

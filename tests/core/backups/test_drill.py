"""The drill: everything is lost, the archive brings it back, and people go on working."""

import os
import shutil
import stat
from pathlib import Path
from zipfile import ZipFile

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.cli import AppGroup
from flask.testing import FlaskClient
from flask_migrate import downgrade

from portal.cli import allow_migrations
from portal.core.backups import manifest as contents
from portal.core.backups import schema
from portal.core.database import db
from tests.cast import PASSWORD
from tests.core.backups.acting import files_of, rows_of, run, scalar

SERVER = os.environ.get("PORTAL_TEST_DATABASE_URL")


def lose_everything(app: Flask) -> None:
    with app.app_context():
        metadata = sa.MetaData()
        metadata.reflect(db.engine)
        with db.engine.begin() as connection:
            if db.engine.dialect.name == "postgresql":
                names = ", ".join(f'"{name}"' for name in metadata.tables)
                connection.exec_driver_sql(f"DROP TABLE {names}")
        db.engine.dispose()
        for file in app.config["DATA_DIR"].glob("portal.sqlite*"):
            file.unlink()
        shutil.rmtree(app.config["DATA_DIR"] / "media")


def logged_in(app: Flask) -> FlaskClient:
    client = app.test_client()
    person = {"email": "partner@demo.example", "password": PASSWORD}
    assert client.post("/konto/anmelden", data=person).status_code == 303
    return client


def test_what_was_lost_is_back(alliance: Flask, archive: Path) -> None:
    rows, files = rows_of(alliance), files_of(alliance)
    lose_everything(alliance)

    answer = run(alliance, "restore", str(archive.parent))

    assert answer.exit_code == 0, answer.output
    assert len(rows) > 48
    assert rows_of(alliance) == rows
    assert files_of(alliance) == files and len(files) > 10


def test_people_log_in_and_find_after_it(install, archive: Path) -> None:
    app = install("people")
    run(app, "restore", str(archive))

    with app.app_context():
        client = logged_in(app)

        assert client.get("/mein").status_code == 200
        assert "<mark>" in client.get("/suche?q=Mobilität").text
        assert client.get("/readyz").text == "ready\n"


def test_new_things_get_numbers_that_were_never_given(install, archive: Path) -> None:
    app = install("counting")
    run(app, "restore", str(archive))
    largest = scalar(app, 'SELECT max(id) FROM "user"')

    answer = run(
        app, "create-office-user", "neu@office.example", "--first-name=Nele", "--last-name=Neu",
        "--password=eine lange Losung",
    )  # fmt: skip

    assert answer.exit_code == 0, answer.output
    assert scalar(app, 'SELECT max(id) FROM "user"') == largest + 1


def test_archive_is_private_whole_and_without_settings(alliance: Flask, archive: Path) -> None:
    with ZipFile(archive) as members:
        manifest = contents.read(members.read(contents.MANIFEST))
        everything = b"".join(members.read(name) for name in members.namelist())

    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    assert [file.name for file in archive.parent.iterdir()] == [archive.name]
    assert manifest.revision == schema.newest() and manifest.missing == []
    assert manifest.tables["user"].rows == scalar(alliance, 'SELECT count(*) FROM "user"')
    assert alliance.config["SECRET_KEY"].encode() not in everything


def test_restoring_needs_a_word_where_people_have_worked(alliance: Flask, archive: Path) -> None:
    rows = rows_of(alliance)

    refused = run(alliance, "restore", str(archive))
    told = run(alliance, "restore", str(archive), "--replace")

    assert refused.exit_code == 1 and "--replace" in refused.output
    assert told.exit_code == 0, told.output
    assert rows_of(alliance) == rows


def test_everybody_logs_in_again_and_kept_pages_count_as_old(
    alliance: Flask, archive: Path
) -> None:
    with alliance.app_context():
        client = logged_in(alliance)
    seen = scalar(alliance, "SELECT number FROM public_generation")

    run(alliance, "restore", str(archive), "--replace")

    with alliance.app_context():
        assert client.get("/mein").status_code == 302
    assert scalar(alliance, "SELECT number FROM public_generation") > seen


def test_older_schema_is_brought_up_to_date(install, archive: Path, tmp_path: Path) -> None:
    app = install("older")
    run(app, "restore", str(archive))
    allow_migrations(app)
    with app.app_context():
        downgrade(revision="-1")
        db.session.remove()
    run(app, "backup", str(tmp_path))

    answer = run(app, "restore", str(tmp_path), "--replace")

    assert answer.exit_code == 0, answer.output
    assert scalar(app, "SELECT version_num FROM alembic_version") == schema.newest()
    assert scalar(app, 'SELECT count(*) FROM "user"') > 14


@pytest.mark.postgres
@pytest.mark.skipif(not SERVER, reason="PORTAL_TEST_DATABASE_URL is not set")
def test_archive_goes_from_one_engine_to_the_other_and_back(
    install, alliance: Flask, archive: Path, tmp_path: Path
) -> None:
    rows = rows_of(alliance)
    small = install("small", embedded=True)

    first = run(small, "restore", str(archive))
    assert run(small, "backup", str(tmp_path)).exit_code == 0
    second = run(alliance, "restore", str(tmp_path), "--replace")

    assert (first.exit_code, second.exit_code) == (0, 0), first.output + second.output
    assert rows_of(small) == rows
    assert rows_of(alliance) == rows


def test_rows_without_files_are_restored_to_a_store_that_has_them(
    alliance: Flask, archive: Path, tmp_path: Path
) -> None:
    rows, files = rows_of(alliance), files_of(alliance)
    told = run(alliance, "backup", str(tmp_path), "--without-media")

    answer = run(alliance, "restore", str(tmp_path), "--replace")

    assert "no media" in told.output and answer.exit_code == 0
    assert (rows_of(alliance), files_of(alliance)) == (rows, files)


def test_missing_file_is_named_and_stops_no_backup(install, archive: Path, tmp_path: Path) -> None:
    app = install("damaged")
    run(app, "restore", str(archive))
    key = scalar(app, "SELECT min(key) FROM picture")
    shutil.rmtree(app.config["DATA_DIR"] / "media" / key)

    answer = run(app, "backup", str(tmp_path))

    assert answer.exit_code == 0 and key in answer.stderr


def test_keep_deletes_the_oldest(alliance: Flask, tmp_path: Path) -> None:
    for day in ("20261101", "20261102", "20261103"):
        (tmp_path / f"portal-{day}T031700Z.zip").touch()

    answer = run(alliance, "backup", str(tmp_path), "--without-media", "--keep=2")

    kept = sorted(file.name for file in tmp_path.iterdir())
    assert answer.exit_code == 0 and len(kept) == 2
    assert kept[0] == "portal-20261103T031700Z.zip"


def test_check_is_run_where_the_portal_has_it(
    alliance: Flask, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    group = AppGroup()
    checked = group.command("check")(lambda: print("checked"))
    monkeypatch.setitem(alliance.cli.commands, "check", checked)

    answer = run(alliance, "restore", str(archive), "--replace")

    assert answer.output.endswith("checked\n")


def test_without_tables_there_is_nothing_to_keep(install, tmp_path: Path) -> None:
    answer = run(install("nothing"), "backup", str(tmp_path))

    assert answer.exit_code == 1 and "make migrate" in answer.output
    assert list(tmp_path.iterdir()) == []


def test_folder_without_an_archive_is_said(alliance: Flask, tmp_path: Path) -> None:
    answer = run(alliance, "restore", str(tmp_path))

    assert answer.exit_code == 1 and "no archive" in answer.output


@pytest.mark.parametrize("name", ["backup", "restore"])
def test_commands_have_a_help_text(alliance: Flask, name: str) -> None:
    answer = run(alliance, name, "--help")

    assert answer.exit_code == 0 and "DIR" in answer.output

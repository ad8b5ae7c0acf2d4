"""Others write meanwhile, the disk is full, somebody pulls the plug: whole, or not at all."""

import fcntl
import json
import multiprocessing
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zipfile import ZipFile

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.accounts.facts import PasswordChanged
from portal.accounts.models import User
from portal.core import generation
from portal.core.backups import checking, restoring, snapshots
from portal.core.backups.snapshots import snapshot
from portal.core.database import db, transaction
from portal.core.facts import tell
from portal.core.pictures.storage import MediaStore
from tests.core.backups.acting import files_of, rows_of, run, scalar
from tests.notifications.servers import free_port

FORK = multiprocessing.get_context("fork")
ROOT = Path(__file__).parents[3]


def someone_writes(app: Flask) -> None:
    """One line of history and one letter, in one transaction."""
    with app.app_context(), transaction(writing=True):
        user = db.session.scalar(sa.select(User).order_by(User.id).limit(1))
        tell(PasswordChanged(by=user, about=user))


def told(rows: list[list[object]]) -> int:
    names = {"PasswordChanged", "accounts/password_changed"}
    return sum(bool(names.intersection(map(str, row))) for row in rows)


def told_in(file: Path) -> tuple[int, int]:
    """(lines of history, letters) of what `someone_writes` did."""
    with ZipFile(file) as archive:
        tables = ("history_entry", "letter")
        parts = [archive.read(f"tables/{name}.jsonl").splitlines() for name in tables]
    history, letters = ([json.loads(line) for line in part] for part in parts)
    return told(history), told(letters)


def keeps_writing(app: Flask, started: object) -> None:
    with app.app_context():
        db.engine.dispose(close=False)  # the parent's connections stay the parent's
    while True:
        someone_writes(app)
        started.set()


@pytest.fixture
def writer(alliance: Flask):
    started = FORK.Event()
    process = FORK.Process(target=keeps_writing, args=(alliance, started), daemon=True)
    process.start()
    assert started.wait(20)
    yield process
    process.kill()
    process.join()


def test_no_letter_is_kept_without_its_history(alliance: Flask, writer, tmp_path: Path) -> None:
    counted = []
    for number in range(4):
        answer = run(alliance, "backup", str(tmp_path / str(number)))
        assert answer.exit_code == 0, answer.output
        counted.append(told_in(next((tmp_path / str(number)).glob("*.zip"))))

    assert all(history == letters for history, letters in counted)
    assert counted[0] < counted[-1]


def test_snapshot_sees_nothing_that_came_after_it(alliance: Flask) -> None:
    with alliance.app_context():
        url = db.engine.url
    with snapshot(url) as source:
        before = told(list(source.rows("history_entry")))
        someone_writes(alliance)
        assert told(list(source.rows("letter"))) == before

    assert scalar(alliance, "SELECT count(*) FROM letter") > before


def test_without_one_transaction_the_letter_would_be_there_alone(
    alliance: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control."""
    with alliance.app_context():
        engine = db.engine
    monkeypatch.setattr(snapshots, "_freeze", lambda connection: None)
    with snapshot(engine.url) as source:
        history = told(list(source.rows("history_entry")))
        if source.engine == "sqlite":
            source.connection.connection.driver_connection.execute("COMMIT")
        someone_writes(alliance)
        assert told(list(source.rows("letter"))) == history + 1


def settings_of(app: Flask) -> dict[str, str]:
    return os.environ | {
        "PORTAL_ENV": "demo",
        "PORTAL_DATA_DIR": str(app.config["DATA_DIR"]),
        "PORTAL_DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
        "PORTAL_SECRET_KEY": app.config["SECRET_KEY"],
        "PORTAL_BASE_URL": app.config["BASE_URL"],
        "PYTHONPATH": str(ROOT),
    }


def on_a_disk_of(bytes_: int, app: Flask, *words: str) -> subprocess.CompletedProcess[str]:
    """Every file may have so many bytes."""
    command = [sys.executable, "-m", "flask", "--app", "portal", *words]
    return subprocess.run(
        command,
        env=settings_of(app),
        cwd=ROOT,
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_, bytes_)),
    )


def test_full_disk_leaves_no_half_archive(alliance: Flask, tmp_path: Path) -> None:
    answer = on_a_disk_of(200_000, alliance, "backup", str(tmp_path))

    assert answer.returncode == 1 and "There is no backup" in answer.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("bytes_", [100_000, 3_000_000])
def test_full_disk_changes_nothing_at_a_restore(
    alliance: Flask, archive: Path, bytes_: int
) -> None:
    """PostgreSQL's files are not this process's, so there the restore may succeed."""
    before = rows_of(alliance), files_of(alliance)

    answer = on_a_disk_of(bytes_, alliance, "restore", str(archive), "--replace")

    if answer.returncode:
        assert "Nothing was restored" in answer.stderr, answer.stderr
        assert (rows_of(alliance), files_of(alliance)) == before
    assert not list(alliance.config["DATA_DIR"].glob("*.restoring"))
    assert run(alliance, "restore", str(archive), "--replace").exit_code == 0


def dies_at_the_end(app: Flask, file: Path) -> None:
    def pull_the_plug(_: sa.Connection) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    with app.app_context():
        db.engine.dispose(close=False)
        with checking.opened(file) as archive:
            restoring.restore_rows(archive, url=db.engine.url, finish=pull_the_plug)


def test_restore_that_is_killed_leaves_the_old_rows(alliance: Flask, archive: Path) -> None:
    someone_writes(alliance)
    before = rows_of(alliance)
    process = FORK.Process(target=dies_at_the_end, args=(alliance, archive))

    process.start()
    process.join()

    assert process.exitcode == -signal.SIGKILL
    assert rows_of(alliance) == before
    assert run(alliance, "restore", str(archive), "--replace").exit_code == 0
    assert rows_of(alliance) != before


@contextmanager
def somebody_writes_all_the_time(url: sa.URL) -> Iterator[None]:
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql("UPDATE organisation SET name = name")
        yield
        connection.rollback()


def test_restore_gives_up_while_somebody_else_holds_the_rows(
    alliance: Flask, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(restoring, "PATIENCE", 0.1)
    before = rows_of(alliance)
    with alliance.app_context():
        url = db.engine.url

    with somebody_writes_all_the_time(url):
        answer = run(alliance, "restore", str(archive), "--replace")

    assert answer.exit_code == 1 and "Nothing was restored" in answer.output
    assert isinstance(answer.exception, SystemExit)
    assert rows_of(alliance) == before


def test_two_restores_do_not_share_their_second_file(alliance: Flask, archive: Path) -> None:
    """SQLite; PostgreSQL lets one wait for the other."""
    beside = alliance.config["DATA_DIR"] / "portal.sqlite.restoring"
    with beside.open("wb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        answer = run(alliance, "restore", str(archive), "--replace")
    beside.unlink()

    refused = "somebody else is restoring" in answer.output
    assert refused == (alliance.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite"))


def test_store_that_does_not_answer_is_said_in_words(
    alliance: Flask, archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    nobody = f"s3://bucket?endpoint=http://127.0.0.1:{free_port()}&region=eu-central-1"
    store = MediaStore(nobody, alliance.config["DATA_DIR"])
    monkeypatch.setitem(alliance.extensions, "media", store)
    before = rows_of(alliance)

    written = run(alliance, "backup", str(tmp_path))
    restored = run(alliance, "restore", str(archive), "--replace")

    assert "There is no backup" in written.output and not list(tmp_path.iterdir())
    assert "Nothing was restored" in restored.output
    assert rows_of(alliance) == before


def test_backup_that_was_killed_is_cleared_away_after_a_day(
    alliance: Flask, tmp_path: Path
) -> None:
    old, new = (tmp_path / f".portal-2026110{day}T031700Z.zip.part" for day in (1, 2))
    old.touch()
    new.touch()
    os.utime(old, (time.time() - 90_000,) * 2)

    run(alliance, "backup", str(tmp_path), "--without-media")

    assert not old.exists() and new.exists()


def test_portal_that_goes_on_during_a_restore_shows_the_new_rows(
    alliance: Flask, archive: Path
) -> None:
    """Its connections stay open all the time."""
    with alliance.app_context():
        client = alliance.test_client()
        assert client.get("/partner").status_code == 200
        generation.forget()

    run(alliance, "restore", str(archive), "--replace")

    with alliance.app_context():
        assert client.get("/partner").status_code == 200
        assert client.get("/readyz").text == "ready\n"

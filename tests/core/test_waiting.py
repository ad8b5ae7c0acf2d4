"""Writers of SQLite wait in a line; what is read first keeps nobody waiting."""

import fcntl
import multiprocessing
import os
import signal
import threading
import time

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from portal.accounts.models import User
from portal.core import waiting
from portal.core.database import db, reading_first, transaction
from portal.core.waiting import Line


@pytest.fixture
def line(tmp_path):
    return Line(str(tmp_path / "some.sqlite"))


def hold(file, ready):
    """A process that has its turn and never leaves."""
    Line(file).wait({})
    ready.set()
    time.sleep(60)


@pytest.fixture
def holder(tmp_path):
    spawn = multiprocessing.get_context("spawn")
    ready = spawn.Event()
    process = spawn.Process(target=hold, args=(str(tmp_path / "some.sqlite"), ready), daemon=True)
    process.start()
    assert ready.wait(30)
    yield process
    process.kill()
    process.join()


def is_free(tmp_path):
    door = os.open(tmp_path / "some.sqlite-line", os.O_RDWR)
    try:
        fcntl.flock(door, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(door)
    return True


def test_one_after_the_other(line):
    inside, most = 0, 0

    def write():
        nonlocal inside, most
        for _ in range(20):
            turn = {}
            line.wait(turn)
            inside += 1
            most = max(most, inside)
            time.sleep(0.0005)
            inside -= 1
            line.leave(turn)

    threads = [threading.Thread(target=write) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert most == 1


def test_turn_of_a_killed_process_is_over(line, holder, tmp_path):
    assert not is_free(tmp_path)

    os.kill(holder.pid, signal.SIGKILL)
    holder.join()

    line.wait({})
    assert not is_free(tmp_path)


def test_who_has_waited_too_long_goes_on(line, holder, monkeypatch):
    monkeypatch.setattr(waiting, "PATIENCE", 0.05)
    turn = {}

    begin = time.monotonic()
    line.wait(turn)
    line.leave(turn)

    assert 0.04 < time.monotonic() - begin < 2


def test_where_no_file_can_be_made_writers_go_on(tmp_path):
    line = Line(str(tmp_path / "no-such-folder" / "some.sqlite"))

    for _ in range(2):
        turn = {}
        line.wait(turn)
        line.leave(turn)

    assert turn == {}


def test_turn_is_over_with_the_transaction(app, tmp_path):
    """PostgreSQL's writers need no line."""
    on_sqlite = db.engine.dialect.name == "sqlite"
    file = f"{db.engine.url.database}-line" if on_sqlite else tmp_path / "line"
    door = os.open(file, os.O_CREAT | os.O_RDWR)

    def is_taken():
        try:
            fcntl.flock(door, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        fcntl.flock(door, fcntl.LOCK_UN)
        return False

    seen = []
    for end in (db.session.commit, db.session.rollback):
        db.session.execute(sa.text("SELECT 1"))
        seen.append(is_taken())
        end()
        seen.append(is_taken())
    os.close(door)

    assert seen == [on_sqlite, False, on_sqlite, False]


def test_what_is_read_first_stays_and_cannot_be_written(olga, statements):
    """On PostgreSQL it is all one transaction, which may write from the beginning."""
    with transaction(writing=True):
        with reading_first():
            found = db.session.get(User, olga.id)
            if db.engine.dialect.name == "sqlite":
                with pytest.raises(DBAPIError, match=r"(?i)read-?only"):
                    db.session.execute(sa.text("DELETE FROM theme"))
        with statements() as sent:
            assert found.first_name == "Olga"
        found.first_name = "Olivia"

    assert sent.number == 0
    assert db.session.scalar(sa.select(User.first_name)) == "Olivia"

"""Writers of SQLite wait in a line. SQLite's own way is to look again after pauses that grow to a
tenth of a second: under load whoever comes next gets the lock, whoever has waited long looks seldom
and is turned away in the end. Here the threads of a process hand over to each other, and the
processes look each millisecond.

It is a courtesy and no lock: who has waited too long goes on to BEGIN IMMEDIATE, which decides."""

import fcntl
import os
import threading
import time
from contextlib import suppress
from typing import Any

import sqlalchemy as sa

PATIENCE = 5.0  # seconds, as SQLite has, too
PAUSE = 0.001
MINE = "has_its_turn"  # stands in the connection's info


class Line:
    """Of one database file. A lock on the file beside it ends with the process that holds it."""

    def __init__(self, file: str) -> None:
        self._file = f"{file}-line"
        self._in_this_process = threading.Lock()

    def wait(self, info: dict[Any, Any]) -> None:
        """Before BEGIN IMMEDIATE, with the info of the connection."""
        deadline = time.monotonic() + PATIENCE
        if MINE in info or not self._in_this_process.acquire(timeout=PATIENCE):
            return
        try:
            info[MINE] = door = os.open(self._file, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        except OSError:  # no room for a file: SQLite itself will say what is wrong
            self._in_this_process.release()
            return
        while time.monotonic() < deadline:
            with suppress(BlockingIOError):
                fcntl.flock(door, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            time.sleep(PAUSE)

    def leave(self, info: dict[Any, Any]) -> None:
        """After the commit or the rollback; who never waited leaves nothing."""
        door = info.pop(MINE, None)
        if door is not None:
            os.close(door)
            self._in_this_process.release()


def line_of(engine: sa.Engine) -> Line | None:
    """None for a database in memory, which no other connection knows."""
    file = engine.url.database
    if not file or file == ":memory:":
        return None
    line = Line(file)
    sa.event.listen(engine, "checkin", lambda _driver, record: line.leave(record.info))
    return line

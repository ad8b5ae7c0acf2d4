"""One database and one process: asks pages in-process, and says what each answer cost. Reads lines
of "number address", writes "milliseconds of CPU, statements, status"."""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa
from flask import Flask
from werkzeug.test import EnvironBuilder

import config
from portal import create_app
from portal.core import generation
from portal.core.database import db
from portal.core.shelves import Shelf

NOT_COUNTED = ("BEGIN", "PRAGMA", "SET ")


def main() -> None:
    app = create_app(config.from_environment())
    sent: list[str] = []
    with app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", lambda *call: sent.append(call[2]))
    clock = _clock(engine)
    for line in sys.stdin:
        number, address = line.split()
        _ask(app, address, 2)  # the first one fills what is kept per generation
        sent.clear()
        status = _ask(app, address, 1)
        statements = sum(not statement.startswith(NOT_COUNTED) for statement in sent)
        before = clock()
        _ask(app, address, int(number))
        print(1000 * (clock() - before) / int(number), statements, status, flush=True)


def _ask(app: Flask, address: str, number: int) -> str:
    """Past the test client, which would cost as much as a small page. The last answer's status."""
    environ = EnvironBuilder(path=address, base_url=os.environ["PORTAL_BASE_URL"]).get_environ()
    answered = ""

    def start(status: str, *_: object) -> Callable[[bytes], object]:
        nonlocal answered
        answered = status
        return lambda _: None

    for _ in range(number):
        if "frisch=1" in address:  # as if something had just been published
            generation.forget()
        if "neu=1" in address:  # as if nobody had searched for these words yet
            for shelf in generation.kept():
                if isinstance(shelf, Shelf):
                    shelf.forget_words()
        answer = app.wsgi_app(dict(environ), start)
        b"".join(answer)
        if hasattr(answer, "close"):
            answer.close()
    return answered.split()[0]


def _clock(engine: sa.Engine) -> Callable[[], float]:
    """Seconds of CPU so far: of this process, and of the server's process that works for it."""
    if engine.dialect.name != "postgresql":
        return time.process_time
    engine.dispose()

    def seconds() -> float:
        return time.process_time() + _of_server(engine)

    return seconds


def _of_server(engine: sa.Engine) -> float:
    """One request at a time uses one connection, which the pool gives us, too."""
    with engine.connect() as connection:
        driver = connection.connection.dbapi_connection
        pid = driver.info.backend_pid  # type: ignore[union-attr]
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9


if __name__ == "__main__":
    main()

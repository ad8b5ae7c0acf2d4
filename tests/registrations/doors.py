"""Processes of their own that post at the same moment: doors, and the desk behind them."""

import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from threading import BrokenBarrierError
from typing import Any
from unittest.mock import patch

import sqlalchemy as sa

from config import Settings
from portal import create_app
from portal.accounts.sessions import KEY
from portal.core.database import db
from portal.core.limits import limiter
from portal.registrations.services import checking_in
from tests.client import PortalClient

SECONDS = 60
MEETING = 0.7
LOOK = checking_in.require


@dataclass(frozen=True)
class Post:
    """`guarded=False` lets in without asking whether somebody else did."""

    address: str
    data: dict[str, str]
    session_key: str
    guarded: bool = True


@dataclass
class Doors:
    pipes: list[Connection] = field(default_factory=list)

    def at_once(self, *posts: Post) -> list[int]:
        for pipe, post in zip(self.pipes, posts, strict=True):
            pipe.send(post)
        return [self._status(pipe) for pipe in self.pipes]

    @staticmethod
    def _status(pipe: Connection) -> int:
        assert pipe.poll(SECONDS), "a process gave no answer"
        status = pipe.recv()
        assert isinstance(status, int), status
        return status


@contextmanager
def two_doors(settings: Settings) -> Iterator[Doors]:
    spawn = multiprocessing.get_context("spawn")
    start, meeting = spawn.Barrier(2), spawn.Barrier(2)
    doors, processes = Doors(), []
    for _ in range(2):
        here, there = spawn.Pipe()
        process = spawn.Process(target=_run, args=(settings, there, start, meeting), daemon=True)
        process.start()
        doors.pipes.append(here)
        processes.append(process)
    try:
        for pipe in doors.pipes:
            assert pipe.poll(SECONDS) and pipe.recv() == "ready"
        yield doors
    finally:
        for pipe in doors.pipes:
            with suppress(OSError):
                pipe.send(None)
        for process in processes:
            process.join(10)
            process.kill()


def _run(settings: Settings, pipe: Connection, start: Barrier, meeting: Barrier) -> None:
    app = create_app(settings)
    app.test_client_class = PortalClient
    limiter.enabled = False
    pipe.send("ready")
    while post := pipe.recv():
        try:
            with app.app_context():
                pipe.send(_post(app.test_client(), post, start, meeting))
                db.session.remove()
        except Exception as error:
            pipe.send(repr(error))


def _post(client: Any, post: Post, start: Barrier, meeting: Barrier) -> int:
    """Both doors wait where each has found the person; a lock lets only one of them get here."""
    with client.session_transaction() as session:
        session[KEY] = post.session_key

    def look_and_meet(*args: Any) -> None:
        LOOK(*args)
        with suppress(BrokenBarrierError):
            meeting.wait(MEETING)
        with suppress(Exception):
            meeting.reset()

    asked = checking_in.not_inside if post.guarded else sa.true
    with (
        patch.object(checking_in, "require", look_and_meet),
        patch.object(checking_in, "not_inside", asked),
    ):
        start.wait(SECONDS)
        status: int = client.post(post.address, data=post.data).status_code
    return status

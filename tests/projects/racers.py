"""Two processes, each with an app of its own, that post at the same moment."""

import multiprocessing
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from io import BytesIO
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from threading import BrokenBarrierError
from typing import Any
from unittest.mock import patch

from sqlalchemy import select

from config import Settings
from portal import create_app
from portal.accounts.sessions import KEY
from portal.core import workflows
from portal.core.database import db
from portal.core.limits import limiter
from portal.joint import queries as joint
from portal.joint.models import JointDecision, JointState
from portal.joint.workflow import WORKFLOW as JOINT
from portal.partners.models import ImportState
from portal.partners.services import importing
from portal.partners.workflow import IMPORTS
from portal.projects.models import Basis, CommentState, ReviewState
from portal.projects.queries import taking_part
from portal.projects.services import commenting, drafting, judging, media, naming, revising
from portal.projects.workflow import COMMENTS, PARTS, WORKFLOW
from tests.client import PortalClient

SECONDS = 60
MEETING = 0.7


@dataclass(frozen=True)
class Post:
    """What one of the two does; bytes are sent as a file. `guarded=False` takes versions and states
    out of the checks, and what is compared with the portal; `locked=False` lets both change who
    takes part in a project."""

    address: str
    data: dict[str, Any]
    session_key: str
    guarded: bool = True
    locked: bool = True


@dataclass(frozen=True)
class Answer:
    status: int
    text: str


@dataclass
class Racers:
    pipes: list[Connection] = field(default_factory=list)

    def race(self, *posts: Post) -> list[Answer]:
        for pipe, post in zip(self.pipes, posts, strict=True):
            pipe.send(post)
        return [self._answer(pipe) for pipe in self.pipes]

    def without_guards(self, *posts: Post) -> list[Answer]:
        return self.race(*(replace(post, guarded=False) for post in posts))

    def without_locks(self, *posts: Post) -> list[Answer]:
        return self.race(*(replace(post, locked=False) for post in posts))

    @staticmethod
    def _answer(pipe: Connection) -> Answer:
        assert pipe.poll(SECONDS), "a process gave no answer"
        answer = pipe.recv()
        assert isinstance(answer, Answer), answer
        return answer


@contextmanager
def two_racers(settings: Settings) -> Iterator[Racers]:
    """Processes of their own: what a lock inside of one process would hide, shows."""
    spawn = multiprocessing.get_context("spawn")
    start, meeting = spawn.Barrier(2), spawn.Barrier(2)
    racers, processes = Racers(), []
    for _ in range(2):
        here, there = spawn.Pipe()
        process = spawn.Process(target=_run, args=(settings, there, start, meeting), daemon=True)
        process.start()
        racers.pipes.append(here)
        processes.append(process)
    try:
        for pipe in racers.pipes:
            assert pipe.poll(SECONDS), "a process did not start"
            assert pipe.recv() == "ready"
        yield racers
    finally:
        for pipe in racers.pipes:
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


def _post(client: Any, post: Post, start: Barrier, meeting: Barrier) -> Answer:
    with client.session_transaction() as session:
        session[KEY] = post.session_key
    with ExitStack() as patches:
        check = _meeting(meeting) if post.guarded else _meeting(meeting, lambda *_: None)
        patches.enter_context(patch.object(workflows, "check_version", check))
        for services in (drafting, commenting, judging, media):
            patches.enter_context(patch.object(services, "check_version", check))
        find = _after(meeting, importing.waiting_import if post.guarded else lambda _: None)
        patches.enter_context(patch.object(importing, "waiting_import", find))
        if not post.guarded:
            patches.enter_context(patch.dict(WORKFLOW.steps, _open_steps()))
            patches.enter_context(patch.dict(COMMENTS.steps, _open_comments()))
            patches.enter_context(patch.object(commenting, "_check_state", lambda *_: None))
            patches.enter_context(patch.dict(IMPORTS.steps, _open_imports()))
            patches.enter_context(patch.dict(PARTS.steps, _open_parts()))
            patches.enter_context(patch.dict(JOINT.steps, _open_joint()))
            patches.enter_context(patch.object(joint, "open_one", _last_of))
            patches.enter_context(patch.object(naming, "find_part", lambda *_: None))
            patches.enter_context(patch.object(revising, "is_writable", lambda *_: True))
            patches.enter_context(patch.object(importing, "_with_outcomes", _all_new))
        if not post.locked:
            patches.enter_context(patch.object(taking_part, "hold", lambda _: None))
        start.wait(SECONDS)
        response = client.post(post.address, data=_with_files(post.data))
        return Answer(response.status_code, response.text)


def _open_steps() -> dict[str, workflows.Step]:
    everywhere = frozenset(ReviewState)
    return {name: replace(step, leaves=everywhere) for name, step in WORKFLOW.steps.items()}


def _open_comments() -> dict[str, workflows.Step]:
    everywhere = frozenset(CommentState)
    return {name: replace(step, leaves=everywhere) for name, step in COMMENTS.steps.items()}


def _open_parts() -> dict[str, workflows.Step]:
    everywhere = frozenset(Basis)
    return {name: replace(step, leaves=everywhere) for name, step in PARTS.steps.items()}


def _open_joint() -> dict[str, workflows.Step]:
    everywhere = frozenset(JointState)
    return {name: replace(step, leaves=everywhere) for name, step in JOINT.steps.items()}


def _last_of(case: Any) -> JointDecision:
    rows = select(JointDecision).where(JointDecision.about_id == case.about.id)
    return db.session.scalars(rows.order_by(JointDecision.id.desc())).first()


def _open_imports() -> dict[str, workflows.Step]:
    everywhere = frozenset(ImportState)
    return {name: replace(step, leaves=everywhere) for name, step in IMPORTS.steps.items()}


def _all_new(rows: Any) -> list[Any]:
    return [row | {"outcome": "new"} for row in rows]


def _with_files(data: dict[str, Any]) -> dict[str, Any]:
    return {
        name: (BytesIO(value), f"{name}.csv") if isinstance(value, bytes) else value
        for name, value in data.items()
    }


def _after(meeting: Barrier, find: Callable[[str], Any]) -> Callable[[str], Any]:
    """Both wait here with what they have found."""

    def find_and_meet(digest: str) -> Any:
        found = find(digest)
        with suppress(BrokenBarrierError):
            meeting.wait(MEETING)
        with suppress(Exception):
            meeting.reset()
        return found

    return find_and_meet


def _meeting(
    meeting: Barrier, check: Callable[..., None] = workflows.check_version
) -> Callable[..., None]:
    """Both wait here, where each has loaded the project; a lock lets only one of them get here."""

    def meet_and_check(*args: Any) -> None:
        with suppress(BrokenBarrierError):
            meeting.wait(MEETING)
        with suppress(Exception):
            meeting.reset()
        check(*args)

    return meet_and_check

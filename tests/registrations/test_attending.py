"""Reminders of two workers at the same moment, and of one that dies: real processes."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from portal.core.database import db
from portal.core.times import now
from portal.notifications import postman
from portal.notifications.models import Letter, LetterState
from portal.registrations.models import Registration
from tests.notifications.servers import Inbox, mail_server
from tests.registrations.cast import all_register, an_allocation, an_event, people

ATTENDER = [sys.executable, str(Path(__file__).with_name("attender.py"))]
SENDER = [sys.executable, str(Path(__file__).parents[1] / "notifications" / "sender.py")]
KIND = "registrations/participant_reminded"
NAMES = {f"p{number}@x.example" for number in range(1, 6)}


@pytest.fixture
def due(ada):
    """Five people with a place since days, at a date that begins in two hours: whatever the hour
    is, its reminder is due."""
    allocation = an_allocation(
        ada,
        an_event(ada, days=2 / 24),
        capacity=5,
        closes_at=now() + timedelta(hours=1),
        moves_up_until=now() + timedelta(hours=1),
    )
    all_register(allocation, people(5))
    db.session.execute(update(Registration).values(seated_at=now() - timedelta(days=3)))
    db.session.execute(update(Letter).values(state=LetterState.SENT))
    db.session.commit()
    return allocation


@pytest.fixture
def environment(settings, database_url, tmp_path):
    return os.environ | {
        "PORTAL_ENV": "demo",
        "PORTAL_DATA_DIR": str(tmp_path),
        "PORTAL_DATABASE_URL": database_url,
        "PORTAL_SECRET_KEY": settings.SECRET_KEY,
        "PORTAL_BASE_URL": settings.BASE_URL,
        "PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[2]), *sys.path]),
    }


def run(environment, tmp_path, *ways: str) -> list[int]:
    """All begin at the same moment. Returns how each ended."""
    go = tmp_path / f"go-{time.monotonic_ns()}"
    running = [subprocess.Popen([*ATTENDER, way, str(go)], env=environment) for way in ways]
    deadline = time.monotonic() + 60
    while len(list(tmp_path.glob(f"{go.name}.*"))) < len(ways):
        assert time.monotonic() < deadline, "a worker did not start"
        time.sleep(0.02)
    go.touch()
    return [process.wait(60) for process in running]


def reminded() -> Counter:
    """Leaves no transaction open: on SQLite it would lock the others out."""
    rows = select(Letter).where(Letter.kind == KIND)
    found = Counter(letter.recipient.email for letter in db.session.scalars(rows))
    db.session.rollback()
    return found


def test_two_workers_at_the_same_moment_remind_everybody_once(due, environment, tmp_path):
    assert run(environment, tmp_path, "work", "work", "work") == [0, 0, 0]

    assert reminded() == Counter(NAMES)


def test_without_the_guard_the_second_one_fails_at_the_letters(due, environment, tmp_path):
    """The negative control: what the guard prevents does happen."""
    ended = run(environment, tmp_path, "without-guard", "without-guard")

    assert sorted(map(bool, ended)) == [False, True]
    assert reminded() == Counter(NAMES)


@pytest.mark.parametrize(
    ("way", "left"), [("die-before-commit", Counter()), ("die-after-commit", Counter(NAMES))]
)
def test_worker_that_dies_reminds_all_or_nobody_and_the_next_one_goes_on(
    due, environment, tmp_path, way, left
):
    assert run(environment, tmp_path, way) == [-signal.SIGKILL]
    assert reminded() == left

    assert run(environment, tmp_path, "work") == [0]
    assert reminded() == Counter(NAMES)


def test_reminder_whose_sender_died_leaves_again_with_the_same_message_id(
    app, due, environment, tmp_path, monkeypatch
):
    run(environment, tmp_path, "work")
    inbox = Inbox()
    with mail_server(inbox) as port:
        address = f"smtp://127.0.0.1:{port}"
        sender = environment | {"PORTAL_MAIL_URL": address}
        died = subprocess.run([*SENDER, "die-after-send"], env=sender)
        assert died.returncode == -signal.SIGKILL
        db.session.rollback()
        db.session.execute(
            update(Letter)
            .where(Letter.claimed_until.is_not(None))
            .values(claimed_until=now() - timedelta(seconds=1))
        )
        db.session.commit()
        monkeypatch.setitem(app.config, "MAIL_URL", address)

        assert postman.deliver() == 5

    rows = select(Letter.message_id).where(Letter.kind == KIND)
    expected = {f"<{message_id}>" for message_id in db.session.scalars(rows)}
    assert set(inbox.ids) == expected
    assert (len(inbox.ids), len(expected)) == (6, 5)  # one twice, none lost

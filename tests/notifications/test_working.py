"""The worker is told at once, finds by itself what nobody told it, and ends when it is asked to."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from portal.accounts.facts import PasswordChanged
from portal.core.database import db
from portal.core.facts import tell
from portal.core.pictures.storage import media
from portal.notifications.jobs import Jobs, jobs_of
from tests.cast import a_user
from tests.exchange.making import days_left, published
from tests.letters import letters
from tests.notifications.servers import Inbox, bad_server, mail_server, never_speaks

FORGOT = "/konto/passwort-vergessen"


@pytest.fixture
def jobs(app) -> Jobs:
    jobs = jobs_of(app)
    jobs.huey.storage.flush_all()
    yield jobs
    jobs.huey.storage.flush_all()


@pytest.fixture
def inbox():
    return Inbox()


@pytest.fixture
def start_worker(app, jobs, settings, database_url):
    """As `make run` starts it, sharing this test's database and queue."""
    running = []

    def start(port: int) -> subprocess.Popen:
        environment = os.environ | {
            "PORTAL_ENV": "demo",
            "PORTAL_DATA_DIR": str(settings.DATA_DIR),
            "PORTAL_DATABASE_URL": database_url,
            "PORTAL_SECRET_KEY": settings.SECRET_KEY,
            "PORTAL_REDIS_URL": settings.REDIS_URL or "",
            "PORTAL_BASE_URL": settings.BASE_URL,
            "PORTAL_MAIL_URL": f"smtp://127.0.0.1:{port}",
            "PYTHONPATH": str(Path(__file__).parents[2]),
        }
        command = [sys.executable, "-m", "flask", "--app", "portal", "worker"]
        running.append(subprocess.Popen(command, env=environment))
        return running[-1]

    yield start
    for process in running:
        process.kill()
        process.wait()


def within(seconds: float, is_so) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if is_so():
            return True
        time.sleep(0.05)
    return False


def a_letter(email: str) -> None:
    user = a_user(email, "Kim", "Muster")
    tell(PasswordChanged(by=user, about=user))
    db.session.commit()


def test_request_that_wrote_letters_wakes_the_worker(client, jobs, petra):
    answer = client.post(FORGOT, data={"email": petra.email})

    assert answer.status_code == 303
    assert letters() == [(petra.email, "accounts/password_link_asked")]
    assert jobs.huey.pending_count() == 1


def test_one_waiting_task_is_enough(client, jobs, petra, paul):
    for user in (petra, paul):
        client.post(FORGOT, data={"email": user.email})

    assert len(letters()) == 2
    assert jobs.huey.pending_count() == 1


@pytest.mark.parametrize("email", ["nobody@x.example", "no address"])
def test_request_that_wrote_none_does_not(client, jobs, petra, email):
    client.post(FORGOT, data={"email": email})

    assert jobs.huey.pending_count() == 0


def test_queue_that_is_broken_fails_no_request(client, jobs, petra, monkeypatch):
    def fail(_self):
        raise ConnectionError("no Redis today")

    monkeypatch.setattr(Jobs, "hurry", fail)

    assert client.post(FORGOT, data={"email": petra.email}).status_code == 303
    assert len(letters()) == 1


def test_task_that_nobody_signed_is_not_run(jobs):
    jobs.huey.storage.enqueue(b"cos\nsystem\n(S'true'\ntR.")

    with pytest.raises(ValueError, match="[Ss]ignature|[Ss]eparator"):
        jobs.huey.dequeue()


def test_pictures_that_nobody_kept_are_cleared_away_at_night(jobs):
    folder = media().folder / "vergessen"
    media().put("vergessen", "480.webp", b"")
    two_days_ago = time.time() - 2 * 24 * 3600
    os.utime(folder / "480.webp", (two_days_ago, two_days_ago))

    jobs.tidy.call_local()

    assert not (folder / "480.webp").exists()


def test_terms_of_the_exchange_end_and_are_reminded_of_by_the_worker(jobs, windwerk, petra):
    soon, over = (published(windwerk, title) for title in ("Bald", "Vorbei"))
    days_left(soon, 14)
    days_left(over, -1)

    for task in (jobs.expire, jobs.remind, jobs.expire, jobs.remind):
        task.call_local()

    assert [kind for _, kind in letters()] == ["exchange/offer_expired", "exchange/offer_reminded"]


def test_worker_sends_what_lay_there_and_soon_what_comes(jobs, start_worker, inbox):
    a_letter("first@x.example")  # nobody told the worker of it
    with mail_server(inbox) as port:
        worker = start_worker(port)
        assert within(60, lambda: len(inbox.mails) == 1)

        a_letter("second@x.example")
        jobs.hurry()
        assert within(10, lambda: len(inbox.mails) == 2)

        worker.send_signal(signal.SIGTERM)
        assert worker.wait(10) == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_worker_ends_soon_though_a_mail_server_hangs(jobs, start_worker, number):
    a_letter("first@x.example")
    reached = []

    def hang(connection) -> None:
        reached.append(1)
        never_speaks(connection)

    with bad_server(hang) as port:
        worker = start_worker(port)
        assert within(60, lambda: reached)

        asked = time.monotonic()
        worker.send_signal(number)
        worker.wait(20)

        assert time.monotonic() - asked < 12

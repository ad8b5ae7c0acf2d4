"""What lies ready leaves, failures are tried again, and nobody's death loses a letter."""

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

from portal.accounts.facts import PasswordChanged
from portal.core.database import db, transaction
from portal.core.facts import tell
from portal.core.times import now
from portal.notifications import postman
from portal.notifications.models import Letter, LetterState
from tests.cast import a_user
from tests.notifications.servers import Inbox, bad_server, hangs_up, mail_server

SENDER = [sys.executable, str(Path(__file__).with_name("sender.py"))]


def write_letters(count: int) -> None:
    """To people of their own, so that one can fail and the next one not."""
    for number in range(count):
        user = a_user(f"p{number:02}@x.example", "Kim", f"Muster{number:02}")
        tell(PasswordChanged(by=user, about=user))
    db.session.commit()


def letters() -> list[Letter]:
    db.session.rollback()
    return list(db.session.scalars(select(Letter).order_by(Letter.id)))


def rewind(**delta: float) -> None:
    """Time passes: all that letters wait for lies so much earlier."""
    for letter in letters():
        letter.next_try_at -= timedelta(**delta)
        if letter.claimed_until:
            letter.claimed_until -= timedelta(**delta)
    db.session.commit()


@pytest.fixture
def inbox():
    return Inbox()


@pytest.fixture
def server(app, inbox, monkeypatch):
    """The portal sends by a real mail server."""
    with mail_server(inbox) as port:
        monkeypatch.setitem(app.config, "MAIL_URL", f"smtp://127.0.0.1:{port}")
        yield port


@pytest.fixture
def processes(app, server, settings, database_url, tmp_path):
    """Starts postmen in processes of their own."""
    running = []
    environment = os.environ | {
        "PORTAL_ENV": "demo",
        "PORTAL_DATA_DIR": str(tmp_path),
        "PORTAL_DATABASE_URL": database_url,
        "PORTAL_SECRET_KEY": settings.SECRET_KEY,
        "PORTAL_BASE_URL": settings.BASE_URL,
        "PORTAL_MAIL_URL": f"smtp://127.0.0.1:{server}",
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }

    def start(*arguments: str) -> subprocess.Popen:
        running.append(subprocess.Popen([*SENDER, *arguments], env=environment))
        return running[-1]

    yield start
    for process in running:
        process.kill()
        process.wait()


def race(processes, tmp_path, way: str) -> None:
    """Two postmen begin at the same moment, and both end well."""
    go = tmp_path / "go"
    both = [processes(way, str(go)) for _ in range(2)]
    deadline = time.monotonic() + 60
    while len(list(tmp_path.glob("go.*"))) < 2:
        assert time.monotonic() < deadline, "a postman did not start"
        time.sleep(0.02)
    go.touch()
    assert [process.wait(120) for process in both] == [0, 0]


def test_due_letters_leave_and_are_marked(server, inbox):
    write_letters(3)

    assert postman.deliver() == 3

    assert inbox.ids == sorted(f"<{letter.message_id}>" for letter in letters())
    assert [(x.state, x.attempts, x.claimed_until, x.error) for x in letters()] == [
        (LetterState.SENT, 1, None, "")
    ] * 3
    assert all(letter.sent_at for letter in letters())


def test_sent_letter_leaves_once(server, inbox):
    write_letters(1)

    assert [postman.deliver(), postman.deliver()] == [1, 0]
    assert len(inbox.mails) == 1


def test_letter_whose_time_has_not_come_waits(server, inbox):
    write_letters(1)
    rewind(minutes=-5)

    assert postman.deliver() == 0


def test_nothing_is_locked_while_a_mail_is_on_its_way(app, server, monkeypatch):
    write_letters(1)
    seen = []

    def send(_transport, _message, *, name):
        with app.app_context(), transaction(writing=True):
            a_user("meanwhile@x.example", "Kim", "Muster")
        seen.append(name)

    monkeypatch.setattr("portal.notifications.transports.Server.send", send)

    assert postman.deliver() == 1
    assert len(seen) == 1


def test_one_refused_letter_stops_no_other(server, inbox):
    write_letters(5)
    inbox.refuse = {"p02@x.example"}

    assert postman.deliver() == 4

    states = [letter.state for letter in letters()]
    assert states == [LetterState.SENT] * 2 + [LetterState.WAITING] + [LetterState.SENT] * 2
    assert "550" in letters()[2].error


def test_letter_that_cannot_be_rendered_stops_no_other(server, inbox):
    write_letters(2)
    db.session.execute(update(Letter).where(Letter.id == letters()[0].id).values(kind="no/such"))
    db.session.commit()

    assert postman.deliver() == 1
    assert "TemplateNotFound" in letters()[0].error


def test_it_is_tried_six_times_and_then_given_up(server, inbox):
    write_letters(1)
    inbox.refuse = {"p00@x.example"}
    waits = []

    for _ in range(6):
        assert postman.deliver() == 0
        [letter] = letters()
        waits.append(round((letter.next_try_at - now()).total_seconds() / 60))
        rewind(days=1)

    assert waits[:5] == [1, 5, 30, 120, 720]
    [letter] = letters()
    assert (letter.state, letter.attempts) == (LetterState.FAILED, 6)
    assert "550" in letter.error
    assert postman.deliver() == 0


def test_letter_leaves_once_the_server_is_well_again(app, server, inbox, monkeypatch):
    write_letters(2)
    with bad_server(hangs_up) as bad:
        monkeypatch.setitem(app.config, "MAIL_URL", f"smtp://127.0.0.1:{bad}")
        assert postman.deliver() == 0
    monkeypatch.setitem(app.config, "MAIL_URL", f"smtp://127.0.0.1:{server}")
    assert postman.deliver() == 0  # not yet

    rewind(minutes=1)

    assert postman.deliver() == 2
    assert len(inbox.mails) == 2


def test_locked_recipient_is_given_up_at_once(server, inbox):
    write_letters(1)
    letters()[0].recipient.locked_at = now()
    db.session.commit()

    assert postman.deliver() == 0
    assert letters()[0].state is LetterState.FAILED
    assert inbox.mails == []


def test_claimed_letter_is_left_alone_until_the_lease_is_over(server, inbox):
    write_letters(1)
    letters()[0].claimed_until = now() + timedelta(minutes=3)
    db.session.commit()

    assert postman.deliver() == 0
    rewind(minutes=4)
    assert postman.deliver() == 1


def test_who_lost_the_letter_cannot_mark_it(server, inbox):
    write_letters(1)
    [letter] = letters()
    until, _attempt = postman._claim(letter.id)
    rewind(minutes=11)
    postman._claim(letter.id)

    postman._mark(letter.id, until, state=LetterState.FAILED)

    assert letters()[0].state is LetterState.WAITING


def test_worker_that_is_asked_to_end_stops_after_the_mail_in_hand(server, inbox):
    write_letters(4)

    sent = postman.deliver(stopped=lambda: len(inbox.mails) >= 2)

    assert sent == 2
    assert [x.state for x in letters()].count(LetterState.WAITING) == 2
    assert [x.claimed_until for x in letters()] == [None] * 4


def test_letters_wait_in_batches(server, inbox, monkeypatch):
    monkeypatch.setattr(postman, "BATCH", 2)
    write_letters(5)

    assert postman.deliver() == 5


def test_two_processes_send_no_letter_twice(processes, inbox, tmp_path):
    inbox.pause = 0.02
    write_letters(30)

    race(processes, tmp_path, "work")

    assert Counter(inbox.ids).most_common(1)[0][1] == 1
    assert len(inbox.ids) == 30
    assert {letter.state for letter in letters()} == {LetterState.SENT}


def test_without_the_claim_the_same_race_sends_letters_twice(processes, inbox, tmp_path):
    inbox.pause = 0.02
    write_letters(30)

    race(processes, tmp_path, "without-guard")

    assert Counter(inbox.ids).most_common(1)[0][1] > 1


@pytest.mark.parametrize(("way", "arrived"), [("die-before-send", 1), ("die-after-send", 2)])
def test_killed_postman_costs_a_duplicate_at_most(processes, inbox, way, arrived):
    write_letters(1)

    assert processes(way).wait(60) == -signal.SIGKILL
    assert postman.deliver() == 0  # nobody knows yet that it is dead
    rewind(minutes=11)
    assert postman.deliver() == 1

    [letter] = letters()
    assert inbox.ids == [f"<{letter.message_id}>"] * arrived
    assert (letter.state, letter.attempts) == (LetterState.SENT, 2)


def test_letter_that_kills_whoever_sends_it_is_given_up(server, inbox):
    write_letters(1)
    for _ in range(6):
        assert postman._claim(letters()[0].id)
        rewind(minutes=11)

    assert postman.deliver() == 0
    assert letters()[0].state is LetterState.FAILED


def test_without_a_base_address_links_lead_to_this_machine(app, server, inbox, monkeypatch):
    monkeypatch.setitem(app.config, "BASE_URL", None)
    monkeypatch.setitem(app.config, "SERVER_NAME", "localhost")
    write_letters(1)

    postman.deliver()

    assert "http://localhost/konto/passwort-vergessen" in inbox.mails[0].get_content()

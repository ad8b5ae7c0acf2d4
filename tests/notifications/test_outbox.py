"""The outbox: the office sees what failed and sends it again; operators do it by command."""

import pytest
import sqlalchemy as sa
from sqlalchemy import select

from portal.core.database import db
from portal.core.pages import slot
from portal.core.times import now
from portal.notifications.models import Letter, LetterState
from tests.cast import a_user, saved
from tests.letters import history
from tests.notifications import stage as stages

OUTBOX = "/projektbuero/postausgang"


def a_letter(recipient, state=LetterState.FAILED, **more) -> Letter:
    number = db.session.scalar(select(sa.func.count(Letter.id)))
    more.setdefault("about", "user")
    more.setdefault("about_id", recipient.id)
    return saved(
        Letter(
            kind="accounts/password_changed",
            at=now(),
            parameters={"changed_at": now().isoformat()},
            recipient=recipient,
            message_id=f"{number}@portal.test",
            state=state,
            attempts=6,
            error="SMTPRecipientsRefused: 550 no such mailbox",
            next_try_at=now(),
            **more,
        )
    )


def retry_url(letter) -> str:
    return f"{OUTBOX}/{letter.id}/erneut"


def test_administrator_sees_every_letter_with_its_state(client_of, ada, petra):
    a_letter(petra)

    text = client_of(ada).get(OUTBOX).text

    assert "petra@windwerk.example" in text
    assert "nicht zustellbar" in text
    assert "550 no such mailbox" in text


@pytest.mark.parametrize(
    ("state", "shown"),
    [
        ("nicht-zustellbar", ["petra"]),
        ("versandt", ["paul"]),
        ("wartet", []),
        ("unsinn", ["petra", "paul"]),
    ],
)
def test_list_is_narrowed_by_state(client_of, ada, petra, paul, state, shown):
    a_letter(petra)
    a_letter(paul, LetterState.SENT)

    text = client_of(ada).get(f"{OUTBOX}?zustand={state}").text

    assert [name for name in ("petra", "paul") if f"{name}@windwerk.example" in text] == shown


def test_empty_outbox_says_so(client_of, ada):
    assert "Hier liegt keine E-Mail" in client_of(ada).get(OUTBOX).text


def test_outbox_is_the_administrators(client, client_of, olga, petra):
    letter = a_letter(petra)
    answers = [
        [c.get(OUTBOX).status_code, c.post(retry_url(letter)).status_code]
        for c in (client, client_of(petra), client_of(olga))
    ]

    assert answers == [[302, 302], [404, 404], [403, 403]]


def test_failed_letter_goes_back_into_the_queue_with_all_its_tries(client_of, ada, petra):
    letter = a_letter(petra)

    assert client_of(ada).post(retry_url(letter)).status_code == 303

    db.session.rollback()
    assert (letter.state, letter.attempts, letter.claimed_until) == (LetterState.WAITING, 0, None)
    assert history() == [("LetterRetried", ada.id, None)]


@pytest.mark.parametrize("state", [LetterState.WAITING, LetterState.SENT])
def test_letter_that_has_not_failed_is_not_sent_again(client_of, ada, petra, state):
    letter = a_letter(petra, state)

    assert client_of(ada).post(retry_url(letter)).status_code == 409
    db.session.rollback()
    assert letter.state is state


def test_second_click_is_a_conflict(client_of, ada, petra):
    letter = a_letter(petra)
    client = client_of(ada)

    assert [client.post(retry_url(letter)).status_code for _ in range(2)] == [303, 409]


@pytest.mark.parametrize("letter_id", ["0", "999999", "9999999999999", "abc"])
def test_unknown_letter_is_not_there(client_of, ada, letter_id):
    assert client_of(ada).post(f"{OUTBOX}/{letter_id}/erneut").status_code == 404


@pytest.mark.parametrize("page", ["0", "-1", "abc", "1" + "0" * 30])
def test_nonsense_page_is_the_first_one(client_of, ada, page):
    assert client_of(ada).get(f"{OUTBOX}?seite={page}").status_code == 200


def test_long_outbox_has_pages_and_takes_no_more_statements(client_of, statements, ada, petra):
    client = client_of(ada)
    for _ in range(3):
        a_letter(petra)
    with statements() as few:
        client.get(OUTBOX)
    for number in range(60):
        a_letter(a_user(f"{number}@x.example", "Kim", "Muster"))
    with statements() as many:
        text = client.get(OUTBOX).text

    assert "seite=2" in text
    assert many.number == few.number
    assert client.get(f"{OUTBOX}?seite=2").status_code == 200
    assert client.get(f"{OUTBOX}?seite=3").status_code == 404


def test_case_shows_its_mails_to_the_office_only(app, olga):
    stage = stages.build()
    project = stage.project
    a_letter(stage.people["eva"], LetterState.SENT, about="project", about_id=project.id)
    a_letter(stage.people["paul"], LetterState.SENT, about="project", about_id=project.id + 1)

    def seen(user) -> str:
        with app.test_request_context():
            return str(slot("office.letters", project, seen_by=user))

    assert "Eva Probe" in seen(olga) and "Paul Probe" not in seen(olga)
    assert seen(stage.people["eva"]) == ""


def test_desk_says_that_mails_failed_to_who_can_send_them(client_of, ada, olga, petra):
    a_letter(petra)

    assert "Eine E-Mail war nicht zustellbar" in client_of(ada).get("/projektbuero").text
    assert "nicht zustellbar" not in client_of(olga).get("/projektbuero").text


def test_command_lists_what_did_not_leave(app, petra, paul):
    failed = a_letter(petra)
    a_letter(paul, LetterState.SENT)

    printed = app.test_cli_runner().invoke(args=["outbox", "list"]).output
    sent = app.test_cli_runner().invoke(args=["outbox", "list", "--state", "sent"]).output

    assert printed.startswith(f"{failed.id}  failed  6 tries  petra@windwerk.example")
    assert "paul@" not in printed and "paul@" in sent and "petra@" not in sent


@pytest.mark.parametrize("chosen", ["one", "all"])
def test_command_sends_again(app, petra, paul, chosen):
    letter, other = a_letter(petra), a_letter(paul)
    arguments = ["--all"] if chosen == "all" else [str(letter.id)]

    result = app.test_cli_runner().invoke(args=["outbox", "retry", *arguments])

    assert result.exit_code == 0, result.output
    db.session.rollback()
    assert letter.state is LetterState.WAITING
    assert other.state is (LetterState.WAITING if chosen == "all" else LetterState.FAILED)


@pytest.mark.parametrize(("arguments", "status"), [([], 2), (["999999"], 1)])
def test_command_says_what_is_wrong(app, arguments, status):
    result = app.test_cli_runner().invoke(args=["outbox", "retry", *arguments])

    assert result.exit_code == status
    assert "Error" in result.output

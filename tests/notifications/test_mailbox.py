"""The demo's mailbox: the newest first, readable, with links that can be clicked."""

import pytest
from flask import Flask

from config import Settings
from portal import create_app
from portal.accounts.facts import PasswordLinkAsked
from portal.core.database import db
from portal.core.facts import tell
from portal.demo import mailbox
from portal.notifications import postman
from tests.cast import a_user

MAILBOX = "/demo/postfach"


@pytest.fixture(autouse=True)
def folder(app: Flask, tmp_path, monkeypatch):
    monkeypatch.setitem(app.config, "DATA_DIR", tmp_path)
    return tmp_path / "mail"


def sent(*emails: str) -> None:
    for email in emails:
        user = a_user(email, "Kim", "Muster <b>")
        tell(PasswordLinkAsked(by=None, about=user))
        db.session.commit()
        postman.deliver()


def test_empty_mailbox_says_what_to_do(client):
    assert "Noch keine E-Mail" in client.get(MAILBOX).text


def test_newest_mail_stands_first(client):
    sent("one@x.example", "two@x.example")

    text = client.get(MAILBOX).text

    assert text.index("two@x.example") < text.index("one@x.example")


def test_mail_is_shown_with_links_and_without_markup(client, folder):
    sent("one@x.example")
    [name] = mailbox.names(folder)

    text = client.get(f"{MAILBOX}/{name}").text

    assert 'href="http://portal.test/konto/passwort/' in text
    assert "Guten Tag Kim Muster &lt;b&gt;," in text
    assert "<b>," not in text


def test_link_in_the_mail_can_be_followed(client, folder):
    sent("one@x.example")
    mail = mailbox.read(folder, mailbox.names(folder)[0])
    [link] = [piece for piece, is_link in mail.pieces if is_link and "/passwort/" in piece]

    assert client.get(link.removeprefix("http://portal.test")).status_code == 200


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("Siehe https://a.example/b?c=1&d=2.", ["https://a.example/b?c=1&d=2"]),
        ("(http://a.example/x), http://b.example/!", ["http://a.example/x", "http://b.example/"]),
        ("javascript:alert(1) data:text/html,x mailto:a@b.de //evil", []),
        ("<http://a.example/'\"><b>", ["http://a.example/"]),
        ("", []),
    ],
)
def test_only_http_addresses_become_links(text, links):
    mail = mailbox.Mail(name="x.eml", subject="", to="", sent_at=None, text=text)

    assert [piece for piece, is_link in mail.pieces if is_link] == links
    assert "".join(piece for piece, _is_link in mail.pieces) == text


@pytest.mark.parametrize("name", ["../secret-key", "no.eml", ".hidden.eml", "x", "%2e%2e%2fx.eml"])
def test_name_leads_nowhere_else(client, folder, name):
    folder.mkdir()
    (folder.parent / "secret-key").write_text("geheim")
    (folder / ".hidden.eml").write_text("geheim")

    assert client.get(f"{MAILBOX}/{name}").status_code in {404, 308}


def test_mailbox_is_never_kept_by_anybody(client):
    answer = client.get(MAILBOX)

    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "ETag" not in answer.headers


def test_long_mailbox_has_pages(client, folder):
    sent(*(f"{n:02}@x.example" for n in range(21)))

    assert "20@x.example" in client.get(MAILBOX).text
    assert "00@x.example" in client.get(f"{MAILBOX}?seite=2").text
    assert client.get(f"{MAILBOX}?seite=3").status_code == 404
    assert client.get(f"{MAILBOX}?seite=abc").status_code == 200


def test_mailbox_does_not_exist_in_production(tmp_path):
    production = create_app(
        Settings(
            ENVIRONMENT="production",
            DATA_DIR=tmp_path,
            SECRET_KEY="only-for-tests-0123456789-abcdefghijkl",
            SQLALCHEMY_DATABASE_URI="sqlite://",
            BASE_URL="https://portal.test",
        )
    )

    assert [r.rule for r in production.url_map.iter_rules() if "demo" in r.rule] == []

"""Mails leave into a folder or to a real mail server; a bad one costs a clear error and no time."""

import os
import shutil
import smtplib
import ssl
import subprocess
import time
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword

from portal.notifications import transports
from portal.notifications.transports import Folder, Server, UnknownTransport, transport_for
from tests.notifications import servers
from tests.notifications.servers import Inbox, bad_server, free_port, mail_server

USER, PASSWORD = "post", "sehr geheim: /@"


@pytest.fixture
def message() -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["Subject"] = "Grüße aus Dortmund"
    message["From"] = "Allianz <smartcity@dortmund.de>"
    message["To"] = "petra@windwerk.example"
    message["Message-ID"] = "<one@dortmund.de>"
    message.set_content("Guten Tag, hier ist ein ß.\n", cte="quoted-printable")
    return message


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """For localhost, signed by itself."""
    if not shutil.which("openssl"):
        assert not os.environ.get("CI"), "openssl is missing"
        pytest.skip("openssl is missing: TLS to the mail server is not tested")
    folder = tmp_path_factory.mktemp("certificate")
    cert, key = folder / "cert.pem", folder / "key.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    command += ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    command += ["-keyout", str(key), "-out", str(cert)]
    subprocess.run(command, check=True, capture_output=True)
    return cert, key


@pytest.fixture
def tls(certificate) -> ssl.SSLContext:
    """What the server shows."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    return context


@pytest.fixture
def trusted(certificate, monkeypatch) -> None:
    """The certificate counts as one that an authority has signed."""
    context = ssl.create_default_context(cafile=certificate[0])
    monkeypatch.setattr(transports.ssl, "create_default_context", lambda *_, **__: context)


def only_right_password(_server, _session, _envelope, _mechanism, data) -> AuthResult:
    right = isinstance(data, LoginPassword) and data.password == PASSWORD.encode()
    return AuthResult(success=right and data.login == USER.encode(), handled=False)


def asks_for_password() -> dict[str, object]:
    return {
        "auth_required": True,
        "authenticator": only_right_password,
    }


def test_folder_gets_one_whole_file_per_mail(tmp_path, message):
    folder = Folder(tmp_path / "mail")

    folder.send(message, name="20261122T101500-000001")
    folder.send(message, name="20261122T101500-000002")

    files = sorted(path.name for path in folder.path.iterdir())
    assert files == ["20261122T101500-000001.eml", "20261122T101500-000002.eml"]
    assert b"Message-ID: <one@dortmund.de>\r\n" in (folder.path / files[0]).read_bytes()


def test_second_try_of_a_letter_writes_the_same_file(tmp_path, message):
    for _ in range(2):
        Folder(tmp_path).send(message, name="one")

    assert [path.name for path in tmp_path.iterdir()] == ["one.eml"]


def test_mail_arrives_as_it_was_written(message):
    inbox = Inbox()
    with mail_server(inbox) as port:
        Server(scheme="smtp", host="127.0.0.1", port=port).send(message, name="one")

    [mail] = inbox.mails
    assert mail["Subject"] == "Grüße aus Dortmund"
    assert mail.get_content().splitlines() == ["Guten Tag, hier ist ein ß."]


def test_starttls_with_a_password(message, tls, trusted):
    inbox = Inbox()
    options = asks_for_password() | {"tls_context": tls, "require_starttls": True}
    with mail_server(inbox, **options) as port:
        server = Server(
            scheme="smtp+starttls", host="localhost", port=port, user=USER, password=PASSWORD
        )
        server.send(message, name="one")

    assert inbox.ids == ["<one@dortmund.de>"]


def test_tls_from_the_start(message, tls, trusted):
    inbox = Inbox()
    with mail_server(inbox, ssl_context=tls) as port:
        Server(scheme="smtps", host="localhost", port=port).send(message, name="one")

    assert inbox.ids == ["<one@dortmund.de>"]


@pytest.mark.parametrize("scheme", ["smtps", "smtp+starttls"])
def test_server_with_a_certificate_that_nobody_signed_gets_nothing(message, tls, scheme):
    inbox = Inbox()
    options = {"ssl_context": tls} if scheme == "smtps" else {"tls_context": tls}
    with mail_server(inbox, **options) as port, pytest.raises(ssl.SSLCertVerificationError):
        Server(scheme=scheme, host="localhost", port=port).send(message, name="one")

    assert inbox.mails == []


def test_server_that_offers_no_starttls_gets_nothing(message):
    inbox = Inbox()
    with mail_server(inbox) as port, pytest.raises(smtplib.SMTPNotSupportedError):
        Server(scheme="smtp+starttls", host="127.0.0.1", port=port).send(message, name="one")

    assert inbox.mails == []


def test_wrong_password_is_an_error_that_does_not_repeat_it(message, tls, trusted):
    options = asks_for_password() | {"tls_context": tls}
    with mail_server(Inbox(), **options) as port:
        server = Server(
            scheme="smtp+starttls", host="localhost", port=port, user=USER, password="falsch"
        )
        with pytest.raises(smtplib.SMTPAuthenticationError) as caught:
            server.send(message, name="one")

    assert "falsch" not in str(caught.value)
    assert PASSWORD not in repr(server) and "falsch" not in repr(server)


def test_refused_recipient_is_an_error(message):
    inbox = Inbox(refuse={"petra@windwerk.example"})
    with mail_server(inbox) as port, pytest.raises(smtplib.SMTPRecipientsRefused):
        Server(scheme="smtp", host="127.0.0.1", port=port).send(message, name="one")


@pytest.mark.parametrize(
    ("behave", "error"),
    [
        (servers.turns_away, smtplib.SMTPConnectError),
        (servers.hangs_up, (smtplib.SMTPServerDisconnected, ConnectionError)),
        (servers.never_speaks, smtplib.SMTPServerDisconnected),
        (servers.trickles, smtplib.SMTPException),
    ],
)
def test_bad_server_is_left_soon(message, behave, error):
    started = time.monotonic()
    with bad_server(behave) as port, pytest.raises(error):
        server = Server(
            scheme="smtp", host="127.0.0.1", port=port, answer_within=0.4, sent_within=0.8
        )
        server.send(message, name="one")

    assert time.monotonic() - started < 5


def test_slow_server_is_given_up(message):
    inbox = Inbox(pause=5)
    with mail_server(inbox) as port, pytest.raises((TimeoutError, smtplib.SMTPException)):
        server = Server(
            scheme="smtp", host="127.0.0.1", port=port, answer_within=0.4, sent_within=0.8
        )
        server.send(message, name="one")


def test_server_that_is_not_there_is_an_error(message):
    with pytest.raises(ConnectionRefusedError):
        Server(scheme="smtp", host="127.0.0.1", port=free_port()).send(message, name="one")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("file:", Folder(Path("/data/mail"))),
        ("file:/var/mails", Folder(Path("/var/mails"))),
        ("smtp://relay", Server(scheme="smtp", host="relay", port=25)),
        ("smtps://relay", Server(scheme="smtps", host="relay", port=465)),
        (
            "smtp+starttls://post%40x:ge%2Fheim@relay:2525",
            Server(
                scheme="smtp+starttls", host="relay", port=2525, user="post@x", password="ge/heim"
            ),
        ),
    ],
)
def test_transport_is_read_from_the_settings(url, expected):
    assert transport_for(url, Path("/data")) == expected


@pytest.mark.parametrize(
    "url", ["", "http://x", "smtp:", "sendmail", "smtp://user:geheim@relay", "smtp+tls://x"]
)
def test_unknown_transport_is_refused_without_repeating_a_password(url):
    with pytest.raises(UnknownTransport) as caught:
        transport_for(url, Path("/data"))

    assert "geheim" not in str(caught.value)

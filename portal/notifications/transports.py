"""How a mail leaves the house: into a folder, or to a mail server."""

import os
import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from threading import Timer
from typing import Protocol
from urllib.parse import unquote, urlsplit

ANSWER_WITHIN = 15.0  # seconds for one answer of the server
SENT_WITHIN = 60.0  # seconds for the whole mail; far below the postman's lease
READY = 220
PORTS = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}


class UnknownTransport(ValueError):
    """PORTAL_MAIL_URL names none that the portal knows."""


class Transport(Protocol):
    def send(self, message: EmailMessage, *, name: str) -> None: ...


@dataclass(frozen=True)
class Folder:
    """One .eml per mail. `name` is the letter's, so a second try writes the same file again."""

    path: Path

    def send(self, message: EmailMessage, *, name: str) -> None:
        self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        unfinished = self.path / f".{name}.{os.getpid()}"
        with unfinished.open("wb") as file:
            file.write(message.as_bytes())
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(self.path / f"{name}.eml")


@dataclass(frozen=True)
class Server:
    """SMTP: plain inside the house, otherwise with TLS from the start or by STARTTLS."""

    scheme: str
    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    answer_within: float = ANSWER_WITHIN
    sent_within: float = SENT_WITHIN

    def send(self, message: EmailMessage, *, name: str) -> None:
        sender = str(message["From"].addresses[0].addr_spec)
        connection = self._connection(sender.rpartition("@")[2])
        with ends_after(self.sent_within, connection):
            try:
                code, answer = connection.connect(self.host, self.port)
                if code != READY:
                    raise smtplib.SMTPConnectError(code, answer)
                if self.scheme == "smtp+starttls":
                    connection.starttls(context=ssl.create_default_context())
                if self.user:
                    connection.login(self.user, self.password)
                connection.send_message(message)
                with suppress(smtplib.SMTPException, OSError):
                    connection.quit()  # it has the mail: the rest is manners
            finally:
                connection.close()

    def _connection(self, hello: str) -> smtplib.SMTP:
        """Not connected yet, so that the clock covers the greeting, too."""
        if self.scheme == "smtps":
            context = ssl.create_default_context()
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                timeout=self.answer_within, local_hostname=hello, context=context
            )
        else:
            connection = smtplib.SMTP(timeout=self.answer_within, local_hostname=hello)
        # The name the certificate is checked for; only the connecting constructor would set it.
        connection._host = self.host  # type: ignore[attr-defined]
        return connection


@contextmanager
def ends_after(seconds: float, connection: smtplib.SMTP) -> Iterator[None]:
    """A server that sends a byte now and then never runs into the limit for one answer."""

    def hang_up() -> None:
        with suppress(OSError):
            if connection.sock:
                connection.sock.shutdown(socket.SHUT_RDWR)

    clock = Timer(seconds, hang_up)
    clock.daemon = True
    clock.start()
    try:
        yield
    finally:
        clock.cancel()


def transport_for(url: str, data_dir: Path) -> Transport:
    """Raises UnknownTransport; the message never repeats a password."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        return Folder(Path(parts.path) if parts.path else data_dir / "mail")
    if parts.scheme not in PORTS or not parts.hostname:
        raise UnknownTransport(
            "PORTAL_MAIL_URL is one of file:, smtp://host, smtps://user:password@host,"
            " smtp+starttls://user:password@host:port"
        )
    if parts.scheme == "smtp" and parts.username:
        raise UnknownTransport("PORTAL_MAIL_URL: a password needs smtps:// or smtp+starttls://")
    return Server(
        scheme=parts.scheme,
        host=parts.hostname,
        port=parts.port or PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )

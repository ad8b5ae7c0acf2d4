"""Mail servers of the tests: real ones (aiosmtpd), and some that behave badly."""

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller


@dataclass
class Inbox:
    """Takes every mail, unless `refuse` names an address; waits before it says yes."""

    refuse: set[str] = field(default_factory=set)
    pause: float = 0
    mails: list[EmailMessage] = field(default_factory=list)
    logins: list[tuple[bytes, bytes]] = field(default_factory=list)

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802
        if address in self.refuse:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802
        await asyncio.sleep(self.pause)
        self.mails.append(message_from_bytes(envelope.content, _class=EmailMessage, policy=default))
        return "250 taken"

    @property
    def ids(self) -> list[str]:
        return sorted(str(mail["Message-ID"]) for mail in self.mails)


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@contextmanager
def mail_server(inbox: Inbox, **options: Any) -> Iterator[int]:
    """Gives its port."""
    port = free_port()
    controller = Controller(inbox, hostname="127.0.0.1", port=port, **options)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


@contextmanager
def bad_server(behave: Callable[[socket.socket], None]) -> Iterator[int]:
    """Accepts connections and does to each what `behave` says."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                threading.Thread(target=_one, args=(behave, connection), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield int(listener.getsockname()[1])
    finally:
        listener.close()


def _one(behave: Callable[[socket.socket], None], connection: socket.socket) -> None:
    with connection, suppress(OSError):
        behave(connection)


def never_speaks(connection: socket.socket) -> None:
    time.sleep(20)


def trickles(connection: socket.socket) -> None:
    """A byte now and then, and never a whole line."""
    for _ in range(400):
        connection.sendall(b"2")
        time.sleep(0.05)


def turns_away(connection: socket.socket) -> None:
    connection.sendall(b"554 not today\r\n")


def hangs_up(connection: socket.socket) -> None:
    connection.close()

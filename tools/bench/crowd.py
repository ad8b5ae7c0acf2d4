"""A crowd of browsers in one process: each connection posts one form after the other, as they come
off one list, and notes what was answered and when."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit


@dataclass(frozen=True)
class Click:
    """One form of one person."""

    path: str
    cookie: str = ""
    data: dict[str, str] = field(default_factory=dict)
    person: int = 0


@dataclass(frozen=True)
class Answer:
    """Status 0: the connection broke before there was one."""

    click: Click
    status: int
    location: str
    seconds: float


def rush(base: str, clicks: Sequence[Click], *, at_once: int) -> tuple[list[Answer], float]:
    """The answers, and the seconds that all of them took together."""
    return asyncio.run(_rush(base, list(clicks), at_once))


async def _rush(base: str, clicks: list[Click], at_once: int) -> tuple[list[Answer], float]:
    where = urlsplit(base)
    todo, answers = iter(clicks), list[Answer]()
    lines = [_Connection(where.hostname or "", where.port or 80) for _ in range(at_once)]
    await asyncio.gather(*(line.open() for line in lines))
    begin = time.monotonic()
    await asyncio.gather(*(line.work(todo, answers) for line in lines))
    return answers, time.monotonic() - begin


class _Connection:
    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port

    async def open(self) -> None:
        self.reader, self.writer = await asyncio.open_connection(self.host, self.port)

    async def work(self, todo: Iterator[Click], answers: list[Answer]) -> None:
        for click in todo:
            begin = time.monotonic()
            status, location = await self._post(click)
            answers.append(Answer(click, status, location, time.monotonic() - begin))

    async def _post(self, click: Click) -> tuple[int, str]:
        """A server may close a connection that waited; the form goes out on a new one then, which
        is what browsers do, too, where nothing of an answer has come."""
        try:
            self.writer.write(self._request(click))
            return await self._answer()
        except (OSError, asyncio.IncompleteReadError):
            try:
                await self.open()
            except OSError:
                await asyncio.sleep(0.05)
            return 0, ""

    def _request(self, click: Click) -> bytes:
        body = urlencode(click.data).encode()
        head = [
            f"POST {click.path} HTTP/1.1",
            f"Host: {self.host}:{self.port}",
            "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(body)}",
            "Sec-Fetch-Site: same-origin",
            *([f"Cookie: {click.cookie}"] if click.cookie else []),
        ]
        return "\r\n".join([*head, "", ""]).encode() + body

    async def _answer(self) -> tuple[int, str]:
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        fields = dict(line.lower().split(": ", 1) for line in head[1:] if ": " in line)
        await self.reader.readexactly(int(fields.get("content-length", 0)))
        if fields.get("connection") == "close":
            self.writer.close()
            await self.open()
        return int(head[0].split()[1]), fields.get("location", "")

"""The mails that the demo has put into its folder, read back for people to look at."""

import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

NAME = re.compile(r"[0-9A-Za-z-]{1,80}\.eml")
LINK = re.compile(r"https?://[^\s<>\"']*[^\s<>\"'.,;:!?)\]]")


@dataclass(frozen=True)
class Mail:
    name: str
    subject: str
    to: str
    sent_at: datetime
    text: str

    @property
    def pieces(self) -> list[tuple[str, bool]]:
        """The text cut at its http addresses: (piece, is it an address)."""
        pieces, end = [], 0
        for found in LINK.finditer(self.text):
            pieces += [(self.text[end : found.start()], False), (found[0], True)]
            end = found.end()
        return [piece for piece in [*pieces, (self.text[end:], False)] if piece[0]]


def names(folder: Path) -> list[str]:
    """The newest first: names begin with the moment."""
    found = (path.name for path in folder.glob("*.eml")) if folder.is_dir() else ()
    return sorted((name for name in found if NAME.fullmatch(name)), reverse=True)


def read(folder: Path, name: str) -> Mail | None:
    """None where there is no such mail; a name never leads out of the folder."""
    if not NAME.fullmatch(name):
        return None
    try:
        content = (folder / name).read_bytes()
    except OSError:
        return None
    message = message_from_bytes(content, _class=EmailMessage, policy=default)
    body = message.get_body(("plain",))
    return Mail(
        name=name,
        subject=str(message["Subject"] or ""),
        to=str(message["To"] or ""),
        sent_at=message["Date"].datetime,
        text=str(body.get_content()) if body else "",
    )

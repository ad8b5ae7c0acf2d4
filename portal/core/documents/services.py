"""Taking documents in, and giving their files out; in two steps, as pictures do."""

import secrets
from dataclasses import dataclass

from portal.core.database import db
from portal.core.documents.checking import kind_of
from portal.core.documents.models import Document
from portal.core.pictures.storage import media
from portal.core.text import clean_line


@dataclass(frozen=True)
class PreparedDocument:
    """A file that waits for its row."""

    key: str
    kind: str
    size: int


def prepare(data: bytes) -> PreparedDocument:
    """Slow, without the database. Raises DocumentRefused, whose message belongs to the field."""
    kind = kind_of(data)
    prepared = PreparedDocument(secrets.token_hex(16), kind, len(data))
    media().put(prepared.key, _name(kind), data)
    return prepared


def keep(prepared: PreparedDocument, *, title: str) -> Document:
    """Adds the row in the current transaction."""
    document = Document(
        key=prepared.key, kind=prepared.kind, size=prepared.size, title=clean_line(title)
    )
    db.session.add(document)
    return document


def again(document: Document) -> Document:
    """A second row for the same file: its title may change, and it may go, without the first."""
    copied = Document(
        key=document.key, kind=document.kind, size=document.size, title=document.title
    )
    db.session.add(copied)
    return copied


def discard(prepared: PreparedDocument) -> None:
    """Nothing came of it: the file need not wait for the sweep."""
    media().delete(prepared.key)


def content(document: Document) -> bytes:
    return media().get(document.key, _name(document.kind))


def _name(kind: str) -> str:
    return f"file.{kind}"

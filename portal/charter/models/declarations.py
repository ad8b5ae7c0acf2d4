"""Versions of the declaration. What was published is never changed and never deleted."""

from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, Index, String, Text, event, inspect
from sqlalchemy.orm import Mapped, mapped_column, object_session

from portal.core.database import Base, Versioned
from portal.core.errors import Conflict


class DeclarationState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"

    @property
    def label(self) -> str:
        return str(DECLARATION_STATE_LABELS[self])


DECLARATION_STATE_LABELS = {
    DeclarationState.DRAFT: _l("Entwurf"),
    DeclarationState.PUBLISHED: _l("veröffentlicht"),
}


def sha256_of(text: str) -> str:
    """Of the exact Markdown text in UTF-8: anybody can compute it from the text that is shown."""
    return sha256(text.encode()).hexdigest()


class Declaration(Versioned, Base):
    """One version. A draft has neither number nor hash; publishing gives both, for ever."""

    __tablename__ = "declaration"
    __table_args__ = (Index(None, "state", "number"),)

    number: Mapped[int | None] = mapped_column(unique=True)
    state: Mapped[DeclarationState] = mapped_column(
        default=DeclarationState.DRAFT,
        active_history=True,
    )
    title: Mapped[str] = mapped_column(String(160))
    text: Mapped[str] = mapped_column(Text)
    text_html: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64), default="")
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    @property
    def is_published(self) -> bool:
        return self.state is DeclarationState.PUBLISHED


def _was_published(declaration: Declaration) -> bool:
    """As the database knows it, whatever was set since."""
    state = inspect(declaration).attrs.state.load_history()
    return DeclarationState.PUBLISHED in (state.deleted or state.unchanged)


@event.listens_for(Declaration, "before_update")
def _refuse_to_change(_mapper: Any, _connection: Any, declaration: Declaration) -> None:
    """The last line of defence: no service, page or script gets past it."""
    session = object_session(declaration)
    if session and session.is_modified(declaration) and _was_published(declaration):
        raise Conflict("a published declaration stays as it is", about=declaration)


@event.listens_for(Declaration, "before_delete")
def _refuse_to_delete(_mapper: Any, _connection: Any, declaration: Declaration) -> None:
    if _was_published(declaration):
        raise Conflict("a published declaration stays", about=declaration)

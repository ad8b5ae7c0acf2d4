"""Letters: what is to be said to whom. The worker finds the words when it sends."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.core.database import Base


class LetterState(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"

    @property
    def label(self) -> str:
        return str(LETTER_STATE_LABELS[self])


LETTER_STATE_LABELS = {
    LetterState.WAITING: _l("wartet auf den Versand"),
    LetterState.SENT: _l("versandt"),
    LetterState.FAILED: _l("nicht zustellbar"),
}


class Letter(Base):
    """Written in the transaction of the fact it tells. Unique per kind, thing, moment of the fact
    and recipient (R6). The sender claims it with a lease (`claimed_until`), so several workers
    never send it twice while it is alive; the Message-ID stays the same on every try."""

    __tablename__ = "letter"
    __table_args__ = (
        UniqueConstraint("kind", "about", "about_id", "at", "recipient_id"),
        Index(None, "state", "next_try_at"),
        Index(None, "about", "about_id"),
    )

    kind: Mapped[str] = mapped_column(String(60))
    about: Mapped[str] = mapped_column(String(60))
    about_id: Mapped[int]
    at: Mapped[datetime]
    parameters: Mapped[dict[str, Any]]
    recipient_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    recipient: Mapped[User] = relationship()
    language: Mapped[str] = mapped_column(String(5), default="de")
    message_id: Mapped[str] = mapped_column(String(120), unique=True)
    state: Mapped[LetterState] = mapped_column(default=LetterState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime]
    claimed_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(Text, default="")

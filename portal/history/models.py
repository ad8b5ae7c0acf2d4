"""The history, which is the audit trail too: rows are only ever added."""

from datetime import datetime

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.database import Base


class Entry(Base):
    """No foreign keys: what happened stays written down when those it names are gone. Names are
    kept as they were, so the line can still be read."""

    __tablename__ = "history_entry"
    __table_args__ = (
        Index(None, "about", "about_id"),
        Index(None, "by_id"),
        Index(None, "for_id"),
        Index(None, "fact"),
    )

    fact: Mapped[str] = mapped_column(String(60))
    by_id: Mapped[int | None]
    for_id: Mapped[int | None]
    about: Mapped[str | None] = mapped_column(String(60))
    about_id: Mapped[int | None]
    title: Mapped[str] = mapped_column(String(200), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(index=True)

"""The row of a document; its file lies in the media store under its key."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from flask_babel import format_decimal
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.database import Base
from portal.core.times import now

TITLE_LENGTH = 160


class Visibility(StrEnum):
    """Whom a document is for: everybody who sees what it belongs to, or fewer; who they are is the
    business of what it belongs to."""

    INTERNAL = "internal"
    PUBLIC = "public"

    @property
    def label(self) -> str:
        return str(VISIBILITY_LABELS[self])


VISIBILITY_LABELS = {
    Visibility.INTERNAL: _l("nur intern"),
    Visibility.PUBLIC: _l("öffentlich"),
}


class Document(Base):
    """One file for downloading. `kind` is the ending that its content has ("pdf", "docx"), `size`
    is in bytes. Who may have it is the business of what it belongs to."""

    __tablename__ = "document"

    key: Mapped[str] = mapped_column(sa.String(32), index=True)  # rows may share their file
    kind: Mapped[str] = mapped_column(sa.String(8))
    size: Mapped[int]
    title: Mapped[str] = mapped_column(sa.String(TITLE_LENGTH))
    created_at: Mapped[datetime] = mapped_column(default=now)

    @property
    def size_in_words(self) -> str:
        """In kB or MB, for people."""
        if self.size < 1_000_000:
            return f"{max(1, round(self.size / 1000))} kB"
        return f"{format_decimal(round(self.size / 1_000_000, 1))} MB"

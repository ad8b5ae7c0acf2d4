"""The row of a document; its file lies in the media store under its key."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.database import Base
from portal.core.times import now

TITLE_LENGTH = 160


class Document(Base):
    """One file for downloading. `kind` is the ending that its content has ("pdf", "docx"), `size`
    is in bytes. Who may have it is the business of what it belongs to."""

    __tablename__ = "document"

    key: Mapped[str] = mapped_column(sa.String(32), index=True)  # rows may share their file
    kind: Mapped[str] = mapped_column(sa.String(8))
    size: Mapped[int]
    title: Mapped[str] = mapped_column(sa.String(TITLE_LENGTH))
    created_at: Mapped[datetime] = mapped_column(default=now)

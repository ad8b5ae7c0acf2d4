"""The row of a picture; its files lie in the media store under its key."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.database import Base
from portal.core.times import now

ALT_LENGTH = 300
CREDIT_LENGTH = 200


class Picture(Base):
    """One picture in several sizes. Who may see it is the business of what it belongs to."""

    __tablename__ = "picture"

    key: Mapped[str] = mapped_column(sa.String(32), index=True)  # rows may share their files
    width: Mapped[int]  # of the largest size
    height: Mapped[int]
    widths: Mapped[list[int]]  # of the sizes that were made, ascending
    alt: Mapped[str] = mapped_column(sa.String(ALT_LENGTH))
    credit: Mapped[str] = mapped_column(sa.String(CREDIT_LENGTH))
    created_at: Mapped[datetime] = mapped_column(default=now)

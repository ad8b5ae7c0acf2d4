"""What somebody typed and has not saved yet."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.database import Base


class Autosave(Base):
    """One person's form for one project (`key`), as it was sent: nothing is checked yet. `version`
    is the one that the form showed; a new project has none."""

    __tablename__ = "autosave"
    __table_args__ = (UniqueConstraint("user_id", "key"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )
    key: Mapped[str] = mapped_column(String(16))
    is_new: Mapped[bool]
    version: Mapped[int]
    said: Mapped[dict[str, Any]]
    kept_at: Mapped[datetime]

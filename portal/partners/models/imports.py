"""Imports of partners from a file: checked first, carried out in one go, taken back in one go."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import JSON, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.core.database import Base, Versioned


class ImportState(StrEnum):
    CHECKED = "checked"
    IMPORTED = "imported"
    UNDONE = "undone"

    @property
    def label(self) -> str:
        return str(IMPORT_STATE_LABELS[self])


IMPORT_STATE_LABELS = {
    ImportState.CHECKED: _l("geprüft, noch nicht übernommen"),
    ImportState.IMPORTED: _l("übernommen"),
    ImportState.UNDONE: _l("zurückgenommen"),
}


class Outcome(StrEnum):
    """What becomes of a row, or became of it."""

    NEW = "new"
    KNOWN = "known"
    WRONG = "wrong"

    @property
    def label(self) -> str:
        return str(OUTCOME_LABELS[self])


OUTCOME_LABELS = {
    Outcome.NEW: _l("neu"),
    Outcome.KNOWN: _l("schon da"),
    Outcome.WRONG: _l("Fehler"),
}


class PartnerImport(Versioned, Base):
    """`rows` holds what the check found, one record per row (services.importing writes them);
    `digest` is of the file: the same one waits only once. `by_id` is None for the operator's
    command."""

    __tablename__ = "partner_import"
    __table_args__ = (
        Index(
            "uq_partner_import_digest_checked",
            "digest",
            unique=True,
            sqlite_where=text("state = 'checked'"),
            postgresql_where=text("state = 'checked'"),
        ),
    )

    state: Mapped[ImportState] = mapped_column(default=ImportState.CHECKED)
    file_name: Mapped[str] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(String(64))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    by: Mapped[User | None] = relationship()
    at: Mapped[datetime] = mapped_column(index=True)
    new: Mapped[int]
    known: Mapped[int]
    wrong: Mapped[int]
    kept: Mapped[int] = mapped_column(default=0)
    ignored: Mapped[list[str]]
    rows: Mapped[list[Any]] = mapped_column(JSON, deferred=True)

    @property
    def title(self) -> str:
        return self.file_name

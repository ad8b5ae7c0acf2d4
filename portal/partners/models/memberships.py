"""Dated periods in the alliance."""

from datetime import date
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.database import Base
from portal.partners.models.organisations import Organisation


class Standing(StrEnum):
    """As what an organisation belongs to the alliance."""

    FOUNDER = "founder"
    PARTNER = "partner"
    SUPPORTER = "supporter"

    @property
    def label(self) -> str:
        return str(STANDING_LABELS[self])


STANDING_LABELS = {
    Standing.FOUNDER: _l("Gründungspartner"),
    Standing.PARTNER: lazy_pgettext("one", "Partner"),
    Standing.SUPPORTER: _l("Unterstützer"),
}


class DatePrecision(StrEnum):
    """How exactly a source names the day."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    UNKNOWN = "unknown"


OPEN = "until IS NULL"


class Membership(Base):
    """A dated period in the alliance; an open one has no `until`, and nobody has two of them.
    `since` may be unknown."""

    __tablename__ = "membership"
    __table_args__ = (
        Index(
            "uq_membership_open",
            "organisation_id",
            unique=True,
            sqlite_where=text(OPEN),
            postgresql_where=text(OPEN),
        ),
        Index(None, "until", "standing", "since"),
    )

    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )
    organisation: Mapped[Organisation] = relationship(back_populates="memberships")
    standing: Mapped[Standing]
    since: Mapped[date | None]
    precision: Mapped[DatePrecision] = mapped_column(default=DatePrecision.DAY)
    until: Mapped[date | None]
    source_url: Mapped[str] = mapped_column(String(500), default="")
    application_id: Mapped[int | None] = mapped_column(ForeignKey("application.id"))

"""An inquiry: two organisations write to each other about an entry, through the portal."""

from datetime import datetime
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.core.database import Base, Versioned
from portal.exchange.models.offers import Offer
from portal.partners.models import Organisation


class InquiryState(StrEnum):
    """NEW until the asked organisation has answered."""

    NEW = "new"
    ANSWERED = "answered"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        return str(INQUIRY_STATE_LABELS[self])

    @property
    def fill(self) -> str:
        return INQUIRY_STATE_FILLS[self]


INQUIRY_STATE_LABELS = {
    InquiryState.NEW: _l("wartet auf Antwort"),
    InquiryState.ANSWERED: _l("beantwortet"),
    InquiryState.CLOSED: _l("abgeschlossen"),
}
INQUIRY_STATE_FILLS = {
    InquiryState.NEW: "review",
    InquiryState.ANSWERED: "live",
    InquiryState.CLOSED: "done",
}
OPEN = "state <> 'closed'"


class Inquiry(Versioned, Base):
    """`organisation` asks; the organisation of the entry is asked. The two have at most one that is
    open about an entry."""

    __tablename__ = "inquiry"
    __table_args__ = (
        Index(
            "uq_inquiry_open",
            "offer_id",
            "organisation_id",
            unique=True,
            sqlite_where=text(OPEN),
            postgresql_where=text(OPEN),
        ),
    )

    key: Mapped[str] = mapped_column(String(16), unique=True)
    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id", ondelete="CASCADE"), index=True)
    offer: Mapped[Offer] = relationship()
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    organisation: Mapped[Organisation] = relationship()
    state: Mapped[InquiryState] = mapped_column(default=InquiryState.NEW)
    title: Mapped[str] = mapped_column(String(120))
    begun_at: Mapped[datetime] = mapped_column(index=True)
    changed_at: Mapped[datetime]
    messages: Mapped[list["Message"]] = relationship(
        back_populates="inquiry", order_by="Message.id"
    )

    @property
    def asked(self) -> Organisation:
        return self.offer.organisation

    def other(self, organisation: Organisation) -> Organisation:
        """Seen from one of the two."""
        return self.organisation if organisation.id == self.asked.id else self.asked


class Message(Base):
    """`key` comes with the form, so that its second click finds what the first one wrote.
    `shows_address`: who wrote it may be named to the other side once both have written."""

    __tablename__ = "inquiry_message"
    __table_args__ = (Index(None, "organisation_id", "written_at"),)

    key: Mapped[str] = mapped_column(String(16), unique=True)
    inquiry_id: Mapped[int] = mapped_column(
        ForeignKey("inquiry.id", ondelete="CASCADE"), index=True
    )
    inquiry: Mapped[Inquiry] = relationship(back_populates="messages")
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    author: Mapped[User | None] = relationship()
    text: Mapped[str] = mapped_column(Text)
    shows_address: Mapped[bool] = mapped_column(default=False)
    written_at: Mapped[datetime]

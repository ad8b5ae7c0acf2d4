"""Applications to join the alliance, and what an applicant has typed so far."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.core.database import Base, Versioned
from portal.core.tokens import Tokened
from portal.partners.models.organisations import Organisation, OrganisationKind, Registered


class ApplicationState(StrEnum):
    """UNCONFIRMED waits for the applicant's click in the mail; the office sees it from RECEIVED."""

    UNCONFIRMED = "unconfirmed"
    RECEIVED = "received"
    QUESTION = "question"
    ADMITTED = "admitted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return str(APPLICATION_STATE_LABELS[self])


APPLICATION_STATE_LABELS = {
    ApplicationState.UNCONFIRMED: _l("E-Mail-Adresse noch nicht bestätigt"),
    ApplicationState.RECEIVED: _l("eingegangen"),
    ApplicationState.QUESTION: _l("Rückfrage offen"),
    ApplicationState.ADMITTED: _l("aufgenommen"),
    ApplicationState.DECLINED: _l("abgelehnt"),
    ApplicationState.WITHDRAWN: _l("zurückgezogen"),
}


class Application(Registered, Tokened, Versioned, Base):
    """A case: an organisation asks to join. There may have been earlier ones.
    `promised_by` is the day until which the office promises an answer, `answer_by` the one until
    which it asks for one; `heard_at` says when the applicant was last told how things stand."""

    __tablename__ = "application"
    __table_args__ = (Index(None, "state", "received_at"),)

    state: Mapped[ApplicationState] = mapped_column(default=ApplicationState.UNCONFIRMED)
    name: Mapped[str] = mapped_column(String(200))
    folded_name: Mapped[str] = mapped_column(String(400), index=True)
    kind: Mapped[OrganisationKind]
    website: Mapped[str] = mapped_column(String(300))
    street: Mapped[str] = mapped_column(String(200), default="")
    postal_code: Mapped[str] = mapped_column(String(10), default="")
    city: Mapped[str] = mapped_column(String(120))
    why: Mapped[str] = mapped_column(Text, default="")
    theme_ids: Mapped[list[int]] = mapped_column(default=list)
    function: Mapped[str] = mapped_column(String(120))
    phone: Mapped[str] = mapped_column(String(40), default="")
    applicant_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    applicant: Mapped[User] = relationship(foreign_keys=[applicant_id])
    sent_at: Mapped[datetime]
    received_at: Mapped[datetime | None]
    promised_by: Mapped[date | None]
    question: Mapped[str] = mapped_column(Text, default="", server_default="")
    answer_by: Mapped[date | None]
    heard_at: Mapped[datetime | None] = mapped_column(index=True)
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    reason: Mapped[str] = mapped_column(Text, default="")
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    organisation: Mapped[Organisation | None] = relationship()

    @property
    def number(self) -> str:
        """What people quote: the year it was sent and its id."""
        return f"{self.sent_at.year}-{self.id:03d}"


class ApplicationDraft(Base):
    """What an applicant has typed so far. The cookie holds the key, the row its hash."""

    __tablename__ = "application_draft"

    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    answers: Mapped[dict[str, Any]]
    changed_at: Mapped[datetime] = mapped_column(index=True)

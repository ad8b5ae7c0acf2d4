"""People who ask to speak for an organisation, and who claim the profile of one."""

from datetime import datetime
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.core.database import Base, Versioned
from portal.core.tokens import Tokened
from portal.partners.models.organisations import Organisation


class RequestState(StrEnum):
    """UNCONFIRMED waits for the click in the mail; nobody else sees it before."""

    UNCONFIRMED = "unconfirmed"
    ASKED = "asked"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return str(REQUEST_STATE_LABELS[self])


REQUEST_STATE_LABELS = {
    RequestState.UNCONFIRMED: _l("E-Mail-Adresse noch nicht bestätigt"),
    RequestState.ASKED: _l("angefragt"),
    RequestState.ACCEPTED: _l("angenommen"),
    RequestState.REFUSED: _l("abgelehnt"),
    RequestState.WITHDRAWN: _l("zurückgenommen"),
}
PENDING_ONE = "state IN ('unconfirmed', 'asked')"


class JoinRequest(Tokened, Versioned, Base):
    """Where nobody administers the organisation the office answers instead of the owners;
    `is_claim` says that it was so when the request came in."""

    __tablename__ = "join_request"
    __table_args__ = (
        Index(
            "uq_join_request_pending",
            "organisation_id",
            "person_id",
            unique=True,
            sqlite_where=text(PENDING_ONE),
            postgresql_where=text(PENDING_ONE),
        ),
        Index(None, "state", "asked_at"),
    )

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"))
    organisation: Mapped[Organisation] = relationship()
    person_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    person: Mapped[User] = relationship(foreign_keys=[person_id])
    is_claim: Mapped[bool] = mapped_column(default=False)
    state: Mapped[RequestState] = mapped_column(default=RequestState.UNCONFIRMED)
    function: Mapped[str] = mapped_column(String(120), default="")
    motivation: Mapped[str] = mapped_column(Text, default="")
    sent_at: Mapped[datetime]
    asked_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    reason: Mapped[str] = mapped_column(Text, default="")

"""Invitations to speak for an organisation; an offered handover is one of them."""

from datetime import datetime, timedelta
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.core.database import Base, Versioned
from portal.core.times import now
from portal.core.tokens import Tokened
from portal.partners.models.organisations import Organisation
from portal.partners.models.people import AffiliationRole

VALID_FOR = timedelta(days=14)


class InvitationState(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    REVOKED = "revoked"

    @property
    def label(self) -> str:
        return str(INVITATION_STATE_LABELS[self])


INVITATION_STATE_LABELS = {
    InvitationState.OPEN: _l("offen"),
    InvitationState.ACCEPTED: _l("angenommen"),
    InvitationState.DECLINED: _l("abgelehnt"),
    InvitationState.REVOKED: _l("zurückgezogen"),
}
OPEN_ONE = "state = 'open'"


class Invitation(Tokened, Versioned, Base):
    """To one person, who may have no password yet, into one role. With `hands_over` the person who
    invites gives up the role of an owner for it. The newest invites; an older one is revoked."""

    __tablename__ = "invitation"
    __table_args__ = (
        Index(
            "uq_invitation_open",
            "organisation_id",
            "person_id",
            unique=True,
            sqlite_where=text(OPEN_ONE),
            postgresql_where=text(OPEN_ONE),
        ),
        Index(None, "organisation_id", "state"),
    )

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"))
    organisation: Mapped[Organisation] = relationship()
    person_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    person: Mapped[User] = relationship(foreign_keys=[person_id])
    role: Mapped[AffiliationRole]
    hands_over: Mapped[bool] = mapped_column(default=False)
    function: Mapped[str] = mapped_column(String(120), default="")
    invited_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    invited_by: Mapped[User] = relationship(foreign_keys=[invited_by_id])
    state: Mapped[InvitationState] = mapped_column(default=InvitationState.OPEN)
    sent_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]

    @property
    def until(self) -> datetime:
        """The last moment at which it can be accepted."""
        return self.sent_at + VALID_FOR

    @property
    def is_over(self) -> bool:
        return self.until <= now()

"""Expert teams and seats: a seat joins a person, an organisation and a team."""

from datetime import date, datetime
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.core.database import Base, Versioned
from portal.partners.models import Organisation
from portal.topics.models import Theme


class Joining(StrEnum):
    """How one gets into a team (features.md D1)."""

    OPEN = "open"
    ON_REQUEST = "on_request"
    INVITATION = "invitation"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        return str(JOINING_LABELS[self])


JOINING_LABELS = {
    Joining.OPEN: _l("offen für alle Partner"),
    Joining.ON_REQUEST: _l("auf Anfrage"),
    Joining.INVITATION: _l("auf Einladung"),
    Joining.CLOSED: _l("geschlossen"),
}


class Team(Versioned, Base):
    __tablename__ = "team"

    slug: Mapped[str] = mapped_column(String(90), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"))
    theme: Mapped[Theme] = relationship()
    mission: Mapped[str] = mapped_column(Text, default="")
    since: Mapped[date | None]
    joining: Mapped[Joining] = mapped_column(default=Joining.ON_REQUEST)
    source_url: Mapped[str] = mapped_column(String(500), default="")
    note: Mapped[str] = mapped_column(String(500), default="")
    archived_at: Mapped[datetime | None]


class SeatRole(StrEnum):
    MEMBER = "member"
    LEAD = "lead"
    DEPUTY = "deputy"
    SECRETARY = "secretary"

    @property
    def label(self) -> str:
        return str(SEAT_ROLE_LABELS[self])


SEAT_ROLE_LABELS = {
    SeatRole.MEMBER: _l("Mitglied"),
    SeatRole.LEAD: _l("Leitung"),
    SeatRole.DEPUTY: _l("Stellvertretung"),
    SeatRole.SECRETARY: _l("Schriftführung"),
}


class SeatState(StrEnum):
    REQUESTED = "requested"
    SEATED = "seated"
    REFUSED = "refused"
    LEFT = "left"

    @property
    def label(self) -> str:
        return str(SEAT_STATE_LABELS[self])


SEAT_STATE_LABELS = {
    SeatState.REQUESTED: _l("angefragt"),
    SeatState.SEATED: _l("dabei"),
    SeatState.REFUSED: _l("abgelehnt"),
    SeatState.LEFT: _l("ausgeschieden"),
}
ACTIVE = "state IN ('requested', 'seated')"


class Seat(Versioned, Base):
    """One person has at most one active seat in a team; the index answers the double click."""

    __tablename__ = "seat"
    __table_args__ = (
        Index(
            "uq_seat_active",
            "team_id",
            "user_id",
            unique=True,
            sqlite_where=text(ACTIVE),
            postgresql_where=text(ACTIVE),
        ),
        Index(None, "state", "requested_at"),
    )

    team_id: Mapped[int] = mapped_column(ForeignKey("team.id", ondelete="CASCADE"))
    team: Mapped[Team] = relationship()
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    user: Mapped[User] = relationship()
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )
    organisation: Mapped[Organisation] = relationship()
    role: Mapped[SeatRole] = mapped_column(default=SeatRole.MEMBER)
    state: Mapped[SeatState]
    motivation: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    requested_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]

"""Registrations: who comes to a date, or would like to."""

from datetime import datetime
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.core.database import Base
from portal.core.tokens import Tokened
from portal.partners.models import Organisation
from portal.registrations.models.allocations import Allocation

ACTIVE = "state <> 'cancelled'"


class RegistrationState(StrEnum):
    CONFIRMED = "confirmed"
    OFFERED = "offered"
    WAITING = "waiting"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        return str(REGISTRATION_STATE_LABELS[self])


REGISTRATION_STATE_LABELS = {
    RegistrationState.CONFIRMED: _l("Platz bestätigt"),
    RegistrationState.OFFERED: _l("Platz angeboten"),
    RegistrationState.WAITING: _l("auf der Warteliste"),
    RegistrationState.CANCELLED: _l("abgemeldet"),
}


class Way(StrEnum):
    """How it came in."""

    PORTAL = "portal"
    GUEST = "guest"
    MAIL = "mail"
    PHONE = "phone"

    @property
    def label(self) -> str:
        return str(WAY_LABELS[self])


WAY_LABELS = {
    Way.PORTAL: _l("im Portal, angemeldet"),
    Way.GUEST: _l("im Portal, als Gast"),
    Way.MAIL: _l("per E-Mail an das Projektbüro"),
    Way.PHONE: _l("telefonisch beim Projektbüro"),
}
ENTERED = (Way.MAIL, Way.PHONE)  # by the office, with the true time of arrival


class Registration(Tokened, Base):
    """One person, one date, at most one that is not cancelled. The line's order is (`received_at`,
    `number`). Name and organisation are kept as they were; `proved_at` is empty while a guest has
    not confirmed the address; `code` is what the person shows at the door."""

    __tablename__ = "registration"
    __table_args__ = (
        UniqueConstraint("allocation_id", "number"),
        Index(
            "uq_registration_active",
            "allocation_id",
            "person_id",
            unique=True,
            sqlite_where=text(ACTIVE),
            postgresql_where=text(ACTIVE),
        ),
        Index(None, "allocation_id", "state", "received_at", "number"),
    )

    allocation_id: Mapped[int] = mapped_column(ForeignKey("allocation.id"))
    allocation: Mapped[Allocation] = relationship()
    number: Mapped[int]
    state: Mapped[RegistrationState]
    person_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    person: Mapped[User] = relationship(foreign_keys=[person_id])
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    organisation: Mapped[Organisation | None] = relationship()
    first_name: Mapped[str] = mapped_column(String(80))
    last_name: Mapped[str] = mapped_column(String(80))
    organisation_name: Mapped[str] = mapped_column(String(200), default="")
    municipality: Mapped[str] = mapped_column(String(120), default="")
    answer: Mapped[str] = mapped_column(String(500), default="")
    note: Mapped[str] = mapped_column(String(300), default="")
    named_in_public: Mapped[bool] = mapped_column(default=False, server_default=false())
    way: Mapped[Way]
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    entered_by: Mapped[User | None] = relationship(foreign_keys=[entered_by_id])
    code: Mapped[str] = mapped_column(String(16), unique=True)
    received_at: Mapped[datetime]
    entered_at: Mapped[datetime]
    proved_at: Mapped[datetime | None]
    seated_at: Mapped[datetime | None]
    offered_until: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    checked_in_at: Mapped[datetime | None]
    checked_in_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    checked_in_by: Mapped[User | None] = relationship(foreign_keys=[checked_in_by_id])

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def title(self) -> str:
        """In the history: the date, not the person."""
        return self.allocation.event.title

    @property
    def is_active(self) -> bool:
        return self.state is not RegistrationState.CANCELLED

    @property
    def is_proved(self) -> bool:
        return self.proved_at is not None

    @property
    def shown_code(self) -> str:
        """In groups of four, as it is printed."""
        return "-".join(self.code[place : place + 4] for place in range(0, len(self.code), 4))

"""Users and their sessions."""

from datetime import datetime
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.database import Base, Versioned
from portal.core.tokens import Tokened


class OfficeRole(StrEnum):
    NONE = "none"
    MODERATOR = "moderator"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> str:
        return str(OFFICE_ROLE_LABELS[self])


OFFICE_ROLE_LABELS = {
    OfficeRole.NONE: _l("keine Aufgabe im Projektbüro"),
    OfficeRole.MODERATOR: _l("Moderation"),
    OfficeRole.ADMINISTRATOR: _l("Leitung"),
}


class User(Tokened, Versioned, Base):
    """A person. `email` is stored folded to lower case; without `confirmed_at` nobody logs in."""

    __tablename__ = "user"
    is_authenticated = True

    email: Mapped[str] = mapped_column(String(254), unique=True)
    first_name: Mapped[str] = mapped_column(String(80))
    last_name: Mapped[str] = mapped_column(String(80))
    password_hash: Mapped[str | None] = mapped_column(String(255))
    language: Mapped[str] = mapped_column(String(5), default="de")
    office_role: Mapped[OfficeRole] = mapped_column(default=OfficeRole.NONE)
    confirmed_at: Mapped[datetime | None]
    locked_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    sessions: Mapped[list["UserSession"]] = relationship(back_populates="user")

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def is_office(self) -> bool:
        return self.office_role is not OfficeRole.NONE

    @property
    def is_administrator(self) -> bool:
        return self.office_role is OfficeRole.ADMINISTRATOR

    def get_id(self) -> str:  # Flask-Login's word; never the user's own id
        raise RuntimeError("a session's key goes into the cookie, see accounts.sessions")


class Visitor:
    """Whoever is not signed in."""

    is_authenticated = False
    is_office = False
    is_administrator = False
    id = None
    name = ""
    language = "de"


class UserSession(Base):
    """One browser of one person. The cookie holds the key, the row its hash; revoking ends it."""

    __tablename__ = "user_session"

    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    user: Mapped[User] = relationship(back_populates="sessions", lazy="joined")
    browser: Mapped[str] = mapped_column(String(200))
    opened_at: Mapped[datetime]
    last_seen: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class AttemptKind(StrEnum):
    LOG_IN = "log_in"
    LINK = "link"


class Attempt(Base):
    """A failed log-in, or a link asked for by mail: counted per address, known or unknown, so that
    limits hold over workers and restarts. `subject` is a keyed hash of the address."""

    __tablename__ = "attempt"
    __table_args__ = (Index(None, "kind", "subject", "at"),)

    kind: Mapped[AttemptKind]
    subject: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]

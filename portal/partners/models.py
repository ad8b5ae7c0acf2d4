"""Organisations, dated memberships, the people who speak for them, and applications to join."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from portal.accounts.models import User
from portal.core.database import Base, Versioned
from portal.core.tokens import Tokened
from portal.topics.models import Theme


class OrganisationKind(StrEnum):
    """The kinds that the alliance's own texts distinguish (domain.md, section 3)."""

    COMPANY = "company"
    SCIENCE = "science"
    ASSOCIATION = "association"
    ADMINISTRATION = "administration"
    CIVIL_SOCIETY = "civil_society"

    @property
    def label(self) -> str:
        return str(ORGANISATION_KIND_LABELS[self])


ORGANISATION_KIND_LABELS = {
    OrganisationKind.COMPANY: _l("Unternehmen"),
    OrganisationKind.SCIENCE: _l("Wissenschaft"),
    OrganisationKind.ASSOCIATION: _l("Verband oder Kammer"),
    OrganisationKind.ADMINISTRATION: _l("Verwaltung oder Kommune"),
    OrganisationKind.CIVIL_SOCIETY: _l("Zivilgesellschaft"),
}


class Registered:
    """The legal identity: where it is registered (both or neither), and its district in the city.
    `register_number` is kept in one spelling, "HRB 12345"."""

    register_court: Mapped[str] = mapped_column(String(120), default="", server_default="")
    register_number: Mapped[str] = mapped_column(String(40), default="", server_default="")

    @declared_attr
    def district_id(cls) -> Mapped[int | None]:  # noqa: N805 - SQLAlchemy hands over the class
        return mapped_column(ForeignKey("district.id"), index=True)

    @property
    def register(self) -> str:
        """In words: Amtsgericht Dortmund, HRB 12345."""
        return ", ".join(part for part in (self.register_court, self.register_number) if part)


class Organisation(Registered, Versioned, Base):
    """Anybody named: partner, project partner, supporter, municipality, unclaimed profile.
    `folded_name` is the name in the search's spelling, for sorting and for finding doubles."""

    __tablename__ = "organisation"

    slug: Mapped[str] = mapped_column(String(90), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    folded_name: Mapped[str] = mapped_column(String(400), index=True)
    kind: Mapped[OrganisationKind]
    city: Mapped[str] = mapped_column(String(120), default="")
    website: Mapped[str] = mapped_column(String(300), default="")
    summary: Mapped[str] = mapped_column(String(400), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    text_html: Mapped[str] = mapped_column(Text, default="")
    source_url: Mapped[str] = mapped_column(String(500), default="")
    note: Mapped[str] = mapped_column(String(500), default="")
    fictitious: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    affiliations: Mapped[list["Affiliation"]] = relationship(back_populates="organisation")
    memberships: Mapped[list["Membership"]] = relationship(
        back_populates="organisation", order_by="Membership.id"
    )
    themes: Mapped[list[Theme]] = relationship(secondary="organisation_theme", order_by=Theme.order)


class OrganisationTheme(Base):
    """A topic that a partner names as its own."""

    __tablename__ = "organisation_theme"
    __table_args__ = (UniqueConstraint("organisation_id", "theme_id"),)

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"))
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), index=True)


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
    Standing.PARTNER: _l("Partner"),
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


class AffiliationRole(StrEnum):
    """What a person may do for an organisation (decisions.md, "The model")."""

    OWNER = "owner"
    EDITOR = "editor"
    MEMBER = "member"
    SIGNATORY = "signatory"

    @property
    def label(self) -> str:
        return str(AFFILIATION_ROLE_LABELS[self])


AFFILIATION_ROLE_LABELS = {
    AffiliationRole.OWNER: _l("Verwaltung der Organisation"),
    AffiliationRole.EDITOR: _l("Redaktion"),
    AffiliationRole.MEMBER: _l("Mitglied"),
    AffiliationRole.SIGNATORY: _l("Zeichnungsberechtigung"),
}


class Affiliation(Base):
    """Joins a person and an organisation with one dated role; ended ones stay for the rules that
    look back (safety.md, case 8)."""

    __tablename__ = "affiliation"
    __table_args__ = (Index(None, "user_id", "organisation_id"),)

    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    role: Mapped[AffiliationRole]
    function: Mapped[str] = mapped_column(String(120), default="")
    since: Mapped[datetime]
    until: Mapped[datetime | None]
    organisation: Mapped[Organisation] = relationship(back_populates="affiliations")
    user: Mapped[User] = relationship()


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

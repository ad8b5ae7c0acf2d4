"""Organisations: who they are, and where they are registered."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship, validates

from portal.core.database import Base, Versioned
from portal.core.pictures.models import Picture
from portal.partners.websites import domain_of
from portal.topics.models import Theme

if TYPE_CHECKING:
    from portal.partners.models.memberships import Membership
    from portal.partners.models.people import Affiliation


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


class Verification(StrEnum):
    """How the Projektbüro knows that an organisation is what it says (features.md, A9)."""

    APPLICATION = "application"
    CLAIM = "claim"
    SOURCE = "source"

    @property
    def label(self) -> str:
        return str(VERIFICATION_LABELS[self])


VERIFICATION_LABELS = {
    Verification.APPLICATION: _l("vom Projektbüro bei der Aufnahme geprüft"),
    Verification.CLAIM: _l("vom Projektbüro bei der Übernahme des Profils geprüft"),
    Verification.SOURCE: _l("nach öffentlicher Quelle eingetragen"),
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
    `folded_name` is the name in the search's spelling, for sorting and for finding doubles;
    `domain` follows the website, for finding who works there; `import_id` names the file that it
    came from. While `suspended_at` is set, nobody acts for it (safety.md, case 1), and
    its projects may rest with it."""

    __tablename__ = "organisation"

    slug: Mapped[str] = mapped_column(String(90), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    folded_name: Mapped[str] = mapped_column(String(400), index=True)
    kind: Mapped[OrganisationKind]
    street: Mapped[str] = mapped_column(String(200), default="", server_default="")
    postal_code: Mapped[str] = mapped_column(String(10), default="", server_default="")
    city: Mapped[str] = mapped_column(String(120), default="")
    website: Mapped[str] = mapped_column(String(300), default="")
    contact_email: Mapped[str] = mapped_column(String(254), default="", server_default="")
    competences: Mapped[str] = mapped_column(String(300), default="", server_default="")
    domain: Mapped[str] = mapped_column(String(255), default="", server_default="", index=True)
    summary: Mapped[str] = mapped_column(String(400), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    text_html: Mapped[str] = mapped_column(Text, default="")
    source_url: Mapped[str] = mapped_column(String(500), default="")
    note: Mapped[str] = mapped_column(String(500), default="")
    fictitious: Mapped[bool] = mapped_column(default=False)
    logo_id: Mapped[int | None] = mapped_column(ForeignKey("picture.id"))
    logo: Mapped[Picture | None] = relationship()
    logo_on_poster: Mapped[bool] = mapped_column(default=False, server_default=false())
    import_id: Mapped[int | None] = mapped_column(ForeignKey("partner_import.id"), index=True)
    created_at: Mapped[datetime]
    verification: Mapped[Verification | None]
    verified_at: Mapped[datetime | None]
    suspended_at: Mapped[datetime | None]
    projects_rest: Mapped[bool] = mapped_column(default=False, server_default=false())
    suspension_reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    affiliations: Mapped[list["Affiliation"]] = relationship(back_populates="organisation")
    memberships: Mapped[list["Membership"]] = relationship(
        back_populates="organisation", order_by="Membership.id"
    )
    themes: Mapped[list[Theme]] = relationship(secondary="organisation_theme", order_by=Theme.order)

    @validates("website")
    def _keep_the_domain(self, _key: str, website: str) -> str:
        self.domain = domain_of(website)[:255]
        return website


class OrganisationTheme(Base):
    """A topic that a partner names as its own."""

    __tablename__ = "organisation_theme"
    __table_args__ = (UniqueConstraint("organisation_id", "theme_id"),)

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"))
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), index=True)

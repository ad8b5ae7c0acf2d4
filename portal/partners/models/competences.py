"""What an organisation says it can do: a competence in a theme, how well, and what shows it."""

from datetime import datetime, timedelta
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.database import Base, Versioned
from portal.core.languages import speaking
from portal.core.times import now
from portal.partners.models.organisations import Organisation
from portal.topics.models import Competence, Theme

MOST_CLAIMS = 40  # of one organisation
FRESH_FOR = timedelta(days=365)


class CompetenceLevel(StrEnum):
    """In rising order."""

    BASIC = "basic"
    EXPERIENCED = "experienced"
    LEADING = "leading"

    @property
    def label(self) -> str:
        return str(COMPETENCE_LEVEL_LABELS[self])

    @property
    def kept_label(self) -> str:
        """As the history keeps it, whoever claims it."""
        with speaking():
            return self.label

    @property
    def rank(self) -> int:
        return list(CompetenceLevel).index(self)

    @property
    def fill(self) -> str:
        """The kind of hexagon that shows it (components/state.html)."""
        return COMPETENCE_LEVEL_FILLS[self]


COMPETENCE_LEVEL_LABELS = {
    CompetenceLevel.BASIC: _l("Grundkenntnisse"),
    CompetenceLevel.EXPERIENCED: _l("erfahren"),
    CompetenceLevel.LEADING: _l("führend"),
}
COMPETENCE_LEVEL_FILLS = {
    CompetenceLevel.BASIC: "plan",
    CompetenceLevel.EXPERIENCED: "run",
    CompetenceLevel.LEADING: "live",
}


class EvidenceKind(StrEnum):
    PROJECT = "project"
    PRODUCT = "product"
    PUBLICATION = "publication"

    @property
    def label(self) -> str:
        return str(EVIDENCE_KIND_LABELS[self])


EVIDENCE_KIND_LABELS = {
    EvidenceKind.PROJECT: _l("Projekt"),
    EvidenceKind.PRODUCT: _l("Produkt oder Leistung"),
    EvidenceKind.PUBLICATION: _l("Veröffentlichung"),
}


class CompetenceClaim(Versioned, Base):
    """One competence of one organisation in one theme. The evidence is a page of the web with its
    title, or, where `evidence_key` is set, a project of the portal: then its title and its address
    are the project's own, as long as it is public. `confirmed_at` is when the organisation last
    said so."""

    __tablename__ = "competence_claim"
    __table_args__ = (
        UniqueConstraint("organisation_id", "theme_id", "competence_id"),
        Index(None, "competence_id", "theme_id"),
    )

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"))
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), index=True)
    competence_id: Mapped[int] = mapped_column(ForeignKey("competence.id"))
    level: Mapped[CompetenceLevel]
    evidence_kind: Mapped[EvidenceKind]
    evidence_title: Mapped[str] = mapped_column(String(200), default="")
    evidence_url: Mapped[str] = mapped_column(String(300), default="")
    evidence_key: Mapped[str] = mapped_column(String(16), default="")
    claimed_at: Mapped[datetime]
    confirmed_at: Mapped[datetime]
    organisation: Mapped[Organisation] = relationship()
    theme: Mapped[Theme] = relationship()
    competence: Mapped[Competence] = relationship()

    @property
    def is_fresh(self) -> bool:
        return self.confirmed_at > now() - FRESH_FOR

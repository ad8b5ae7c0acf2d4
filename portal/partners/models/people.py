"""Who speaks for an organisation."""

from datetime import datetime
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.core.database import Base
from portal.core.languages import speaking
from portal.partners.models.organisations import Organisation


class AffiliationRole(StrEnum):
    """What a person may do for an organisation (decisions.md, "The model")."""

    OWNER = "owner"
    EDITOR = "editor"
    MEMBER = "member"
    SIGNATORY = "signatory"

    @property
    def label(self) -> str:
        return str(AFFILIATION_ROLE_LABELS[self])

    @property
    def kept_label(self) -> str:
        """As history and letters keep it, whoever gives the role; a letter translates it for who
        reads it."""
        with speaking():
            return self.label


AFFILIATION_ROLE_LABELS = {
    AffiliationRole.OWNER: _l("Verwaltung der Organisation"),
    AffiliationRole.EDITOR: _l("Redaktion"),
    AffiliationRole.MEMBER: _l("Mitglied"),
    AffiliationRole.SIGNATORY: _l("Zeichnungsberechtigung"),
}


class Affiliation(Base):
    """Joins a person and an organisation with one dated role; `shown_since` is the person's own yes
    to stand on the public page; ended ones stay for the rules that
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
    shown_since: Mapped[datetime | None]
    organisation: Mapped[Organisation] = relationship(back_populates="affiliations")
    user: Mapped[User] = relationship()

"""Nominations: an organisation names the person who may sign for it; a link by mail asks them."""

from datetime import datetime
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.charter.models.declarations import Declaration
from portal.charter.models.signatures import Signature
from portal.core.database import Base, Versioned
from portal.core.tokens import Tokened
from portal.partners.models import Organisation

OPEN = "state = 'open'"


class NominationState(StrEnum):
    OPEN = "open"
    SIGNED = "signed"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"

    @property
    def label(self) -> str:
        return str(NOMINATION_STATE_LABELS[self])


NOMINATION_STATE_LABELS = {
    NominationState.OPEN: _l("wartet auf die Unterschrift"),
    NominationState.SIGNED: _l("unterschrieben"),
    NominationState.REFUSED: _l("nicht unterschrieben"),
    NominationState.TAKEN_BACK: _l("zurückgenommen"),
}


class Nomination(Tokened, Versioned, Base):
    """`person` needs no log-in: the link is theirs alone. `asked_at` is when the newest link went
    out. At most one is open per organisation: naming somebody new ends the one before."""

    __tablename__ = "nomination"
    __table_args__ = (
        Index(
            "uq_nomination_open",
            "organisation_id",
            unique=True,
            sqlite_where=text(OPEN),
            postgresql_where=text(OPEN),
        ),
    )

    declaration_id: Mapped[int] = mapped_column(ForeignKey("declaration.id"))
    declaration: Mapped[Declaration] = relationship()
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    organisation: Mapped[Organisation] = relationship()
    person_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    person: Mapped[User] = relationship(foreign_keys=[person_id])
    first_name: Mapped[str] = mapped_column(String(80))
    last_name: Mapped[str] = mapped_column(String(80))
    function: Mapped[str] = mapped_column(String(120))
    named_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    named_by: Mapped[User] = relationship(foreign_keys=[named_by_id])
    state: Mapped[NominationState] = mapped_column(default=NominationState.OPEN)
    named_at: Mapped[datetime]
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    signature_id: Mapped[int | None] = mapped_column(ForeignKey("signature.id"))
    signature: Mapped[Signature | None] = relationship()

    @property
    def title(self) -> str:
        return self.organisation.name

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

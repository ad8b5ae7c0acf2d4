"""Signing on the day: an occasion with a short address, and the signatures given there on phones,
provisional until the office has checked them."""

from datetime import date, datetime
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.charter.models.declarations import Declaration
from portal.charter.models.signatures import Signature
from portal.core.database import Base, Versioned
from portal.partners.models import Organisation, OrganisationKind

NOT_DECLINED = "state <> 'declined'"


class OccasionState(StrEnum):
    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        return str(OCCASION_STATE_LABELS[self])


OCCASION_STATE_LABELS = {
    OccasionState.PLANNED: _l("vorbereitet"),
    OccasionState.OPEN: _l("offen"),
    OccasionState.CLOSED: _l("geschlossen"),
}


class Occasion(Versioned, Base):
    """`code` is the end of its short address. `shows_provisional`: the office said that provisional
    signatures may stand in public, marked as such."""

    __tablename__ = "occasion"

    code: Mapped[str] = mapped_column(String(8), unique=True)
    title: Mapped[str] = mapped_column(String(160))
    day: Mapped[date] = mapped_column(index=True)
    declaration_id: Mapped[int] = mapped_column(ForeignKey("declaration.id"))
    declaration: Mapped[Declaration] = relationship()
    shows_provisional: Mapped[bool] = mapped_column(default=False)
    state: Mapped[OccasionState] = mapped_column(default=OccasionState.PLANNED)
    created_at: Mapped[datetime]

    @property
    def is_open(self) -> bool:
        return self.state is OccasionState.OPEN


class ProvisionalState(StrEnum):
    WAITING = "waiting"
    ACCEPTED = "accepted"
    DECLINED = "declined"

    @property
    def label(self) -> str:
        return str(PROVISIONAL_STATE_LABELS[self])


PROVISIONAL_STATE_LABELS = {
    ProvisionalState.WAITING: _l("vorläufig"),
    ProvisionalState.ACCEPTED: _l("angenommen"),
    ProvisionalState.DECLINED: _l("abgelehnt"),
}


class ProvisionalSignature(Versioned, Base):
    """What somebody typed on a phone; nobody has proved anything yet. Once per occasion and folded
    name, unless the office declined it."""

    __tablename__ = "provisional_signature"
    __table_args__ = (
        Index(
            "uq_provisional_signature_name",
            "occasion_id",
            "folded_name",
            unique=True,
            sqlite_where=text(NOT_DECLINED),
            postgresql_where=text(NOT_DECLINED),
        ),
        Index(None, "state", "given_at"),
    )

    occasion_id: Mapped[int] = mapped_column(ForeignKey("occasion.id"))
    occasion: Mapped[Occasion] = relationship()
    organisation_name: Mapped[str] = mapped_column(String(200))
    folded_name: Mapped[str] = mapped_column(String(400), index=True)
    kind: Mapped[OrganisationKind]
    first_name: Mapped[str] = mapped_column(String(80))
    last_name: Mapped[str] = mapped_column(String(80))
    function: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(5), default="de")
    given_at: Mapped[datetime]
    state: Mapped[ProvisionalState] = mapped_column(default=ProvisionalState.WAITING)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    organisation: Mapped[Organisation | None] = relationship()
    signature_id: Mapped[int | None] = mapped_column(ForeignKey("signature.id"))
    signature: Mapped[Signature | None] = relationship()
    person_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    reason: Mapped[str] = mapped_column(Text, default="")

    @property
    def title(self) -> str:
        return self.organisation_name

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

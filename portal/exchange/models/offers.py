"""An entry of the Projektbörse, and the states of its text."""

from datetime import date, datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, and_
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship, remote

from portal.accounts.models import User
from portal.core.database import Base, Versioned
from portal.exchange.models.states import OfferKind, OfferReview, OfferState, Outcome
from portal.partners.models import Organisation
from portal.topics.models import Competence, District, Theme

# Letters compare by their code on both engines; a locale would skip blanks and hyphens.
SORTED_ALIKE = String(240).with_variant(String(240, collation="C"), "postgresql")


class Offer(Versioned, Base):
    """`key` stands in private addresses and never changes; `slug` is given at the first
    publication. Its one version covers its texts, too: every act changes `changed_at`.
    `expires_on` is the last day on which the public sees it; `reminded_days` says which reminder
    of this term went out: that of so many days before. The public reads the text with the number
    `live_number`."""

    __tablename__ = "offer"
    __table_args__ = (Index(None, "state", "expires_on"),)

    key: Mapped[str] = mapped_column(String(16), unique=True)
    slug: Mapped[str | None] = mapped_column(String(90), unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    organisation: Mapped[Organisation] = relationship()
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    author: Mapped[User | None] = relationship(foreign_keys=[author_id])
    state: Mapped[OfferState] = mapped_column(default=OfferState.NEW)
    live_number: Mapped[int | None]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime] = mapped_column(index=True)
    published_at: Mapped[datetime | None]
    expires_on: Mapped[date | None]
    reminded_days: Mapped[int | None]
    outcome: Mapped[Outcome] = mapped_column(default=Outcome.OPEN)
    ended_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    revisions: Mapped[list["OfferRevision"]] = relationship(
        back_populates="offer", order_by="OfferRevision.number"
    )
    live: Mapped["OfferRevision | None"] = relationship(
        primaryjoin=lambda: and_(
            remote(foreign(OfferRevision.offer_id)) == Offer.id,
            remote(OfferRevision.number) == Offer.live_number,
        ),
        viewonly=True,
    )

    @property
    def latest(self) -> "OfferRevision":
        """The text that is being worked on, or the last one there was."""
        return self.revisions[-1]

    @property
    def name(self) -> str:
        return self.latest.name if self.revisions else ""


class OfferRevision(Base):
    """One state of the text. Markdown is rendered once on save, into `html`. `folded_title` is the
    title in the search's spelling. What lists read stands before the long texts."""

    __tablename__ = "offer_revision"
    __table_args__ = (UniqueConstraint("offer_id", "number"), Index(None, "state", "submitted_at"))

    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id", ondelete="CASCADE"))
    offer: Mapped[Offer] = relationship(back_populates="revisions")
    number: Mapped[int] = mapped_column(default=1)
    state: Mapped[OfferReview] = mapped_column(default=OfferReview.DRAFT)
    kind: Mapped[OfferKind | None]
    title: Mapped[str] = mapped_column(String(120), default="")
    folded_title: Mapped[str] = mapped_column(SORTED_ALIKE, default="")
    summary: Mapped[str] = mapped_column(String(300), default="")
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"), index=True)
    theme: Mapped[Theme | None] = relationship()
    competence_id: Mapped[int | None] = mapped_column(ForeignKey("competence.id"), index=True)
    competence: Mapped[Competence | None] = relationship()
    citywide: Mapped[bool] = mapped_column(default=False)
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    submitted_at: Mapped[datetime | None]
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    promised_by: Mapped[date | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    note: Mapped[str] = mapped_column(Text, default="")
    text: Mapped[str] = mapped_column(Text, default="")
    html: Mapped[str] = mapped_column(Text, default="")
    districts: Mapped[list[District]] = relationship(
        secondary="offer_revision_district", order_by=District.order
    )

    @property
    def version(self) -> int:
        """What forms carry: that of the whole entry."""
        return self.offer.version

    @property
    def name(self) -> str:
        """What a person calls it, also while it has no title yet."""
        return self.title or str(_l("Eintrag ohne Titel"))


class OfferRevisionDistrict(Base):
    __tablename__ = "offer_revision_district"
    __table_args__ = (UniqueConstraint("offer_revision_id", "district_id"),)

    offer_revision_id: Mapped[int] = mapped_column(
        ForeignKey("offer_revision.id", ondelete="CASCADE")
    )
    district_id: Mapped[int] = mapped_column(ForeignKey("district.id"), index=True)

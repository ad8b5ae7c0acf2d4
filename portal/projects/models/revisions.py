"""One state of what a project says, with where it stands in the review."""

from datetime import date, datetime
from secrets import randbelow
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.core.database import Base, Versioned
from portal.core.pictures.models import Picture
from portal.projects.models.projects import Project
from portal.projects.models.states import Phase, ReviewState
from portal.teams.models import Team
from portal.topics.models import ActionField, District, Theme

if TYPE_CHECKING:
    from portal.projects.models.media import RevisionDocument, RevisionLink, RevisionPicture

# Letters compare by their code on both engines; a locale would skip blanks and hyphens.
SORTED_ALIKE = String(240).with_variant(String(240, collation="C"), "postgresql")


class Revision(Versioned, Base):
    """One state of the content. Markdown is rendered once on save: `html` holds it per field.
    `folded_title` is the title in the search's spelling, for sorting and for the office's search.
    `begins` and `ends` are "2019", "2019-12" or "2019-12-01", as exactly as they are known.
    `funding_volume` is in euros, `funding_share` in percent. `based_on` is the number of the state
    that an author began with, where there was one."""

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("project_id", "number"), Index(None, "state"))

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"))
    project: Mapped[Project] = relationship(back_populates="revisions", foreign_keys=[project_id])
    number: Mapped[int] = mapped_column(default=1)
    state: Mapped[ReviewState] = mapped_column(default=ReviewState.DRAFT)
    based_on: Mapped[int | None]

    title: Mapped[str] = mapped_column(String(120), default="")
    folded_title: Mapped[str] = mapped_column(SORTED_ALIKE, default="", index=True)
    short_title: Mapped[str] = mapped_column(String(60), default="")
    summary: Mapped[str] = mapped_column(String(300), default="")
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"), index=True)
    theme: Mapped[Theme | None] = relationship()
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"), index=True)
    team: Mapped[Team | None] = relationship()
    action_field_id: Mapped[int | None] = mapped_column(ForeignKey("action_field.id"))
    action_field: Mapped[ActionField | None] = relationship()
    phase: Mapped[Phase | None] = mapped_column(index=True)
    # What lists read stands before the long texts: SQLite then finds it without reading them.
    place: Mapped[str] = mapped_column(String(200), default="")
    citywide: Mapped[bool] = mapped_column(default=False)
    begins: Mapped[str] = mapped_column(String(10), default="", index=True)
    ends: Mapped[str] = mapped_column(String(10), default="")
    problem: Mapped[str] = mapped_column(Text, default="")
    goal: Mapped[str] = mapped_column(Text, default="")
    solution: Mapped[str] = mapped_column(Text, default="")
    benefit: Mapped[str] = mapped_column(Text, default="")
    status_text: Mapped[str] = mapped_column(Text, default="")
    status_as_of: Mapped[str] = mapped_column(String(10), default="")
    html: Mapped[dict[str, str]] = mapped_column(default=dict)
    funding: Mapped[str] = mapped_column(String(300), default="")
    funding_programme: Mapped[str] = mapped_column(String(200), default="", server_default="")
    funding_volume: Mapped[int | None]
    funding_share: Mapped[int | None]
    transfer: Mapped[str] = mapped_column(Text, default="")
    relation: Mapped[str] = mapped_column(String(200), default="")
    video_url: Mapped[str] = mapped_column(String(500), default="", server_default="")
    contact_email: Mapped[str] = mapped_column(String(254), default="")
    source_url: Mapped[str] = mapped_column(String(500), default="")
    picture_id: Mapped[int | None] = mapped_column(ForeignKey("picture.id"))
    picture: Mapped[Picture | None] = relationship()
    pictures: Mapped[list["RevisionPicture"]] = relationship(
        back_populates="revision",
        order_by="RevisionPicture.position",
        cascade="all, delete-orphan",
    )
    documents: Mapped[list["RevisionDocument"]] = relationship(
        back_populates="revision",
        order_by="RevisionDocument.position",
        cascade="all, delete-orphan",
    )
    links: Mapped[list["RevisionLink"]] = relationship(
        back_populates="revision", order_by="RevisionLink.position", cascade="all, delete-orphan"
    )
    districts: Mapped[list[District]] = relationship(
        secondary="revision_district", order_by=District.order
    )

    note: Mapped[str] = mapped_column(Text, default="")
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    changed_by: Mapped[User | None] = relationship(foreign_keys=[changed_by_id])
    submitted_at: Mapped[datetime | None] = mapped_column(index=True)
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    promised_by: Mapped[date | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    @classmethod
    def first_version(cls) -> int:
        return 1 + randbelow(2**30)

    @property
    def name(self) -> str:
        """What a person calls it, also while it has no title yet."""
        return self.title or str(_l("Projekt ohne Titel"))


class RevisionDistrict(Base):
    __tablename__ = "revision_district"
    __table_args__ = (UniqueConstraint("revision_id", "district_id"),)

    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id", ondelete="CASCADE"))
    district_id: Mapped[int] = mapped_column(ForeignKey("district.id"), index=True)

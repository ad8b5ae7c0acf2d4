"""A project: its address, its owner, and which of its revisions the public sees."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.core.database import Base
from portal.partners.models import Organisation
from portal.projects.models.states import ReviewState

if TYPE_CHECKING:
    from portal.projects.models.participations import Participation
    from portal.projects.models.revisions import Revision


class Project(Base):
    """`key` stands in private addresses and never changes; `slug` is given at the first
    publication. Visitors see it while `live_revision_id` is set; `rests` says that it was taken
    away with its organisation, and comes back with it; an archived one keeps its page and leaves
    the lists. `confirmed_at` is when its owner last said that the public text is right; `lapsed`
    says that this was too long ago."""

    __tablename__ = "project"
    __table_args__ = (Index(None, "live_revision_id", "published_at"),)

    key: Mapped[str] = mapped_column(String(16), unique=True)
    slug: Mapped[str | None] = mapped_column(String(90), unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    organisation: Mapped[Organisation] = relationship()
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    author: Mapped[User | None] = relationship()
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None] = mapped_column(index=True)
    rests: Mapped[bool] = mapped_column(default=False, server_default=false())
    archived_at: Mapped[datetime | None]
    archive_reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    confirmed_at: Mapped[datetime | None] = mapped_column(index=True)
    asked_at: Mapped[datetime | None]
    lapsed: Mapped[bool] = mapped_column(default=False, server_default=false())
    live_revision_id: Mapped[int | None] = mapped_column(
        ForeignKey("revision.id", use_alter=True, name="fk_project_live_revision_id_revision")
    )
    live: Mapped["Revision | None"] = relationship(
        foreign_keys=[live_revision_id], post_update=True
    )
    revisions: Mapped[list["Revision"]] = relationship(
        back_populates="project",
        foreign_keys="Revision.project_id",
        order_by="Revision.number",
    )
    participations: Mapped[list["Participation"]] = relationship(
        back_populates="project", order_by="Participation.id"
    )

    @property
    def latest(self) -> "Revision":
        """The revision that is being worked on, or the last one there was. What was discarded
        beside a public text is kept, and no longer worked on."""
        kept = [one for one in self.revisions if one.state is not ReviewState.DISCARDED]
        return (kept or self.revisions)[-1]

    @property
    def is_public(self) -> bool:
        return self.live_revision_id is not None

"""A project holds its address and its live revision; a revision holds content and review state."""

from datetime import date, datetime
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.core.database import Base, Versioned
from portal.core.pictures.models import Picture
from portal.partners.models import Organisation
from portal.teams.models import Team
from portal.topics.models import District, Theme


class Phase(StrEnum):
    """decisions.md, "The model"."""

    IDEA = "idea"
    PREPARATION = "preparation"
    PILOT = "pilot"
    IMPLEMENTATION = "implementation"
    OPERATION = "operation"
    COMPLETED = "completed"

    @property
    def label(self) -> str:
        return str(PHASE_LABELS[self])

    @property
    def slug(self) -> str:
        """As it stands in the address of a filtered list."""
        return PHASE_SLUGS[self]

    @property
    def fill(self) -> str:
        """The kind of hexagon that shows it (components/state.html)."""
        return PHASE_FILLS[self]


PHASE_LABELS = {
    Phase.IDEA: _l("Idee"),
    Phase.PREPARATION: _l("in Vorbereitung"),
    Phase.PILOT: _l("Pilot"),
    Phase.IMPLEMENTATION: _l("in Umsetzung"),
    Phase.OPERATION: _l("in Betrieb"),
    Phase.COMPLETED: _l("abgeschlossen"),
}
PHASE_SLUGS = {
    Phase.IDEA: "idee",
    Phase.PREPARATION: "in-vorbereitung",
    Phase.PILOT: "pilot",
    Phase.IMPLEMENTATION: "in-umsetzung",
    Phase.OPERATION: "in-betrieb",
    Phase.COMPLETED: "abgeschlossen",
}
PHASE_FILLS = {
    Phase.IDEA: "idea",
    Phase.PREPARATION: "plan",
    Phase.PILOT: "plan",
    Phase.IMPLEMENTATION: "run",
    Phase.OPERATION: "live",
    Phase.COMPLETED: "done",
}


class ReviewState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    PUBLISHED = "published"

    @property
    def label(self) -> str:
        return str(REVIEW_STATE_LABELS[self])

    @property
    def slug(self) -> str:
        return REVIEW_STATE_SLUGS[self]

    @property
    def fill(self) -> str:
        return REVIEW_STATE_FILLS[self]


REVIEW_STATE_LABELS = {
    ReviewState.DRAFT: _l("Entwurf"),
    ReviewState.SUBMITTED: _l("in Prüfung"),
    ReviewState.RETURNED: _l("Änderungen erbeten"),
    ReviewState.PUBLISHED: _l("veröffentlicht"),
}
REVIEW_STATE_SLUGS = {
    ReviewState.DRAFT: "entwurf",
    ReviewState.SUBMITTED: "in-pruefung",
    ReviewState.RETURNED: "aenderungen-erbeten",
    ReviewState.PUBLISHED: "veroeffentlicht",
}
REVIEW_STATE_FILLS = {
    ReviewState.DRAFT: "draft",
    ReviewState.SUBMITTED: "review",
    ReviewState.RETURNED: "change",
    ReviewState.PUBLISHED: "live",
}


# Letters compare by their code on both engines; a locale would skip blanks and hyphens.
SORTED_ALIKE = String(240).with_variant(String(240, collation="C"), "postgresql")


class Project(Base):
    """`key` stands in private addresses and never changes; `slug` is given at the first
    publication. Visitors see it while `live_revision_id` is set; `rests` says that it was taken
    away with its organisation, and comes back with it."""

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
        """The revision that is being worked on, or the last one there was."""
        return self.revisions[-1]


class Revision(Versioned, Base):
    """One state of the content. Markdown is rendered once on save: `html` holds it per field.
    `folded_title` is the title in the search's spelling, for sorting and for the office's search.
    `begins` and `ends` are "2019", "2019-12" or "2019-12-01", as exactly as they are known."""

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("project_id", "number"), Index(None, "state"))

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"))
    project: Mapped[Project] = relationship(back_populates="revisions", foreign_keys=[project_id])
    number: Mapped[int] = mapped_column(default=1)
    state: Mapped[ReviewState] = mapped_column(default=ReviewState.DRAFT)

    title: Mapped[str] = mapped_column(String(120), default="")
    folded_title: Mapped[str] = mapped_column(SORTED_ALIKE, default="", index=True)
    short_title: Mapped[str] = mapped_column(String(60), default="")
    summary: Mapped[str] = mapped_column(String(300), default="")
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"), index=True)
    theme: Mapped[Theme | None] = relationship()
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"), index=True)
    team: Mapped[Team | None] = relationship()
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
    transfer: Mapped[str] = mapped_column(Text, default="")
    relation: Mapped[str] = mapped_column(String(200), default="")
    link_label: Mapped[str] = mapped_column(String(120), default="")
    link_url: Mapped[str] = mapped_column(String(500), default="")
    contact_email: Mapped[str] = mapped_column(String(254), default="")
    source_url: Mapped[str] = mapped_column(String(500), default="")
    picture_id: Mapped[int | None] = mapped_column(ForeignKey("picture.id"))
    picture: Mapped[Picture | None] = relationship()
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

    @property
    def name(self) -> str:
        """What a person calls it, also while it has no title yet."""
        return self.title or str(_l("Projekt ohne Titel"))


class RevisionDistrict(Base):
    __tablename__ = "revision_district"
    __table_args__ = (UniqueConstraint("revision_id", "district_id"),)

    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id", ondelete="CASCADE"))
    district_id: Mapped[int] = mapped_column(ForeignKey("district.id"), index=True)


class ParticipationRole(StrEnum):
    LEAD = "lead"
    PARTNER = "partner"

    @property
    def label(self) -> str:
        return str(PARTICIPATION_ROLE_LABELS[self])


PARTICIPATION_ROLE_LABELS = {
    ParticipationRole.LEAD: _l("Projektleitung"),
    ParticipationRole.PARTNER: lazy_pgettext("one", "Projektpartner"),
}


class Basis(StrEnum):
    """Why a name may stand in public: a public source, or the organisation's own yes. PENDING
    names stand nowhere in public."""

    SOURCE = "source"
    CONFIRMED = "confirmed"
    PENDING = "pending"


class Participation(Base):
    __tablename__ = "participation"
    __table_args__ = (UniqueConstraint("project_id", "organisation_id"),)

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"))
    project: Mapped[Project] = relationship(back_populates="participations")
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    organisation: Mapped[Organisation] = relationship()
    role: Mapped[ParticipationRole] = mapped_column(default=ParticipationRole.PARTNER)
    basis: Mapped[Basis]
    source_url: Mapped[str] = mapped_column(String(500), default="")
    note: Mapped[str] = mapped_column(String(300), default="")

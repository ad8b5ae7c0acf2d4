"""What the office says while it reviews: comments at a part of the presentation, its judgement of
the criteria, and notes that stay inside. All of it belongs to the project and outlives a round."""

from datetime import datetime
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.core.database import Base, Versioned
from portal.projects.models.projects import Project


class CommentState(StrEnum):
    """OPEN until the authors say that it is DONE, or the office that it is RESOLVED."""

    OPEN = "open"
    DONE = "done"
    RESOLVED = "resolved"

    @property
    def label(self) -> str:
        return str(COMMENT_STATE_LABELS[self])


COMMENT_STATE_LABELS = {
    CommentState.OPEN: lazy_pgettext("comment", "offen"),
    CommentState.DONE: _l("erledigt"),
    CommentState.RESOLVED: _l("geklärt"),
}


class Criterion(StrEnum):
    """Those of the field (domain.md, section 5)."""

    INNOVATIVE = "innovative"
    SUSTAINABLE = "sustainable"
    CONCRETE = "concrete"
    USEFUL = "useful"

    @property
    def label(self) -> str:
        return str(CRITERION_LABELS[self])


CRITERION_LABELS = {
    Criterion.INNOVATIVE: _l("innovativ"),
    Criterion.SUSTAINABLE: _l("nachhaltig und übertragbar"),
    Criterion.CONCRETE: _l("konkret"),
    Criterion.USEFUL: _l("nutzenstiftend"),
}


class Verdict(StrEnum):
    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not_met"

    @property
    def label(self) -> str:
        return str(VERDICT_LABELS[self])


VERDICT_LABELS = {
    Verdict.MET: _l("erfüllt"),
    Verdict.PARTLY: _l("teils erfüllt"),
    Verdict.NOT_MET: _l("nicht erfüllt"),
}


class OfProject:
    """In the history all of it has the project's name."""

    project: Mapped[Project]

    @property
    def name(self) -> str:
        return self.project.latest.name


class Comment(OfProject, Versioned, Base):
    """`part` is one of `parts.PARTS`. Nobody but the office knows of it before `sent_at`;
    `closed_at` is when the review ended that it belonged to."""

    __tablename__ = "review_comment"

    project_id: Mapped[int] = mapped_column(
        ForeignKey("project.id", ondelete="CASCADE"), index=True
    )
    project: Mapped[Project] = relationship()
    part: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(String(1000))
    state: Mapped[CommentState] = mapped_column(default=CommentState.OPEN)
    answer: Mapped[str] = mapped_column(String(500), default="")
    written_at: Mapped[datetime]
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    written_by: Mapped[User | None] = relationship(foreign_keys=[written_by_id])
    sent_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    done_by: Mapped[User | None] = relationship(foreign_keys=[done_by_id])
    closed_at: Mapped[datetime | None]


class Judgement(OfProject, Versioned, Base):
    """What the office thinks of one criterion; without a verdict it is only a note."""

    __tablename__ = "review_judgement"
    __table_args__ = (UniqueConstraint("project_id", "criterion"),)

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"))
    project: Mapped[Project] = relationship()
    criterion: Mapped[Criterion]
    verdict: Mapped[Verdict | None]
    note: Mapped[str] = mapped_column(String(300), default="")
    judged_at: Mapped[datetime]
    judged_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    judged_by: Mapped[User | None] = relationship()


class CaseNote(OfProject, Base):
    """From the office to itself (safety.md, matrix row 13)."""

    __tablename__ = "review_note"

    project_id: Mapped[int] = mapped_column(
        ForeignKey("project.id", ondelete="CASCADE"), index=True
    )
    project: Mapped[Project] = relationship()
    text: Mapped[str] = mapped_column(String(1000))
    written_at: Mapped[datetime]
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    written_by: Mapped[User | None] = relationship()

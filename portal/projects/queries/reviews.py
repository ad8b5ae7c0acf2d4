"""What was said in a review, as far as somebody may read it."""

from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from portal.accounts.models import User
from portal.core.database import db
from portal.core.errors import Hidden
from portal.projects.models import (
    CaseNote,
    Comment,
    CommentState,
    Criterion,
    Judgement,
    Project,
    ReviewState,
    Revision,
)
from portal.projects.parts import place_of
from portal.projects.policies import OPEN, may_read_review

NOTES_SHOWN = 50


@dataclass(frozen=True)
class Checklist:
    """What the authors were asked to mend; `unchanged` says that they have saved nothing since."""

    points: list[Comment]
    unchanged: bool = False

    @property
    def done(self) -> int:
        return len(self.points) - self.left

    @property
    def open_points(self) -> list[Comment]:
        return [point for point in self.points if point.state is CommentState.OPEN]

    @property
    def left(self) -> int:
        return len(self.open_points)

    def __bool__(self) -> bool:
        return bool(self.points)


@dataclass(frozen=True)
class Assessment:
    """All judgements of a project. Their versions together are the one that a form shows."""

    judgements: dict[Criterion, Judgement]

    @property
    def version(self) -> int:
        return sum(judgement.version for judgement in self.judgements.values())

    @property
    def judged(self) -> int:
        return sum(judgement.verdict is not None for judgement in self.judgements.values())


def comments_of(project: Project, *, unsent: bool) -> list[Comment]:
    """Those of the running review, in the order of the form; `unsent` ones are for who may read
    the review."""
    rows = _running(project).options(joinedload(Comment.written_by), joinedload(Comment.done_by))
    if not unsent:
        rows = rows.where(Comment.sent_at.is_not(None))
    return _in_order(rows)


def checklist(project: Project) -> Checklist:
    """What was sent and is not resolved, while the authors can do something about it."""
    revision = project.latest
    if revision.state not in OPEN:
        return Checklist([])
    asked = Comment.sent_at.is_not(None) & (Comment.state != CommentState.RESOLVED)
    return Checklist(_in_order(_running(project).where(asked)), unchanged=_is_unchanged(revision))


def comment_in(project: Project, comment_id: int, *, seen_by: User) -> Comment:
    """Raises Hidden for one of another project, and for one that was not sent."""
    comment = db.session.scalar(_running(project).where(Comment.id == comment_id))
    if comment is None or not (comment.sent_at or may_read_review(seen_by, project.latest)):
        raise Hidden("no such comment here")
    return comment


def count_comments(project: Project) -> int:
    rows = select(func.count(Comment.id)).where(Comment.project_id == project.id)
    return db.session.scalar(rows.where(Comment.closed_at.is_(None))) or 0


def asks_for_something(project: Project) -> bool:
    """A comment is open, sent or not: the authors can be asked without a note."""
    rows = select(Comment.id).where(
        Comment.project_id == project.id,
        Comment.closed_at.is_(None),
        Comment.state == CommentState.OPEN,
    )
    return db.session.scalar(rows.limit(1)) is not None


def assessment(project: Project) -> Assessment:
    rows = (
        select(Judgement)
        .options(joinedload(Judgement.judged_by))
        .where(Judgement.project_id == project.id)
        .execution_options(populate_existing=True)
    )
    return Assessment({judgement.criterion: judgement for judgement in db.session.scalars(rows)})


def case_notes(project: Project) -> list[CaseNote]:
    """The newest first."""
    rows = (
        select(CaseNote)
        .options(joinedload(CaseNote.written_by))
        .where(CaseNote.project_id == project.id)
        .order_by(CaseNote.id.desc())
        .limit(NOTES_SHOWN)
    )
    return list(db.session.scalars(rows))


def _running(project: Project) -> Select[Comment]:
    return select(Comment).where(Comment.project_id == project.id, Comment.closed_at.is_(None))


def _in_order(rows: Select[Comment]) -> list[Comment]:
    return sorted(db.session.scalars(rows), key=lambda one: (place_of(one.part), one.id))


def _is_unchanged(revision: Revision) -> bool:
    """Given back, and not saved since then."""
    given_back = revision.state is ReviewState.RETURNED and revision.decided_at is not None
    return given_back and bool(revision.decided_at and revision.changed_at <= revision.decided_at)

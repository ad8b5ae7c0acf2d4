"""Comments of every kind, and what the tests ask of them."""

from sqlalchemy import select

from portal.accounts.models import User
from portal.core.database import db
from portal.core.times import now
from portal.projects.models import Comment, CommentState, Project
from portal.projects.parts import place_of
from tests.cast import saved


def a_comment(
    project: Project,
    part: str,
    text: str = "Bitte ergänzen.",
    *,
    state: CommentState = CommentState.OPEN,
    sent: bool = True,
    by: User | None = None,
) -> Comment:
    comment = Comment(
        project_id=project.id,
        part=part,
        text=text,
        state=state,
        written_at=now(),
        written_by_id=by.id if by else None,
        sent_at=now() if sent else None,
    )
    return saved(comment)


def comments(project: Project) -> list[tuple[str, str, bool]]:
    """Part, text, and whether it was sent; in the order of the form."""
    db.session.rollback()
    rows = select(Comment).where(Comment.project_id == project.id).order_by(Comment.id)
    found = sorted(db.session.scalars(rows), key=lambda one: place_of(one.part))
    return [(one.part, one.text, one.sent_at is not None) for one in found]


def state_of_comment(comment: Comment) -> CommentState:
    db.session.rollback()
    db.session.expire_all()
    return comment.state


def seen(comment: Comment) -> dict[str, int]:
    """What a form of that moment would send."""
    db.session.expire_all()
    return {"version": comment.version}

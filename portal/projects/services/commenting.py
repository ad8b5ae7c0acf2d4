"""Comments at a part of a presentation: the office writes and sends them, the authors mend, the
office resolves or repeats. Every act waits for the lock on the project's revisions (`to_change`),
so that none falls between the look at its state and a decision."""

from collections.abc import Callable

from sqlalchemy import delete, select

from portal.accounts.models import User
from portal.core.database import db
from portal.core.errors import Conflict, DomainError
from portal.core.facts import tell
from portal.core.languages import speaking
from portal.core.rules import require
from portal.core.times import now
from portal.core.workflows import check_version
from portal.projects.facts import CommentChanged, CommentRemoved, CommentWritten
from portal.projects.models import Comment, Project, ReviewState
from portal.projects.parts import label_of
from portal.projects.policies import OPEN, may_decide, mends, reviews
from portal.projects.queries import checklist, count_comments
from portal.projects.workflow import COMMENTS

MOST = 40
REVIEWED = frozenset({ReviewState.SUBMITTED})
Remarks = dict[str, str]  # part and text


class TooMany(DomainError):
    """The presentation has as many comments as anybody can work through."""


class Unfinished(DomainError):
    """Submitted with open points, or unchanged: to be asked once whether this is meant."""


def remark(project: Project, *, by: User, remarks: Remarks, seen_version: int) -> None:
    """Keeps comments that nobody but the office sees until the presentation is given back. Raises
    Conflict when somebody has decided meanwhile, TooMany above the limit."""
    revision = project.latest
    require(may_decide, by, revision)
    check_version(revision, seen_version)
    _check_state(project, REVIEWED)
    add(project, by=by, remarks=remarks)


def add(project: Project, *, by: User, remarks: Remarks) -> None:
    """For who has asked for the right already. The second of two clicks adds nothing."""
    for part, text in new_among(project, remarks):
        comment = Comment(
            project=project, part=part, text=text, written_at=now(), written_by_id=by.id
        )
        db.session.add(comment)
        db.session.flush()
        tell(CommentWritten(by=by, about=comment))


def new_among(project: Project, remarks: Remarks) -> list[tuple[str, str]]:
    """Those that are not kept already. Raises TooMany when they are more than there is room for."""
    there = {(comment.part, comment.text) for comment in _unsent(project)}
    new = [one for one in remarks.items() if one not in there]
    if count_comments(project) + len(new) > MOST:
        raise TooMany(f"more than {MOST} comments", about=project)
    return new


def change_comment(comment: Comment, *, by: User, text: str, seen_version: int) -> None:
    _check_unsent(comment, by, seen_version)
    comment.text = text
    db.session.flush()
    tell(CommentChanged(by=by, about=comment))


def remove_comment(comment: Comment, *, by: User, seen_version: int) -> None:
    _check_unsent(comment, by, seen_version)
    tell(CommentRemoved(by=by, about=comment))
    db.session.delete(comment)
    db.session.flush()


def finish(comment: Comment, *, by: User, answer: str, seen_version: int) -> None:
    """The authors have mended it; `answer` may say how."""

    def answer_it() -> None:
        comment.answer = answer
        comment.done_at, comment.done_by_id = now(), by.id

    require(mends, by, comment)
    _check_state(comment.project, OPEN)
    _step("finish", comment, by, seen_version, answer_it)


def reopen(comment: Comment, *, by: User, seen_version: int) -> None:
    """The authors are not done with it after all."""
    require(mends, by, comment)
    _check_state(comment.project, OPEN)
    _step("reopen", comment, by, seen_version, lambda: _undo(comment))


def resolve(comment: Comment, *, by: User, seen_version: int) -> None:
    """The office is content."""
    require(reviews, by, comment)
    _check_sent(comment)
    _step("resolve", comment, by, seen_version, lambda: None)


def repeat(comment: Comment, *, by: User, seen_version: int) -> None:
    """The office asks for it once more."""
    require(reviews, by, comment)
    _check_sent(comment)
    _step("repeat", comment, by, seen_version, lambda: _undo(comment))


def send_comments(project: Project) -> None:
    """From now on the authors see them."""
    for comment in _unsent(project):
        comment.sent_at = now()


def close_review(project: Project) -> None:
    """It is over: what was never sent is dropped, the rest stays and bothers nobody."""
    running = (Comment.project_id == project.id, Comment.closed_at.is_(None))
    db.session.execute(delete(Comment).where(*running, Comment.sent_at.is_(None)))
    for comment in db.session.scalars(select(Comment).where(*running)):
        comment.closed_at = now()


def refuse_unfinished(project: Project) -> None:
    """Raises Unfinished while points are open or nothing was changed since it was given back."""
    points = checklist(project)
    if points.left or points.unchanged:
        raise Unfinished("points are open, or nothing was changed", about=project)


def _unsent(project: Project) -> list[Comment]:
    rows = select(Comment).where(
        Comment.project_id == project.id, Comment.closed_at.is_(None), Comment.sent_at.is_(None)
    )
    return list(db.session.scalars(rows))


def _check_unsent(comment: Comment, by: User, seen_version: int) -> None:
    require(reviews, by, comment)
    check_version(comment, seen_version)
    _check_state(comment.project, REVIEWED)
    if comment.sent_at:
        raise Conflict("the comment was sent", about=comment)


def _check_sent(comment: Comment) -> None:
    _check_state(comment.project, REVIEWED)
    if not comment.sent_at:
        raise Conflict("the comment was not sent", about=comment)


def _check_state(project: Project, states: frozenset[ReviewState]) -> None:
    state = project.latest.state
    if state not in states:
        raise Conflict(f"not possible in {state}", about=project)


def _undo(comment: Comment) -> None:
    comment.done_at = comment.done_by_id = None


def _step(
    name: str, comment: Comment, by: User, seen_version: int, meanwhile: Callable[[], None]
) -> None:
    """What the authors do stands in the history of their project; the office's part only in its
    own log, since nothing of a review is known before its decision."""
    by_authors = name in {"finish", "reopen"}
    project = comment.project
    with speaking():  # the history is kept in one language
        part = label_of(comment.part)
    COMMENTS.take(
        name,
        comment,
        by=by,
        for_=project.organisation if by_authors else None,
        about=project if by_authors else comment,
        note=part if by_authors else "",
        seen_version=seen_version,
        meanwhile=meanwhile,
    )

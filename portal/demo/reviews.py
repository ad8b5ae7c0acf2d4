"""Reviews of invented projects: one was given back with comments, one is being judged."""

from datetime import datetime

from sqlalchemy import select

from portal.core.database import db
from portal.demo.dataset import Row, rows
from portal.demo.world import World
from portal.projects.facts import CommentDone
from portal.projects.models import (
    CaseNote,
    Comment,
    CommentState,
    Criterion,
    Judgement,
    Project,
    Revision,
    Verdict,
)
from portal.projects.parts import label_of


def load(world: World) -> str:
    found = rows("reviews")
    for row in found:
        _add(world, row)
    return f"{len(found)} reviews"


def _add(world: World, row: Row) -> None:
    title, at = row["project"], world.days.worked(row["days_ago"], "11:05")
    project = db.session.scalars(
        select(Project).join(Project.revisions).where(Revision.title == title)
    ).one()
    for said in row["comments"]:
        _comment(world, project, said, at)
    for criterion, (verdict, note) in row["judgements"].items():
        db.session.add(
            Judgement(
                project=project,
                criterion=Criterion(criterion),
                verdict=Verdict(verdict),
                note=note,
                judged_at=at,
                judged_by=world.moderator,
            )
        )
    for text in row["notes"]:
        db.session.add(
            CaseNote(project=project, text=text, written_at=at, written_by=world.moderator)
        )


def _comment(world: World, project: Project, said: Row, at: datetime) -> None:
    """Sent with the decision; an answer says that the authors have mended it."""
    comment = Comment(
        project=project,
        part=said["part"],
        text=said["text"],
        written_at=at,
        written_by=world.moderator,
        sent_at=project.latest.decided_at if said["sent"] else None,
    )
    db.session.add(comment)
    if answer := said.get("answer"):
        comment.state, comment.answer = CommentState.DONE, answer
        comment.done_at, comment.done_by = world.days.ago(1, "09:20"), project.author
        world.note(
            CommentDone,
            comment.done_at,
            by=project.author,
            for_=project.organisation,
            about=project,
            note=label_of(comment.part),
        )

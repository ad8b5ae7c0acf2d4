"""The Projektbüro's answer: published, given back with a note, or turned down with a reason."""

from portal.accounts.models import User
from portal.core.errors import Conflict
from portal.core.rules import Rule, require
from portal.core.times import now
from portal.projects.models import Project, Revision
from portal.projects.policies import may_decide
from portal.projects.services.commenting import (
    Remarks,
    add,
    close_review,
    new_among,
    send_comments,
)
from portal.projects.services.publishing import go_live
from portal.projects.workflow import WORKFLOW


def publish(project: Project, *, by: User, may: Rule | None = None, seen_version: int) -> None:
    """Takes the place of the text that was public, if one was. `may` is another rule where two
    decide together. Raises Conflict while the organisation rests or the project is archived:
    nothing new of theirs comes online."""
    revision = project.latest
    step = "update" if project.slug else "publish"

    def show_it() -> None:
        if project.organisation.suspended_at or project.archived_at:
            raise Conflict("publish: its organisation rests, or it is archived", about=project)
        _decide(revision, by)
        revision.note = ""
        project.confirmed_at, project.asked_at = now(), None
        close_review(project)
        go_live(project, revision, at=now())

    WORKFLOW.take(
        step,
        revision,
        by=by,
        for_=project.organisation,
        about=project,
        seen_version=seen_version,
        meanwhile=show_it,
        may=may,
    )


def give_back(
    project: Project,
    *,
    by: User,
    note: str,
    remarks: Remarks | None = None,
    may: Rule = may_decide,
    seen_version: int,
) -> None:
    """Note and comments say what to mend; the authors read them with their draft. `remarks` are
    comments that are sent with it at once. Raises TooMany above the limit."""
    revision = project.latest
    require(may, by, revision)
    new_among(project, remarks or {})

    def keep_the_note() -> None:
        _decide(revision, by)
        revision.note = note
        add(project, by=by, remarks=remarks or {})
        send_comments(project)

    WORKFLOW.take(
        "give_back",
        revision,
        by=by,
        for_=project.organisation,
        about=project,
        note=note,
        seen_version=seen_version,
        meanwhile=keep_the_note,
        may=may,
    )


def reject(
    project: Project, *, by: User, note: str, may: Rule = may_decide, seen_version: int
) -> None:
    """The text will not be shown; what is public stays. The note says why."""
    revision = project.latest

    def say_why() -> None:
        _decide(revision, by)
        close_review(project)
        revision.note = note

    WORKFLOW.take(
        "reject",
        revision,
        by=by,
        for_=project.organisation,
        about=project,
        note=note,
        seen_version=seen_version,
        meanwhile=say_why,
        may=may,
    )


def _decide(revision: Revision, by: User) -> None:
    revision.decided_at = now()
    revision.decided_by_id = by.id
    revision.promised_by = None

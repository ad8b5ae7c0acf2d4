"""The Projektbüro's answer: published, or given back with a note."""

from portal.accounts.models import User
from portal.core.times import now
from portal.projects.models import Project, Revision
from portal.projects.services.publishing import go_live
from portal.projects.workflow import WORKFLOW


def publish(project: Project, *, by: User, seen_version: int) -> None:
    revision = project.latest

    def show_it() -> None:
        _decide(revision, by)
        go_live(project, revision, at=now())

    WORKFLOW.take(
        "publish",
        revision,
        by=by,
        for_=project.organisation,
        about=project,
        seen_version=seen_version,
        meanwhile=show_it,
    )


def give_back(project: Project, *, by: User, note: str, seen_version: int) -> None:
    """The note says what to mend; the authors read it with their draft."""
    revision = project.latest

    def keep_the_note() -> None:
        _decide(revision, by)
        revision.note = note

    WORKFLOW.take(
        "give_back",
        revision,
        by=by,
        for_=project.organisation,
        about=project,
        note=note,
        seen_version=seen_version,
        meanwhile=keep_the_note,
    )


def _decide(revision: Revision, by: User) -> None:
    revision.decided_at = now()
    revision.decided_by_id = by.id
    revision.promised_by = None

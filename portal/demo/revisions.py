"""What becomes of public projects of invented organisations: one is revised and lies with the
Projektbüro, one is archived, one was not confirmed for too long."""

from datetime import timedelta

from sqlalchemy import select

from portal.core.database import db
from portal.core.times import working_days_after
from portal.demo.world import World
from portal.partners.models import Organisation
from portal.projects.facts import ProjectArchived, ProjectLapsed, ProjectSaved, ProjectSubmitted
from portal.projects.models import Project, ReviewState
from portal.projects.services.drafting import ANSWER_WITHIN
from portal.projects.services.publishing import FRESH_FOR, leave_the_lists
from portal.projects.services.revising import follow


def load(world: World) -> str:
    rows = (
        select(Project)
        .join(Project.organisation)
        .where(Project.live_revision_id.is_not(None), Organisation.fictitious.is_(True))
        .where(Project.author_id.is_not(None))
        .order_by(Project.id)
    )
    public = list(db.session.scalars(rows))
    acts = (_revise, _let_lapse, _archive)
    for act, project in zip(acts, public, strict=False):
        act(world, project)
    return f"{min(len(acts), len(public))} of the invented ones revised, archived or lapsed"


def _revise(world: World, project: Project) -> None:
    author = project.author
    assert author  # the select asks for one
    at = world.days.ago(2, "15:20")
    revision = follow(project, project.latest, by=author)
    revision.status_text = "Die ersten Messungen liegen vor; die Auswertung läuft."
    revision.status_as_of = at.date().isoformat()
    revision.html = revision.html | {"status_text": f"<p>{revision.status_text}</p>"}
    revision.changed_at = revision.submitted_at = at
    revision.submitted_by_id = author.id
    revision.promised_by = working_days_after(at, ANSWER_WITHIN)
    revision.state = ReviewState.SUBMITTED
    db.session.flush()
    for kind in (ProjectSaved, ProjectSubmitted):
        world.note(kind, at, by=author, for_=project.organisation, about=project)


def _let_lapse(world: World, project: Project) -> None:
    confirmed_at = world.days.now - FRESH_FOR - timedelta(days=9)
    project.confirmed_at, project.lapsed = confirmed_at, True
    project.asked_at = world.days.now - timedelta(days=30)
    at = world.days.ago(9, "06:05")
    world.note(ProjectLapsed, at, by=None, for_=project.organisation, about=project)


def _archive(world: World, project: Project) -> None:
    at = world.days.ago(12, "10:10")
    leave_the_lists(project)
    project.archived_at = at
    project.archive_reason = "Der Versuch ist abgeschlossen; die Ergebnisse liegen vor."
    db.session.flush()
    world.note(
        ProjectArchived,
        at,
        by=project.author,
        for_=project.organisation,
        about=project,
        note=project.archive_reason,
    )

"""Kept true: every half year the owner says with one click that the public text is still right
(features.md, E14 and N20)."""

from datetime import timedelta

from sqlalchemy import ColumnElement, or_, select

from portal.accounts.models import User
from portal.core.database import db
from portal.core.errors import Conflict
from portal.core.facts import Fact, tell
from portal.core.rules import require
from portal.core.times import now
from portal.core.workflows import check_version
from portal.partners.models import Organisation
from portal.projects.facts import ProjectConfirmed, ProjectGrowsOld, ProjectLapsed
from portal.projects.models import Project
from portal.projects.policies import may_confirm
from portal.projects.services.acting import acting
from portal.projects.services.publishing import FRESH_FOR

ASKED_BEFORE = timedelta(days=21)  # so early the owner is asked
AT_ONCE = 200  # of each kind in one night's transaction; the next night goes on


def confirm(
    project: Project, *, by: User, for_: Organisation | None = None, seen_version: int
) -> None:
    """What is public is still right. Raises Conflict when another text is public meanwhile, or
    none."""
    require(may_confirm, by, project)
    organisation = acting(project, for_, by=by)
    if project.live is None or project.archived_at is not None:
        raise Conflict("confirm: it is not on the public lists", about=project)
    check_version(project.live, seen_version)
    project.confirmed_at, project.asked_at, project.lapsed = now(), None, False
    db.session.flush()
    tell(ProjectConfirmed(by=by, for_=organisation, about=project))


def keep_true() -> int:
    """Asks the owners of what grows old, and marks what nobody confirmed. Gives how many of
    both."""
    asked = _grown_older_than(FRESH_FOR - ASKED_BEFORE, Project.asked_at.is_(None))
    for project in asked:
        project.asked_at = now()
        _tell(ProjectGrowsOld, project)
    lapsed = _grown_older_than(FRESH_FOR, Project.lapsed.is_(False))
    for project in lapsed:
        project.lapsed = True
        _tell(ProjectLapsed, project)
    return len(asked) + len(lapsed)


def _grown_older_than(age: timedelta, condition: ColumnElement[bool]) -> list[Project]:
    rows = select(Project).where(
        Project.live_revision_id.is_not(None),
        Project.archived_at.is_(None),
        or_(Project.confirmed_at.is_(None), Project.confirmed_at <= now() - age),
        condition,
    )
    return list(db.session.scalars(rows.order_by(Project.id).limit(AT_ONCE).with_for_update()))


def _tell(kind: type[Fact], project: Project) -> None:
    db.session.flush()
    tell(kind(by=None, for_=project.organisation, about=project))

"""Projects in every state, with dull defaults."""

import re
from datetime import datetime
from typing import Any

from portal.accounts.models import User
from portal.core.database import db
from portal.core.facts import tell
from portal.core.times import now
from portal.partners.models import Organisation
from portal.projects import services
from portal.projects.facts import ProjectPublished
from portal.projects.models import (
    Basis,
    Participation,
    ParticipationRole,
    Phase,
    Project,
    ReviewState,
    Revision,
)
from portal.projects.services import Content
from tests.cast import district, theme

MINE = "/mein/windwerk/projekte"
OFFICE = "/projektbuero/projekte"


def content(**more: Any) -> Content:
    """Complete, so that it can be submitted."""
    said: dict[str, Any] = {
        "title": "Windpark am Hafen",
        "summary": "Fünf Windräder für den Hafen.",
        "theme_id": theme("energie").id,
        "phase": Phase.PILOT,
        "problem": "Der Strom kommt von weit her.",
        "solution": "Fünf Windräder am Kai.",
        "district_ids": (district("eving").id,),
    }
    return Content(**(said | more))


def a_draft(organisation: Organisation, by: User, **said: Any) -> Project:
    project = services.draft(organisation, by=by, content=content(**said))
    db.session.commit()
    return project


def in_state(project: Project, state: ReviewState) -> dict[str, int]:
    """Puts it there, past the workflow; gives what a form of that moment would send."""
    revision = project.latest
    revision.state = state
    revision.submitted_at = now() if state is not ReviewState.DRAFT else None
    if state is ReviewState.PUBLISHED:
        services.go_live(project, revision, at=now())
    db.session.commit()
    return shown(project)


def shown(project: Project) -> dict[str, int]:
    db.session.expire_all()
    return {"version": project.latest.version}


def published(
    organisation: Organisation,
    title: str,
    *,
    at: datetime | None = None,
    partners: tuple[Organisation, ...] = (),
    basis: Basis = Basis.SOURCE,
    author: User | None = None,
    **said: Any,
) -> Project:
    """Online at once, as an import does it; the organisation itself takes part as its lead."""
    project = Project(
        key=services.new_key(), organisation=organisation, author=author, created_at=now()
    )
    revision = Revision(state=ReviewState.PUBLISHED, changed_at=at or now())
    revision.decided_at = at or now()
    project.revisions.append(revision)
    lead = Participation(
        organisation=organisation, role=ParticipationRole.LEAD, basis=Basis.CONFIRMED
    )
    project.participations.append(lead)
    for partner in partners:
        project.participations.append(
            Participation(
                organisation=partner, basis=basis, source_url="https://beispiel.example/quelle"
            )
        )
    services.write(revision, content(title=title, **said))
    db.session.add(project)
    db.session.flush()
    services.go_live(project, revision, at=at or now())
    tell(ProjectPublished(by=None, for_=organisation, about=project))
    db.session.commit()
    return project


def typed(**more: Any) -> dict[str, Any]:
    """What a browser sends for a complete presentation."""
    said: dict[str, Any] = {
        "title": "Windpark am Hafen",
        "summary": "Fünf Windräder für den Hafen.",
        "theme_id": str(theme("energie").id),
        "phase": "pilot",
        "problem": "Der Strom kommt von weit her.",
        "solution": "Fünf Windräder am Kai.",
        "district_ids": [str(district("eving").id)],
    }
    return said | more


def without_marks(html: str) -> str:
    """What a page says, whatever it marks as gone or new."""
    return re.sub("</?(?:ins|del)>", "", html)


def state_of(project: Project) -> ReviewState:
    db.session.rollback()
    db.session.expire_all()
    return project.latest.state

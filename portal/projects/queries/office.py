"""The office's list: every project in every state."""

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import contains_eager

from portal.core.database import db
from portal.core.search.analysis import fold
from portal.partners.models import Organisation
from portal.projects.models import Project, ReviewState, Revision
from portal.projects.queries.reading import is_latest, latest

IS_LAPSED = (
    Project.lapsed.is_(True) & Project.live_revision_id.is_not(None) & Project.archived_at.is_(None)
)


def count_lapsed() -> int:
    """Public ones that nobody has confirmed for too long."""
    return db.session.scalar(select(func.count(Project.id)).where(IS_LAPSED)) or 0


def all_projects(
    *, state: ReviewState | None = None, only_lapsed: bool = False, q: str = ""
) -> Select[Revision]:
    """Those first that were touched last; `q` looks into titles and names of organisations."""
    rows = (
        latest()
        .join(Project.organisation)
        .options(contains_eager(Revision.project).contains_eager(Project.organisation))
        .order_by(Revision.changed_at.desc(), Revision.id.desc())
    )
    if only_lapsed:
        rows = rows.where(IS_LAPSED)
    for word in fold(q).split()[:8]:
        rows = rows.where(
            or_(
                Revision.folded_title.contains(word, autoescape=True),
                Organisation.folded_name.contains(word, autoescape=True),
            )
        )
    return rows.where(Revision.state == state) if state else rows


def count_by_state() -> dict[ReviewState, int]:
    """Of the revisions that `all_projects` lists; states without any are missing."""
    rows = select(Revision.state, func.count(Revision.id)).join(Revision.project)
    rows = rows.where(is_latest()).group_by(Revision.state)
    return {state: number for state, number in db.session.execute(rows)}

"""What forms offer and addresses name: competences, as far as the office offers them."""

from sqlalchemy import select

from portal.core.database import db
from portal.exchange.queries.choice import SLUG
from portal.topics.models import Competence


def competence_choices(kept: int | None = None) -> list[tuple[int, str]]:
    """For forms; `kept` is the one that a text names already, archived or not."""
    rows = select(Competence.id, Competence.name).where(
        Competence.archived_at.is_(None) | (Competence.id == kept)
    )
    found = db.session.execute(rows.order_by(Competence.order, Competence.id))
    return [(competence_id, name) for competence_id, name in found]


def competence_with_slug(slug: str) -> int | None:
    """Its id, while it is offered."""
    if not SLUG.fullmatch(slug):
        return None
    rows = select(Competence.id).where(Competence.slug == slug, Competence.archived_at.is_(None))
    return db.session.scalar(rows)

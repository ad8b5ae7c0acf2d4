"""What the operator changes about the words that all share."""

from sqlalchemy import select, update

from portal.core.database import db
from portal.core.generation import raise_generation
from portal.topics.models import District
from portal.topics.outlines import Outline


def district_names() -> dict[str, str]:
    """By slug."""
    rows = db.session.execute(select(District.slug, District.name).order_by(District.order))
    return {slug: name for slug, name in rows}


def set_outlines(outlines: dict[str, Outline]) -> None:
    """The map draws these from now on; they are those of all districts."""
    for slug, outline in outlines.items():
        row = update(District).where(District.slug == slug)
        db.session.execute(row.values(outline=outline.path, label_at=outline.label_at))
    raise_generation()


def reset_outlines() -> None:
    """The map draws hexagons again."""
    db.session.execute(update(District).values(outline="", label_at=""))
    raise_generation()

"""What a presentation says, and how it gets into a revision: each field by its name."""

from dataclasses import dataclass, fields

from sqlalchemy import select

from portal.core.database import db
from portal.core.search.analysis import fold
from portal.core.text import render_markdown
from portal.projects.models import Phase, Revision
from portal.topics.models import District

MARKDOWN = ("problem", "goal", "solution", "benefit", "status_text", "transfer")
FOLDED_LENGTH = 240


@dataclass(frozen=True, kw_only=True)
class Content:
    """All that an author writes. Nothing is required of a draft."""

    title: str = ""
    short_title: str = ""
    summary: str = ""
    theme_id: int | None = None
    team_id: int | None = None
    phase: Phase | None = None
    problem: str = ""
    goal: str = ""
    solution: str = ""
    benefit: str = ""
    status_text: str = ""
    status_as_of: str = ""
    begins: str = ""
    ends: str = ""
    action_field_id: int | None = None
    district_ids: tuple[int, ...] = ()
    citywide: bool = False
    place: str = ""
    funding: str = ""
    funding_programme: str = ""
    funding_volume: int | None = None
    funding_share: int | None = None
    transfer: str = ""
    relation: str = ""
    contact_email: str = ""


# What a revision stores as it was said; districts are rows of their own.
STORED = tuple(field.name for field in fields(Content) if field.name != "district_ids")


def write(revision: Revision, content: Content) -> None:
    for name in STORED:
        setattr(revision, name, getattr(content, name))
    revision.folded_title = fold(content.title)[:FOLDED_LENGTH]
    texts = {name: getattr(content, name) for name in MARKDOWN}
    revision.html = {name: render_markdown(text) for name, text in texts.items() if text}
    _place_in(revision, content.district_ids)


def said_in(revision: Revision) -> Content:
    """What the revision says, to be written into another one."""
    said = {name: getattr(revision, name) for name in STORED}
    return Content(**said, district_ids=tuple(district.id for district in revision.districts))


def _place_in(revision: Revision, district_ids: tuple[int, ...]) -> None:
    rows = select(District).where(District.id.in_(district_ids)).order_by(District.order)
    revision.districts = list(db.session.scalars(rows)) if district_ids else []

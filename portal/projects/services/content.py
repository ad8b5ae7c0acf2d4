"""What a presentation says, and how it gets into a revision: each field by its name."""

from dataclasses import dataclass

from sqlalchemy import func, select

from portal.core.database import db
from portal.core.pictures.changes import PictureChange
from portal.core.pictures.models import Picture
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
    district_ids: tuple[int, ...] = ()
    citywide: bool = False
    place: str = ""
    funding: str = ""
    transfer: str = ""
    relation: str = ""
    link_label: str = ""
    link_url: str = ""
    contact_email: str = ""


def write(revision: Revision, content: Content) -> None:
    revision.title = content.title
    revision.folded_title = fold(content.title)[:FOLDED_LENGTH]
    revision.short_title = content.short_title
    revision.summary = content.summary
    revision.theme_id = content.theme_id
    revision.team_id = content.team_id
    revision.phase = content.phase
    revision.begins = content.begins
    revision.ends = content.ends
    revision.citywide = content.citywide
    revision.place = content.place
    revision.funding = content.funding
    revision.relation = content.relation
    revision.link_label = content.link_label
    revision.link_url = content.link_url
    revision.contact_email = content.contact_email
    _write_texts(revision, content)
    _place_in(revision, content.district_ids)


def _write_texts(revision: Revision, content: Content) -> None:
    revision.problem = content.problem
    revision.goal = content.goal
    revision.solution = content.solution
    revision.benefit = content.benefit
    revision.status_text = content.status_text
    revision.status_as_of = content.status_as_of
    revision.transfer = content.transfer
    texts = {name: getattr(content, name) for name in MARKDOWN}
    revision.html = {name: render_markdown(text) for name, text in texts.items() if text}


def _place_in(revision: Revision, district_ids: tuple[int, ...]) -> None:
    rows = select(District).where(District.id.in_(district_ids)).order_by(District.order)
    revision.districts = list(db.session.scalars(rows)) if district_ids else []


def write_picture(revision: Revision, change: PictureChange) -> None:
    """A picture that nothing shows any more loses its row; its files are swept away later."""
    before = revision.picture
    revision.picture = change.applied_to(before)
    if before and revision.picture is not before:
        _forget(before)


def _forget(picture: Picture) -> None:
    db.session.flush()
    shown = select(func.count(Revision.id)).where(Revision.picture_id == picture.id)
    if not db.session.scalar(shown):
        db.session.delete(picture)

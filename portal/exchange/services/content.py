"""What an entry says, and how it gets into a revision: each field by its name."""

from dataclasses import dataclass

from sqlalchemy import select

from portal.core.database import db
from portal.core.search.analysis import fold
from portal.core.text import render_markdown
from portal.exchange.models import OfferKind, OfferRevision
from portal.topics.models import District

FOLDED_LENGTH = 240


@dataclass(frozen=True, kw_only=True)
class Content:
    """All that an author writes. Nothing is required of a draft."""

    kind: OfferKind | None = None
    title: str = ""
    summary: str = ""
    text: str = ""
    theme_id: int | None = None
    competence_id: int | None = None
    citywide: bool = False
    district_ids: tuple[int, ...] = ()


def write(revision: OfferRevision, content: Content) -> None:
    revision.kind = content.kind
    revision.title = content.title
    revision.folded_title = fold(content.title)[:FOLDED_LENGTH]
    revision.summary = content.summary
    revision.text = content.text
    revision.html = render_markdown(content.text) if content.text else ""
    revision.theme_id = content.theme_id
    revision.competence_id = content.competence_id
    revision.citywide = content.citywide
    rows = select(District).where(District.id.in_(content.district_ids)).order_by(District.order)
    revision.districts = list(db.session.scalars(rows)) if content.district_ids else []

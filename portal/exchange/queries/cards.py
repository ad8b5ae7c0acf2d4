"""Entries as they stand in lists and in the feed: small records, read by columns at once."""

from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.core.database import plain_rows
from portal.core.errors import Hidden
from portal.core.paging import Listing
from portal.exchange.models import OfferKind
from portal.exchange.queries.choice import Choice
from portal.exchange.queries.facets import Selection, selected
from portal.exchange.queries.public import ONLINE, ORG, RD, O, R
from portal.exchange.queries.shelf import shelf
from portal.topics.queries import districts, themes

PER_PAGE = 12
IN_FEED = 30


class Card(NamedTuple):
    """What exchange/_card.html shows."""

    slug: str
    kind: OfferKind
    title: str
    summary: str
    theme: str
    organisation: str
    place: str
    published_at: datetime
    changed_at: datetime
    expires_on: date


_IN_DISTRICTS = (
    sa.select(sa.func.aggregate_strings(sa.cast(RD.c.district_id, sa.String), ","))
    .where(RD.c.offer_revision_id == R.c.id)
    .correlate(R)
    .scalar_subquery()
)
_COLUMNS = (
    O.c.id,
    O.c.slug,
    R.c.kind,
    R.c.title,
    R.c.summary,
    R.c.theme_id,
    ORG.c.name,
    R.c.citywide,
    _IN_DISTRICTS,
    O.c.published_at,
    O.c.changed_at,
    O.c.expires_on,
)


_CARDS = sa.select(*_COLUMNS).select_from(ONLINE)
_SOME = _CARDS.where(O.c.id.in_(sa.bindparam("ids", expanding=True)))


def listing(selection: Selection, *, page: int) -> Listing[Card]:
    """One page of what was chosen: hits in the title first, then the newest. Raises Hidden for a
    page behind the last one."""
    start, total = (page - 1) * PER_PAGE, selection.counts.total
    if page > 1 and start >= total:
        raise Hidden(f"page {page} of {total} entries")
    ids = shelf().page_of_two(selection.better, selection.mask, start=start, number=PER_PAGE)
    return Listing(items=_with_ids(ids), page=page, per_page=PER_PAGE, total=total)


def feed(choice: Choice) -> list[Card]:
    """The newest of what was chosen."""
    return _with_ids(shelf().page(selected(choice).mask, start=0, number=IN_FEED))


def newest_of(organisation_id: int, number: int) -> tuple[list[Card], int]:
    """What a partner shows, and how much of it there is in all."""
    kept = shelf()
    mask = kept.online & kept.having("partner", [organisation_id])
    return _with_ids(kept.page(mask, start=0, number=number)), mask.bit_count()


def _with_ids(ids: list[int]) -> list[Card]:
    """In this order."""
    rows = {row[0]: row[1:] for row in plain_rows(_SOME, {"ids": ids})} if ids else {}
    return _records(rows[id_] for id_ in ids if id_ in rows)


def _records(rows: Any) -> list[Card]:
    themes_by_id = {theme.id: theme.name for theme in themes()}
    named = {str(district.id): district.name for district in districts()}
    everywhere, several = _("stadtweit"), _("mehrere Bezirke")
    cards = []
    for slug, kind, title, summary, theme_id, organisation, citywide, ids, *days in rows:
        place = everywhere if citywide else named.get(ids or "", several)
        theme = themes_by_id.get(theme_id, "")
        cards.append(Card(slug, kind, title, summary, theme, organisation, place, *days))
    return cards

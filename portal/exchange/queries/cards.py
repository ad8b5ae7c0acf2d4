"""Entries as they stand in lists and in the feed: small records, read by columns at once."""

from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.core.database import db, plain_rows
from portal.core.errors import Hidden
from portal.core.paging import Listing
from portal.core.search.index import ranked
from portal.core.search.models import SearchEntry
from portal.exchange.models import OfferKind
from portal.exchange.queries.choice import Choice, Partner
from portal.exchange.queries.public import (
    NEWEST_FIRST,
    ONLINE,
    ORG,
    RD,
    O,
    R,
    conditions,
)
from portal.topics.queries import districts, themes

PER_PAGE = 12
RANKED_UP_TO = 500  # ranking reads every hit; longer lists of hits show the newest first
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


def listing(choice: Choice, *, total: int, page: int) -> Listing[Card]:
    """One page of what was chosen. Raises Hidden for a page behind the last one."""
    start = (page - 1) * PER_PAGE
    if page > 1 and start >= total:
        raise Hidden(f"page {page} of {total} entries")
    rows = plain_rows(_chosen(choice, total).limit(PER_PAGE).offset(start))
    return Listing(items=_records(rows), page=page, per_page=PER_PAGE, total=total)


def feed(choice: Choice) -> list[Card]:
    """The newest of what was chosen."""
    return _records(plain_rows(_chosen(choice, RANKED_UP_TO + 1).limit(IN_FEED)))


def newest_of(organisation_id: int, number: int) -> tuple[list[Card], int]:
    """What a partner shows, and how much of it there is in all."""
    choice = Choice(partner=Partner(organisation_id, "", ""))
    found = sa.select(sa.func.count()).select_from(ONLINE).where(*conditions(choice))
    total = db.session.scalar(found) or 0
    return (_records(plain_rows(_chosen(choice, total).limit(number))) if total else []), total


def _chosen(choice: Choice, total: int) -> Any:
    """Searches show the best first while they can be ranked, all others the newest."""
    source: Any = ONLINE
    order: tuple[Any, ...] = NEWEST_FIRST
    if choice.q and total <= RANKED_UP_TO:
        entry = sa.and_(SearchEntry.kind == "offer", SearchEntry.object_id == O.c.id)
        source = ONLINE.join(SearchEntry.__table__, entry)
        order = (*ranked(choice.q), *NEWEST_FIRST)
    rows = sa.select(*_COLUMNS).select_from(source).where(*conditions(choice))
    return rows.order_by(*order)


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

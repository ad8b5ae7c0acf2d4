"""Projects as they stand in lists: small records, read by columns in one statement."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.core.database import db, plain_rows
from portal.core.errors import Hidden
from portal.core.languages import language
from portal.core.paging import Listing
from portal.core.pictures.models import Picture
from portal.core.search.index import ranked
from portal.core.search.models import SearchEntry
from portal.projects.models import Phase, Project, Revision
from portal.projects.queries.choice import Choice, Sort
from portal.projects.queries.facets import Counts, conditions
from portal.projects.queries.public import IS_LIVE, LIVE, RD, P, R
from portal.topics.queries import districts, themes

PER_PAGE = 12
LONGEST_PLACE = 32  # a card has room for no more
RANKED_UP_TO = 500  # ranking reads every hit; longer lists of hits show the newest first
PIC: Any = Picture.__table__


class Card(NamedTuple):
    """What components/card.html shows; a tuple, because a list makes a dozen of them."""

    slug: str
    title: str
    summary: str
    theme_slug: str
    theme_name: str
    phase_label: str
    phase_state: str
    place: str
    picture_key: str | None
    picture_alt: str | None


@dataclass(frozen=True, slots=True)
class Words:
    """What stands on every list, in one language."""

    phases: dict[Phase, str]
    sorts: dict[Sort, str]
    everywhere: str
    several: str


_IN_DISTRICTS = (
    sa.select(sa.func.aggregate_strings(sa.cast(RD.c.district_id, sa.String), ","))
    .where(RD.c.revision_id == R.c.id)
    .correlate(R)
    .scalar_subquery()
)
_COLUMNS = (
    P.c.slug,
    R.c.title,
    R.c.summary,
    R.c.theme_id,
    R.c.phase,
    R.c.place,
    R.c.citywide,
    _IN_DISTRICTS,
    PIC.c.key,
    PIC.c.alt,
)
_CARDS = sa.select(*_COLUMNS).select_from(LIVE.outerjoin(PIC, PIC.c.id == R.c.picture_id))
_NEWEST_FIRST = (P.c.published_at.desc(), P.c.id.desc())
NO_THEME = "interkommunal"  # whose drawing stands where a draft has no theme yet
_ORDERS: dict[Sort, tuple[Any, ...]] = {
    Sort.NEWEST: _NEWEST_FIRST,
    Sort.TITLE: (R.c.folded_title, P.c.id),
    Sort.BEGIN: (R.c.begins.desc(), *_NEWEST_FIRST),
}
# Built once: SQLAlchemy compares a statement that it knows faster than it reads a new one.
_ALL = {
    sort: _CARDS.where(IS_LIVE)
    .order_by(*order)
    .limit(sa.bindparam("most", type_=sa.Integer))
    .offset(sa.bindparam("start", type_=sa.Integer))
    for sort, order in _ORDERS.items()
}


def listing(choice: Choice, counts: Counts, *, page: int) -> Listing[Card]:
    """One page of what was chosen. Raises Hidden for a page behind the last one."""
    start = (page - 1) * PER_PAGE
    if page > 1 and start >= counts.total:
        raise Hidden(f"page {page} of {counts.total} projects")
    if choice.narrows:
        rows = plain_rows(_chosen(choice, counts.total, most=PER_PAGE, start=start))
    else:
        rows = plain_rows(_ALL[choice.sort], {"most": PER_PAGE, "start": start})
    return Listing(items=_records(rows), page=page, per_page=PER_PAGE, total=counts.total)


def _chosen(choice: Choice, total: int, *, most: int, start: int) -> Any:
    """The page's ids first: only their rows are read whole, however many are sorted."""
    source, order = ordered(choice, total)
    ids = sa.select(P.c.id).select_from(source).where(*conditions(choice)).order_by(*order)
    page = ids.limit(most).offset(start).correlate(None)
    cards = sa.select(*_COLUMNS).select_from(source.outerjoin(PIC, PIC.c.id == R.c.picture_id))
    return cards.where(P.c.id.in_(page)).order_by(*order)


def ordered(choice: Choice, total: int) -> tuple[Any, tuple[Any, ...]]:
    """From where, and in which order."""
    if choice.sort is not Sort.BEST:
        return LIVE, _ORDERS[choice.sort]
    if total > RANKED_UP_TO:
        return LIVE, _NEWEST_FIRST
    entry = sa.and_(SearchEntry.kind == "project", SearchEntry.object_id == P.c.id)
    return LIVE.join(SearchEntry.__table__, entry), (*ranked(choice.q), *_NEWEST_FIRST)


_RELATED = (
    _CARDS.where(
        IS_LIVE,
        R.c.theme_id == sa.bindparam("theme_id"),
        P.c.id != sa.bindparam("project_id"),
    )
    .order_by(*_NEWEST_FIRST)
    .limit(3)
)


def related(project: Project, revision: Revision) -> list[Card]:
    """The newest others of its theme."""
    rows = db.session.execute(_RELATED, {"theme_id": revision.theme_id, "project_id": project.id})
    return _records(rows) if revision.theme_id else []


def plain_order(sort: Sort) -> tuple[Any, ...]:
    """Of the whole selection, where nothing is ranked."""
    return _ORDERS.get(sort, _NEWEST_FIRST)


def newest(number: int) -> list[Card]:
    """For the start page."""
    return _records(db.session.execute(_ALL[Sort.NEWEST], {"most": number, "start": 0}))


@lru_cache
def _words(_language: str) -> Words:
    """Looked up once for each language, and not once for each card."""
    return Words(
        phases={phase: phase.label for phase in Phase},
        sorts={sort: sort.label for sort in Sort},
        everywhere=_("stadtweit"),
        several=_("mehrere Bezirke"),
    )


def words() -> Words:
    return _words(language())


def _records(rows: Any) -> list[Card]:
    said = words()
    theme_of = {theme.id: theme for theme in themes()}
    named = {str(district.id): district.name for district in districts()}
    cards = []
    for slug, title, summary, theme_id, phase, place, citywide, ids, key, alt in rows:
        theme = theme_of.get(theme_id)
        if citywide:
            place = said.everywhere
        elif ids:
            place = said.several if "," in ids else named[ids]
        elif len(place) > LONGEST_PLACE:
            place = ""
        cards.append(
            Card(
                slug=slug,
                title=title,
                summary=summary,
                theme_slug=theme.slug if theme else NO_THEME,
                theme_name=theme.name if theme else "",
                phase_label=said.phases.get(phase, ""),
                phase_state=phase.fill if phase else "idea",
                place=place,
                picture_key=key,
                picture_alt=alt,
            )
        )
    return cards

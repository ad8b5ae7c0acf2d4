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
from portal.projects.models import Phase, Project, Revision
from portal.projects.queries.choice import Sort
from portal.projects.queries.facets import Selection
from portal.projects.queries.public import IS_LIVE, LIVE, RD, P, R
from portal.projects.queries.shelf import NEWEST_FIRST, shelf
from portal.topics.queries import districts, themes

PER_PAGE = 12
LONGEST_PLACE = 32  # a card has room for no more
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
    lapsed: bool


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
    P.c.id,
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
    P.c.lapsed,
)
_CARDS = sa.select(*_COLUMNS).select_from(LIVE.outerjoin(PIC, PIC.c.id == R.c.picture_id))
NO_THEME = "interkommunal"  # whose drawing stands where a draft has no theme yet
_ORDERS: dict[Sort, tuple[Any, ...]] = {
    Sort.NEWEST: NEWEST_FIRST,
    Sort.TITLE: (R.c.folded_title, P.c.id),
    Sort.BEGIN: (R.c.begins.desc(), *NEWEST_FIRST),
}
# Built once: SQLAlchemy compares a statement that it knows faster than it reads a new one.
_NEWEST = (
    _CARDS.where(IS_LIVE)
    .order_by(*NEWEST_FIRST)
    .limit(sa.bindparam("most", type_=sa.Integer))
    .offset(sa.bindparam("start", type_=sa.Integer))
)
_SOME = _CARDS.where(IS_LIVE, P.c.id.in_(sa.bindparam("ids", expanding=True)))


def listing(selection: Selection, *, page: int) -> Listing[Card]:
    """One page of what was chosen. Raises Hidden for a page behind the last one."""
    start, total = (page - 1) * PER_PAGE, selection.counts.total
    if page > 1 and start >= total:
        raise Hidden(f"page {page} of {total} projects")
    if selection.mask is None and selection.choice.sort is Sort.NEWEST:
        items = _records(plain_rows(_NEWEST, {"most": PER_PAGE, "start": start}))
    else:
        items = _with_ids(_page_of(selection, start))
    return Listing(items=items, page=page, per_page=PER_PAGE, total=total)


def _page_of(selection: Selection, start: int) -> list[int]:
    kept, sort = shelf(), selection.choice.sort
    mask = kept.all if selection.mask is None else selection.mask
    if sort is Sort.BEST:
        return kept.page_of_two(selection.better, mask, start=start, number=PER_PAGE)
    order = {Sort.TITLE: lambda: kept.by_title, Sort.BEGIN: lambda: kept.by_begin}.get(sort)
    return kept.page(mask, start=start, number=PER_PAGE, order=order() if order else None)


def _with_ids(ids: list[int]) -> list[Card]:
    """In this order."""
    rows = {row[0]: row for row in plain_rows(_SOME, {"ids": ids})} if ids else {}
    return _records(rows[id_] for id_ in ids if id_ in rows)


_ARCHIVED = P.c.archived_at.is_not(None)


def archived(*, page: int) -> Listing[Card]:
    """What is off the lists and keeps its page, the latest first. Raises Hidden for a page behind
    the last one."""
    total = db.session.scalar(sa.select(sa.func.count()).select_from(LIVE).where(_ARCHIVED)) or 0
    start = (page - 1) * PER_PAGE
    if page > 1 and start >= total:
        raise Hidden(f"page {page} of {total} archived projects")
    rows = _CARDS.where(_ARCHIVED).order_by(P.c.archived_at.desc(), P.c.id.desc())
    cards = _records(plain_rows(rows.limit(PER_PAGE).offset(start)))
    return Listing(items=cards, page=page, per_page=PER_PAGE, total=total)


_RELATED = (
    _CARDS.where(
        IS_LIVE,
        R.c.theme_id == sa.bindparam("theme_id"),
        P.c.id != sa.bindparam("project_id"),
    )
    .order_by(*NEWEST_FIRST)
    .limit(3)
)


def related(project: Project, revision: Revision) -> list[Card]:
    """The newest others of its theme."""
    rows = db.session.execute(_RELATED, {"theme_id": revision.theme_id, "project_id": project.id})
    return _records(rows) if revision.theme_id else []


def plain_order(sort: Sort) -> tuple[Any, ...]:
    """Of the whole selection in one statement, where nothing is ranked."""
    return _ORDERS.get(sort, NEWEST_FIRST)


def newest(number: int) -> list[Card]:
    """For the start page."""
    return _records(plain_rows(_NEWEST, {"most": number, "start": 0}))


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
    for _id, slug, title, summary, theme_id, phase, place, citywide, ids, key, alt, lapsed in rows:
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
                lapsed=lapsed,
            )
        )
    return cards

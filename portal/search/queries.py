"""Asking the index for somebody: what they may find, grouped, ranked, and with the hits marked.

What everybody may find stands on a shelf (core/shelves.py). Who has logged in asks the database,
since drafts change without a publication."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from portal.accounts.models import User
from portal.core.database import db, plain_rows
from portal.core.errors import Hidden
from portal.core.generation import once_per_generation
from portal.core.paging import Listing
from portal.core.search import hits, index
from portal.core.search.hits import Piece
from portal.core.search.models import SearchEntry
from portal.core.shelves import Shelf, columns
from portal.events import queries as events
from portal.events.models import Event
from portal.partners import queries as partners
from portal.partners.models import Organisation
from portal.projects.models import Project

LONGEST = 200
EXCERPT = 220
PER_PAGE = 12


@dataclass(frozen=True)
class Hit:
    """`event` is there for dates, (organisation, key) for presentations that are not public."""

    entry: SearchEntry
    title: list[Piece]
    excerpt: list[Piece]
    event: Event | None
    private: tuple[str, str] | None


def visible_to(user: User) -> ColumnElement[bool]:
    """safety.md, row 2: what is public, what one's organisations own, the dates of one's teams."""
    if user.is_office or not user.is_authenticated:
        return index.visible_to(is_office=user.is_office)
    own = {organisation.id for organisation in partners.organisations_of(user)}
    invited = SearchEntry.object_id.in_(events.ids_by_invitation(user))
    return or_(index.visible_to(own), and_(SearchEntry.kind == "event", invited))


def findable(user: User, kinds: list[str]) -> ColumnElement[bool]:
    """What of these kinds they may find."""
    return and_(visible_to(user), SearchEntry.kind.in_(kinds))


@once_per_generation
def everything_public() -> Shelf:
    """Newest first."""
    entry: Any = SearchEntry.__table__
    newest = select(entry.c.id, entry.c.kind).where(entry.c.is_public)
    rows = plain_rows(newest.order_by(entry.c.changed_at.desc(), entry.c.id.desc()))
    of = columns(rows)
    shelf = Shelf(of["id"], of["id"])
    shelf.put("kind", zip(of["id"], of["kind"], strict=True))
    return shelf


def found(
    query: str, kind: str | None, user: User, kinds: list[str], *, page: int
) -> tuple[dict[str, int], Listing[SearchEntry]]:
    """How many hits somebody has of each of the kinds, and one page of them (of one kind). Raises
    Hidden for a page behind the last one."""
    start = (page - 1) * PER_PAGE
    visible = findable(user, kinds)
    if user.is_authenticated:
        hits_ = index.search(query, kind, visible=visible, start=start, number=PER_PAGE)
    else:
        hits_ = _public_hits(query, kind, kinds, start=start)
    total = hits_.counts.get(kind, 0) if kind else sum(hits_.counts.values())
    if page > 1 and start >= total:
        raise Hidden(f"page {page} of {total} hits")
    rows = select(SearchEntry).where(SearchEntry.id.in_(hits_.ids), visible)
    by_id = {entry.id: entry for entry in db.session.scalars(rows)} if hits_.ids else {}
    items = [by_id[id_] for id_ in hits_.ids if id_ in by_id]
    return hits_.counts, Listing(items=items, page=page, per_page=PER_PAGE, total=total)


def _public_hits(query: str, kind: str | None, kinds: list[str], *, start: int) -> index.Page:
    """What index.search finds for a visitor."""
    shelf = everything_public()
    better, mask = shelf.searched(query)
    mask &= shelf.having("kind", kinds)
    counts = {str(name): number for name, number in shelf.counts("kind", mask).items()}
    if kind is not None:
        mask &= shelf.having("kind", [kind])
    return index.Page(counts, shelf.page_of_two(better, mask, start=start, number=PER_PAGE))


def marked(entries: list[SearchEntry], query: str) -> list[Hit]:
    """One page of entries with what their kinds add, in at most two statements."""
    dates = _dates_of(entries)
    private = _private_addresses(entries)
    return [
        Hit(
            entry=entry,
            title=hits.mark(entry.title, query),
            excerpt=hits.mark(hits.excerpt(entry.summary, query, EXCERPT), query),
            event=dates.get(entry.object_id) if entry.kind == "event" else None,
            private=private.get(entry.object_id) if entry.kind == "project" else None,
        )
        for entry in entries
    ]


def _dates_of(entries: list[SearchEntry]) -> dict[int, Event]:
    ids = [entry.object_id for entry in entries if entry.kind == "event"]
    return events.with_ids(ids) if ids else {}


def _private_addresses(entries: list[SearchEntry]) -> dict[int, tuple[str, str]]:
    """Where presentations live that only their organisation and the office see."""
    ids = [e.object_id for e in entries if e.kind == "project" and not e.is_public]
    if not ids:
        return {}
    rows = select(Project.id, Organisation.slug, Project.key).join(Project.organisation)
    found = db.session.execute(rows.where(Project.id.in_(ids)))
    return {project_id: (organisation, key) for project_id, organisation, key in found}

"""Putting things into the index, and asking it: the same answers on both engines.

A blank query restricts nothing. A query of signs alone ("%%", an emoji) finds nothing.
"""

from collections.abc import Collection, Mapping, Set
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from portal.core.database import db
from portal.core.search.analysis import Term, index_text, is_blank, terms
from portal.core.search.models import TITLE_LENGTH, SearchEntry
from portal.core.text import clean_line, clean_text
from portal.core.times import now

Condition = sa.ColumnElement[bool]


def put(kind: str, object_id: int, **said: Any) -> None:
    """Makes a thing findable, or findable as it is now; `_fill` says what is asked for."""
    entry = _entry(kind, object_id) or SearchEntry(kind=kind, object_id=object_id)
    db.session.add(_fill(entry, **said))


def put_new(kind: str, things: Mapping[int, dict[str, Any]]) -> None:
    """Like `put` for thousands of things, by their ids, that were never findable: it does not look
    for them first, and sends one statement."""
    entries = [_fill(SearchEntry(kind=kind, object_id=i), **said) for i, said in things.items()]
    columns = [column.key for column in sa.inspect(SearchEntry).column_attrs if column.key != "id"]
    rows = [{column: getattr(entry, column) for column in columns} for entry in entries]
    if rows:
        db.session.execute(sa.insert(SearchEntry), rows)


def _fill(
    entry: SearchEntry,
    *,
    slug: str,
    title: str,
    summary: str,
    body: str,
    is_public: bool,
    organisation_id: int | None = None,
    at: datetime | None = None,
) -> SearchEntry:
    """`at` says how new it counts: now."""
    title, summary = clean_line(title)[:TITLE_LENGTH], clean_text(summary)
    entry.slug = slug
    entry.title = title
    entry.summary = summary
    entry.folded_title = index_text(title)
    entry.folded_body = index_text(title, summary, body)
    entry.is_public = is_public
    entry.organisation_id = organisation_id
    entry.changed_at = at or now()
    return entry


def remove(kind: str, object_id: int) -> None:
    """Takes a thing out of the index; what is not in it stays out."""
    entry = _entry(kind, object_id)
    if entry:
        db.session.delete(entry)


def remove_all(kind: str, object_ids: Collection[int]) -> None:
    """Some hundred at once; what is not in the index stays out."""
    gone = sa.delete(SearchEntry).where(
        SearchEntry.kind == kind, SearchEntry.object_id.in_(object_ids)
    )
    db.session.execute(gone.execution_options(synchronize_session=False))


def _entry(kind: str, object_id: int) -> SearchEntry | None:
    return db.session.scalar(
        sa.select(SearchEntry).where(SearchEntry.kind == kind, SearchEntry.object_id == object_id)
    )


def visible_to(organisation_ids: Set[int] = frozenset(), *, is_office: bool = False) -> Condition:
    """Everybody sees what is public, members also what their organisations own, the office all."""
    if is_office:
        return sa.true()
    if not organisation_ids:
        return SearchEntry.is_public.is_(True)
    own = SearchEntry.organisation_id.in_(sorted(organisation_ids))
    return sa.or_(SearchEntry.is_public.is_(True), own)


def matching(
    query: str, kind: str | None = None, *, visible: Condition | None = None
) -> sa.Select[SearchEntry]:
    """The entries that have all words of the query; without `visible` the public ones."""
    wanted = [_found(query), visible_to() if visible is None else visible]
    if kind is not None:
        wanted.append(SearchEntry.kind == kind)
    return sa.select(SearchEntry).where(*wanted)


def ids_matching(query: str, kind: str) -> sa.Select[int]:
    """For `Project.id.in_(ids_matching(…))`. It knows no rights: the feature's own select does."""
    return sa.select(SearchEntry.object_id).where(SearchEntry.kind == kind, _found(query))


def ranked(query: str) -> tuple[sa.ColumnElement[Any], ...]:
    """The order of hits: all words in the title first, then the newest."""
    in_title = _contains(SearchEntry.folded_title, terms(query))
    return (
        sa.case((in_title, 0), else_=1),
        SearchEntry.changed_at.desc(),
        SearchEntry.id.desc(),
    )


def count_by_kind(query: str, *, visible: Condition | None = None) -> dict[str, int]:
    """How many hits each kind has; kinds without hits are missing."""
    hits = matching(query, visible=visible).with_only_columns(SearchEntry.kind, sa.func.count())
    rows = db.session.execute(hits.group_by(SearchEntry.kind).order_by(SearchEntry.kind))
    return {kind: count for kind, count in rows}


def _found(query: str) -> Condition:
    wanted = terms(query)
    if not wanted:
        return sa.true() if is_blank(query) else sa.false()
    return _Found(
        SearchEntry.id,
        sa.literal(_fts_query(wanted)),
        _contains(SearchEntry.folded_body, wanted),
    )


def _fts_query(wanted: tuple[Term, ...]) -> str:
    # Needles are letters, digits and blanks, so that quoting them is enough.
    any_needle = (" OR ".join(f'"{needle}"' for needle in term.needles) for term in wanted)
    return " AND ".join(f"({needles})" for needles in any_needle)


def _contains(column: sa.orm.InstrumentedAttribute[str], wanted: tuple[Term, ...]) -> Condition:
    return sa.and_(
        sa.true(),
        *(sa.or_(*(column.like(f"%{needle}%") for needle in term.needles)) for term in wanted),
    )


class _Found(FunctionElement[bool]):
    """All words in the body: on SQLite the trigram index answers, elsewhere LIKE with its own."""

    type = sa.Boolean()
    inherit_cache = True

    def self_group(self, against: Any = None) -> Any:
        return self  # SQLAlchemy would write "… = 1" for SQLite, which then reads every row


@compiles(_Found)
def _found_by_like(element: _Found, compiler: SQLCompiler, **kw: Any) -> str:
    _, _, condition = element.clauses
    return f"({compiler.process(condition, **kw)})"


@compiles(_Found, "sqlite")
def _found_by_fts(element: _Found, compiler: SQLCompiler, **kw: Any) -> str:
    entry_id, query, _ = element.clauses
    return (
        f"{compiler.process(entry_id, **kw)} IN (SELECT rowid FROM search_fts"
        f" WHERE search_fts MATCH {compiler.process(query, **kw)})"
    )

"""Putting things into the index, and asking it: the same answers on both engines.

A blank query restricts nothing. A query of signs alone ("%%", an emoji) finds nothing.
"""

import json
from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from portal.core.database import db, plain_rows
from portal.core.search.analysis import Term, is_blank, terms
from portal.core.search.filing import put, put_new, remove, remove_all
from portal.core.search.models import POSTING, SearchEntry, SearchWord

Condition = sa.ColumnElement[bool]


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
    return sa.select(SearchEntry).where(*_wanted(query, kind, visible))


def _wanted(query: str, kind: str | None, visible: Condition | None) -> list[Condition]:
    wanted = [_found(query), visible_to() if visible is None else visible]
    return wanted if kind is None else [*wanted, SearchEntry.kind == kind]


def ids_matching(query: str, kind: str) -> sa.Select[int]:
    """For `Project.id.in_(ids_matching(…))`. It knows no rights: the feature's own select does."""
    return sa.select(SearchEntry.object_id).where(SearchEntry.kind == kind, _found(query))


def entries_by_term(wanted: Sequence[Term]) -> list[tuple[list[int], list[int]]]:
    """For lists that count and order for themselves (core/shelves.py), in one statement: for each
    word the ids of the entries that have it in the title, and of those that have it elsewhere. Of
    all kinds, and whoever may see them."""
    found: list[tuple[list[int], list[int]]] = [([], []) for _ in wanted]
    ids = sa.func.aggregate_strings(sa.cast(POSTING.c.entry_id, sa.String), ",")
    branches = [
        entries_with(term)
        .with_only_columns(sa.literal(number), POSTING.c.in_title, ids)
        .group_by(POSTING.c.in_title)
        for number, term in enumerate(wanted)
    ]
    rows: Any = sa.union_all(*branches) if branches else None
    for number, in_title, joined in plain_rows(rows) if branches else ():
        found[number][not in_title].extend(json.loads(f"[{joined}]"))  # twice as quick as int()
    return found


@dataclass(frozen=True)
class Page:
    """How many hits each kind has (kinds without hits are missing), and one page of ids of
    entries, the best first."""

    counts: dict[str, int]
    ids: list[int]


def search(
    query: str, kind: str | None, *, visible: Condition | None = None, start: int, number: int
) -> Page:
    """Counts and ranks in one statement, since gathering the hits is what takes time."""
    columns = (SearchEntry.id, SearchEntry.kind, SearchEntry.changed_at)
    found = matching(query, visible=visible).with_only_columns(*columns)
    hits = found.cte("hits").prefix_with("MATERIALIZED")
    titles = _set_with_all(query, POSTING.c.in_title.is_(sa.true()))
    best = sa.select(sa.literal(""), hits.c.id)
    if kind is not None:
        best = best.where(hits.c.kind == kind)
    if titles is not None:
        best = best.order_by(sa.case((hits.c.id.in_(titles), 0), else_=1))
    best = best.order_by(hits.c.changed_at.desc(), hits.c.id.desc())
    one_page = best.limit(number).offset(start).subquery()
    by_kind = sa.select(hits.c.kind, sa.func.count()).group_by(hits.c.kind)
    counts: dict[str, int] = {}
    ids: list[int] = []
    for of_kind, value in db.session.execute(sa.union_all(by_kind, sa.select(one_page))):
        if of_kind:
            counts[of_kind] = value
        else:
            ids.append(value)
    return Page(counts, ids)


def ranked(query: str) -> tuple[sa.ColumnElement[Any], ...]:
    """The order of hits: all words in the title first, then the newest."""
    return (
        sa.case((_found_in_title(query), 0), else_=1),
        SearchEntry.changed_at.desc(),
        SearchEntry.id.desc(),
    )


def _found(query: str) -> Condition:
    return _has_all(query, sa.true())


def _found_in_title(query: str) -> Condition:
    return _has_all(query, POSTING.c.in_title.is_(sa.true()))


def _has_all(query: str, where: Condition) -> Condition:
    having = _set_with_all(query, where)
    if having is None:
        return sa.true() if is_blank(query) else sa.false()
    return SearchEntry.id.in_(having)


def _set_with_all(query: str, where: Condition) -> Any:
    """Each word's things are gathered first: whoever planned from thing to word would read all."""
    sets = [entries_with(term).where(where) for term in terms(query)]
    if len(sets) < 2:
        return sets[0] if sets else None
    return sa.intersect(*sets)


def entries_with(term: Term) -> sa.Select[int]:
    """The ids of all entries that have it."""
    words = _OneOf(POSTING.c.word_id, _word_ids(term).scalar_subquery())
    return sa.select(POSTING.c.entry_id).where(words)


def _word_ids(term: Term) -> sa.Select[int]:
    meant: list[Condition] = []
    if term.exact:
        meant.append(SearchWord.word.in_(term.exact))
    if term.parts:
        fits = SearchWord.word.regexp_match("|".join(term.patterns))
        meant.append(sa.and_(_has_part(term.parts), fits))
    return sa.select(SearchWord.id).where(sa.or_(*meant))


def _has_part(parts: tuple[str, ...]) -> Condition:
    # Parts are letters and digits, so that quoting them is enough.
    fts = " OR ".join(f'"{part}"' for part in parts)
    like = sa.or_(*(SearchWord.word.like(f"%{part}%") for part in parts))
    return _HasPart(SearchWord.id, sa.literal(fts), like)


class _HasPart(FunctionElement[bool]):
    """On SQLite the trigram index answers, elsewhere LIKE with its own."""

    type = sa.Boolean()
    inherit_cache = True

    def self_group(self, against: Any = None) -> Any:
        return self  # SQLAlchemy would write "… = 1" for SQLite, which then reads every row


@compiles(_HasPart)
def _by_like(element: _HasPart, compiler: SQLCompiler, **kw: Any) -> str:
    _, _, condition = element.clauses
    return f"({compiler.process(condition, **kw)})"


@compiles(_HasPart, "sqlite")
def _by_fts(element: _HasPart, compiler: SQLCompiler, **kw: Any) -> str:
    word_id, query, _ = element.clauses
    return (
        f"{compiler.process(word_id, **kw)} IN (SELECT rowid FROM search_fts"
        f" WHERE search_fts MATCH {compiler.process(query, **kw)})"
    )


class _OneOf(FunctionElement[bool]):
    """IN. PostgreSQL is made to look up the words first; it thinks that there is but one."""

    type = sa.Boolean()
    inherit_cache = True

    def self_group(self, against: Any = None) -> Any:
        return self


@compiles(_OneOf)
def _by_in(element: _OneOf, compiler: SQLCompiler, **kw: Any) -> str:
    column, rows = element.clauses
    return f"{compiler.process(column, **kw)} IN {compiler.process(rows, **kw)}"


@compiles(_OneOf, "postgresql")
def _by_array(element: _OneOf, compiler: SQLCompiler, **kw: Any) -> str:
    column, rows = element.clauses
    return f"{compiler.process(column, **kw)} = ANY (ARRAY {compiler.process(rows, **kw)})"


__all__ = [
    "Page",
    "entries_by_term",
    "entries_with",
    "ids_matching",
    "matching",
    "put",
    "put_new",
    "ranked",
    "remove",
    "remove_all",
    "search",
    "visible_to",
]

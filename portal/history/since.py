"""What became of the alliance between two moments, as figures before and after. Projects are
counted from the lines of the history, all else from rows that carry their own dates. Figures say
what was; names are given only to what the public sees at the time of reading."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, case, func, literal, or_, select
from sqlalchemy.sql.elements import ColumnElement

from portal.charter.models import Declaration, Signature
from portal.core.database import db
from portal.core.generation import once_per_generation
from portal.core.search.analysis import fold
from portal.core.times import local
from portal.history.models import Entry
from portal.partners.models import Membership, Organisation
from portal.partners.queries.directory import PARTNERS
from portal.projects.models import Phase, Project, ReviewState, Revision
from portal.teams.models import Team

SHOWN = 12  # names of one kind
MOST = 200  # rows that are looked through for names
E: Any = Entry.__table__
P: Any = Project.__table__
R: Any = Revision.__table__
ONLINE = ("ProjectPublished", "ProjectUpdated", "ProjectShownAgain")
OFFLINE = ("ProjectUnpublished", "ProjectHidden")
ARCHIVED, REOPENED = ("ProjectArchived",), ("ProjectReopened",)
Part = ColumnElement[Any]


@dataclass(frozen=True)
class Span:
    """From `since` on, before `until`; `since` is None for all the time there was."""

    since: datetime | None
    until: datetime


@dataclass(frozen=True)
class Change:
    """`gained` joined in between and are still there, `named` are those of them that may be named:
    (key of the address, title). `undated`: nobody knows since when; they are in no figure."""

    before: int
    after: int
    gained: int
    named: list[tuple[str, str]]
    undated: int = 0

    @property
    def lost(self) -> int:
        return self.before + self.gained - self.after

    @property
    def unnamed(self) -> int:
        return self.gained - len(self.named)

    @property
    def is_empty(self) -> bool:
        return not (self.before or self.after)


@once_per_generation
def changes(span: Span) -> dict[str, Change]:
    """In six statements, however much happened; all of it is told by public facts."""
    projects, completed = _projects(span)
    return {
        "partners": _partners(span),
        "projects": projects,
        "completed": completed,
        "teams": _teams(span),
        "declarations": _declarations(span),
        "signatures": _signatures(span),
    }


def _change(
    rows: Iterable[tuple[bool, bool, tuple[str, str] | None]], *, undated: int = 0
) -> Change:
    """Of (was there before, is there after, how it may be named)."""
    before = after = gained = 0
    named: list[tuple[str, str]] = []
    for was, is_, name in rows:
        before, after = before + was, after + is_
        if is_ and not was:
            gained += 1
            if name and len(named) < SHOWN:
                named.append(name)
    return Change(before, after, gained, named, undated)


def _there(moment: Any, begins: Any, ends: Any) -> Part:
    """1 where it had begun before the moment, and not ended before it."""
    if moment is None:
        return literal(0)
    return case((and_(begins < moment, or_(ends.is_(None), ends >= moment)), 1), else_=0)


def _partners(span: Span) -> Change:
    since, until = _day(span.since), _day(span.until)
    was, is_ = (func.max(_there(m, Membership.since, Membership.until)) for m in (since, until))
    still = func.max(case((Membership.until.is_(None), 1), else_=0))
    dated = func.max(Membership.since)
    org = Organisation
    rows = (
        select(was, is_, still, dated, org.slug, org.name, org.suspended_at)
        .join(Membership, Membership.organisation_id == org.id)
        .where(Membership.standing.in_(PARTNERS))
        .group_by(org.id)
        .order_by(org.fictitious, org.folded_name)
    )
    found = db.session.execute(rows).all()
    return _change(
        (
            (bool(before), bool(after), (slug, name) if member and rests is None else None)
            for before, after, member, _, slug, name, rests in found
        ),
        undated=sum(day is None for _, _, _, day, *_ in found),
    )


def _teams(span: Span) -> Change:
    rows = select(Team.since, Team.archived_at, Team.slug, Team.name).order_by(Team.name)
    found = db.session.execute(rows).all()
    return _change(
        (
            (
                _team_is_there(since, gone, span.since),
                _team_is_there(since, gone, span.until),
                None if gone else (slug, name),
            )
            for since, gone, slug, name in found
        ),
        undated=sum(since is None for since, *_ in found),
    )


def _team_is_there(since: date | None, gone: datetime | None, moment: datetime | None) -> bool:
    if moment is None or since is None:
        return False
    return since < local(moment).date() and (gone is None or gone >= moment)


def _declarations(span: Span) -> Change:
    rows = select(Declaration.published_at, Declaration.number, Declaration.title)
    published = rows.where(Declaration.published_at < span.until).order_by(Declaration.number)
    return _change(
        (bool(span.since and at and at < span.since), True, (str(number), title))
        for at, number, title in db.session.execute(published)
    )


def _signatures(span: Span) -> Change:
    """Of organisations, whichever version they signed; the poster names them."""
    was, is_ = (
        func.max(_there(moment, Signature.signed_at, Signature.ended_at))
        for moment in (span.since, span.until)
    )
    each = select(was, is_).group_by(Signature.organisation_id)
    return _change(
        (bool(was_there), bool(is_there), None) for was_there, is_there in db.session.execute(each)
    )


def _projects(span: Span) -> tuple[Change, Change]:
    """All that were public, and those of them that were completed."""
    rows = db.session.execute(_each_project(span)).all()
    names = _names_of([row[0] for row in rows if row[2] > row[1] or row[4] > row[3]])
    public, completed = (
        _change((bool(row[at]), bool(row[at + 1]), names.get(row[0])) for row in rows)
        for at in (1, 3)
    )
    return _in_order(public), _in_order(completed)


def _names_of(ids: list[int]) -> dict[int, tuple[str, str]]:
    """Of those that the public sees now; where there are very many, of the newest."""
    newest = sorted(ids)[-MOST:]
    rows = (
        select(P.c.id, P.c.slug, R.c.title)
        .select_from(P.join(R, R.c.id == P.c.live_revision_id))
        .where(P.c.id.in_(newest), P.c.archived_at.is_(None))
    )
    return {id_: (slug, title) for id_, slug, title in db.session.execute(rows)}


def _in_order(change: Change) -> Change:
    return replace(change, named=sorted(change.named, key=lambda name: fold(name[1])))


def _each_project(span: Span) -> Any:
    """One row per project that was ever public: its id, whether it was public at both ends, and
    whether it was completed at both. The newest first."""
    kinds = (*ONLINE, *OFFLINE, *ARCHIVED, *REOPENED)
    lines = (
        select(
            E.c.about_id.label("id"),
            _listed(span.since).label("was"),
            _listed(span.until).label("is"),
        )
        .where(E.c.about == Project.__tablename__, E.c.fact.in_(kinds), E.c.at < span.until)
        .group_by(E.c.about_id)
        .subquery()
    )
    texts = (
        select(
            R.c.project_id,
            _last_number(span.since).label("before"),
            _last_number(span.until).label("after"),
        )
        .where(R.c.state == ReviewState.PUBLISHED)
        .group_by(R.c.project_id)
        .subquery()
    )
    first, last = R.alias("first"), R.alias("last")
    joined = lines.outerjoin(texts, texts.c.project_id == lines.c.id)
    for text, number in ((first, texts.c.before), (last, texts.c.after)):
        joined = joined.outerjoin(
            text, and_(text.c.project_id == lines.c.id, text.c.number == number)
        )
    was_done = and_(lines.c.was == 1, first.c.phase == Phase.COMPLETED)
    is_done = and_(lines.c["is"] == 1, last.c.phase == Phase.COMPLETED)
    return (
        select(
            lines.c.id,
            lines.c.was,
            lines.c["is"],
            case((was_done, 1), else_=0).label("was_done"),
            case((is_done, 1), else_=0).label("is_done"),
        )
        .select_from(joined)
        .order_by(lines.c.id.desc())
    )


def _listed(moment: datetime | None) -> Part:
    """1 where the last line before the moment says that it is public, and not in the archive."""
    if moment is None:
        return literal(0)

    def last(kinds: tuple[str, ...]) -> Part:
        return func.coalesce(
            func.max(case((and_(E.c.fact.in_(kinds), E.c.at < moment), E.c.id))), 0
        )

    is_online = last(ONLINE) > last(OFFLINE)
    return case((and_(is_online, last(REOPENED) >= last(ARCHIVED)), 1), else_=0)


def _last_number(moment: datetime | None) -> Part:
    """Of the text that had been published last."""
    if moment is None:
        return literal(0)
    return func.max(case((R.c.decided_at < moment, R.c.number)))


def _day(moment: datetime | None) -> date | None:
    return local(moment).date() if moment else None

"""What happened in the demo's past: written into the history in its order. The few latest facts are
told as if they happened now, so that their letters lie in the mailbox; the others send none."""

from datetime import datetime, timedelta
from functools import singledispatch
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from portal.accounts.models import User
from portal.core.database import Base, db
from portal.core.facts import Fact, tell
from portal.demo.world import World
from portal.partners.facts import ApplicationSent
from portal.projects.models import Project
from portal.teams.models import Seat

LATE = timedelta(days=3)
DEMO = "@demo.example"


def load(world: World) -> str:
    db.session.flush()
    facts = sorted(world.happened, key=lambda fact: fact.at)
    told = _told(facts, since=world.days.now - LATE)
    for heard, run in groupby(facts, key=lambda fact: fact in told):
        if heard:
            for fact in run:
                tell(fact)
            db.session.flush()  # the history is read in the order of its rows
        else:
            db.session.execute(_history().insert(), [_line(fact) for fact in run])
    _thin_out_the_letters()
    return f"{len(facts)} lines of history"


def _told(facts: list[Fact], *, since: datetime) -> list[Fact]:
    """The latest of each kind; but no link to confirm what is confirmed already."""
    late = [fact for fact in facts if fact.at > since and not _is_used_up(fact)]
    return list({type(fact): fact for fact in late}.values())


def _thin_out_the_letters() -> None:
    """One of each kind is enough to look at; best to somebody as whom visitors can log in."""
    letter = Base.metadata.tables["letter"]
    can_log_in = sa.case((User.email.endswith(DEMO), 0), else_=1)
    rows = sa.select(letter.c.id, letter.c.kind).join(User, User.id == letter.c.recipient_id)
    kept: dict[str, int] = {}
    for id_, kind in db.session.execute(rows.order_by(can_log_in, letter.c.id)):
        kept.setdefault(kind, id_)
    db.session.execute(letter.delete().where(letter.c.id.not_in(kept.values())))


def _is_used_up(fact: Fact) -> bool:
    return isinstance(fact, ApplicationSent) and fact.about.received_at is not None


def _history() -> Any:
    """By its name: packages of one floor do not know each other."""
    return Base.metadata.tables["history_entry"]


def _line(fact: Fact) -> dict[str, Any]:
    return {
        "fact": type(fact).__name__,
        "by_id": fact.by.id if fact.by else None,
        "for_id": fact.for_.id if fact.for_ else None,
        "about": fact.about.__tablename__,
        "about_id": fact.about.id,
        "title": _title(fact.about),
        "note": fact.note,
        "at": fact.at,
    }


@singledispatch
def _title(thing: object) -> str:
    return str(getattr(thing, "title", None) or getattr(thing, "name", None) or "")


@_title.register
def _(project: Project) -> str:
    return project.latest.name


@_title.register
def _(seat: Seat) -> str:
    return seat.team.name

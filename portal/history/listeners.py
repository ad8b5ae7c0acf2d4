"""Writes every fact down, in the transaction in which it happened."""

from portal.core.database import db
from portal.core.facts import Fact, on
from portal.history.models import Entry
from portal.history.titles import title_of


@on(Fact)
def write_down(fact: Fact) -> None:
    about = fact.about
    db.session.add(
        Entry(
            fact=type(fact).__name__,
            by_id=fact.by.id if fact.by else None,
            for_id=fact.for_.id if fact.for_ else None,
            about=about.__tablename__ if about else None,
            about_id=about.id if about else None,
            title=title_of(about)[:200],
            note=fact.note,
            at=fact.at,
        )
    )

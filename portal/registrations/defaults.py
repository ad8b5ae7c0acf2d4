"""Rules to begin with: sensible ones from the date's start, or those of another date, moved."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from portal.core.database import db
from portal.core.times import NoSuchTime, Which, in_berlin, local, now
from portal.events.models import Event
from portal.registrations.models import Allocation
from portal.registrations.services import Rules

PLACES = 60
A_DAY = timedelta(days=1)
MOMENTS = ("closes_at", "cancel_until", "offers_from", "moves_up_until")


def usual_rules(event: Event) -> Rules:
    """Open from now until a day before. Where that day has come already, until the date begins."""
    start, opens = event.starts_at, this_minute()
    day_before = before(start, days=1)
    late = opens >= day_before
    return Rules(
        capacity=PLACES,
        opens_at=opens,
        closes_at=start if late else day_before,
        cancel_until=start if late else start - timedelta(hours=2),
        offers_from=min(before(start, days=3), start if late else day_before),
        moves_up_until=start if late else day_before,
    )


def rules_like(event: Event, other: Allocation) -> Rules:
    """The same rules, each as long before the date as it was there, by the clock on the wall."""
    moved = {name: _moved(getattr(other, name), other.event, event) for name in MOMENTS}
    return Rules(
        capacity=other.capacity,
        opens_at=this_minute(),
        offer_hours=other.offer_hours,
        per_organisation=other.per_organisation,
        question=other.question,
        **moved,
    )


def rules_of(allocation: Allocation) -> Rules:
    names = Rules.__dataclass_fields__
    return Rules(**{name: getattr(allocation, name) for name in names})


def last_of_its_kind(event: Event) -> Allocation | None:
    """The places of the date before it of the same kind: last year's Allianztagung."""
    rows = (
        select(Allocation)
        .join(Allocation.event)
        .options(contains_eager(Allocation.event))
        .where(Event.kind == event.kind, Event.id != event.id, Event.starts_at <= event.starts_at)
        .order_by(Event.starts_at.desc(), Event.id.desc())
    )
    return db.session.scalar(rows.limit(1))


def before(moment: datetime, *, days: int) -> datetime:
    """At the same time of day in Berlin."""
    return _at_the_wall(local(moment).replace(tzinfo=None) - days * A_DAY)


def this_minute() -> datetime:
    return now().replace(second=0, microsecond=0)


def _moved(moment: datetime, there: Event, here: Event) -> datetime:
    apart = local(there.starts_at).replace(tzinfo=None) - local(moment).replace(tzinfo=None)
    return _at_the_wall(local(here.starts_at).replace(tzinfo=None) - apart)


def _at_the_wall(shown: datetime) -> datetime:
    """Of an hour that happens twice the first; instead of one that does not exist the next."""
    try:
        return in_berlin(shown.date(), shown.time(), Which.FIRST)
    except NoSuchTime:
        later = shown + timedelta(hours=1)
        return in_berlin(later.date(), later.time(), Which.FIRST)

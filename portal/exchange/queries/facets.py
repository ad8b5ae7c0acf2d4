"""How many entries each choice would show: each facet's counts under what the others chose, in one
statement."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa

from portal.core.database import db
from portal.core.generation import once_per_generation
from portal.core.times import today
from portal.exchange.models import OfferKind
from portal.exchange.queries.choice import Choice
from portal.exchange.queries.public import ONLINE, RD, Condition, R, conditions, is_online
from portal.topics.queries import districts, themes


@dataclass(frozen=True)
class Counts:
    """By slug; a slug that is missing has none. `all` is counted whatever was chosen."""

    total: int = 0
    all: int = 0
    kinds: dict[str, int] = field(default_factory=dict)
    themes: dict[str, int] = field(default_factory=dict)
    districts: dict[str, int] = field(default_factory=dict)


def counts(choice: Choice) -> Counts:
    if not choice.narrows:
        day, known = _of_all()
        if day == today():
            return known
    return _live(choice)


@once_per_generation
def _of_all() -> tuple[date, Counts]:
    """What everybody asks for. Terms end at midnight, and the worker notices within the hour."""
    return today(), _live(Choice())


def _live(choice: Choice) -> Counts:
    found = _counted(choice)
    everywhere = found["citywide"].get(None, 0)
    return Counts(
        total=found["total"].get(None, 0),
        all=found["all"].get(None, 0),
        kinds={OfferKind(value).slug: n for value, n in found["kind"].items() if value},
        themes=_by_slug(found["theme"], themes()),
        districts={
            one.slug: n
            for one in districts()
            if (n := found["district"].get(str(one.id), 0) + everywhere)
        },
    )


def count() -> int:
    """How many are online."""
    rows = sa.select(sa.func.count()).select_from(ONLINE).where(*is_online())
    return db.session.scalar(rows) or 0


def _by_slug(numbers: dict[Any, int], records: Any) -> dict[str, int]:
    return {one.slug: numbers[str(one.id)] for one in records if str(one.id) in numbers}


def _counted(choice: Choice) -> dict[str, dict[Any, int]]:
    """{"kind": {value: n}, "theme": {id: n}, "district": {id: n}, "citywide": …, "total": …}."""
    here = conditions(choice, but="district")
    in_some = ONLINE.join(RD, RD.c.offer_revision_id == R.c.id)
    branches = [
        _count("all", sa.null(), is_online()),
        _count("total", sa.null(), conditions(choice)),
        _count("kind", R.c.kind, conditions(choice, but="kind")),
        _count("theme", R.c.theme_id, conditions(choice, but="theme")),
        _count("district", RD.c.district_id, [*here, R.c.citywide.is_(sa.false())], in_some),
        _count("citywide", sa.null(), [*here, R.c.citywide.is_(sa.true())]),
    ]
    found: dict[str, dict[Any, int]] = defaultdict(dict)
    for name, value, number in db.session.execute(sa.union_all(*branches)):
        found[name][value] = number
    return found


def _count(name: str, column: Any, asked: list[Condition], source: Any = ONLINE) -> Any:
    """One branch: (name, value as text, number)."""
    value = sa.cast(column, sa.String)
    chosen = sa.select(sa.literal(name), value, sa.func.count()).select_from(source).where(*asked)
    return chosen if isinstance(column, sa.Null) else chosen.group_by(column)

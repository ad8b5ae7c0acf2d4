"""How many projects each choice would show: each facet's counts under what the others chose.

All projects are counted by counters that publications keep; a narrowed list counts live, in one
statement."""

from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from portal.core.counters import counters
from portal.core.database import db
from portal.core.generation import once_per_generation
from portal.projects.models import Phase
from portal.projects.queries.choice import Choice
from portal.projects.queries.public import (
    IS_LIVE,
    LIVE,
    RD,
    Condition,
    R,
    found,
    in_districts,
    in_phases,
    of_team,
    of_themes,
    with_partner,
)
from portal.topics.queries import districts, themes

CITYWIDE = "citywide"


@dataclass(frozen=True)
class Counts:
    """By slug; a slug that is missing has none."""

    total: int = 0
    themes: dict[str, int] = field(default_factory=dict)
    districts: dict[str, int] = field(default_factory=dict)
    phases: dict[str, int] = field(default_factory=dict)


@once_per_generation
def all_counts() -> Counts:
    """Of all public projects, from the counters."""
    kept = counters("projects")
    everywhere = kept.get("citywide", {}).get("citywide", 0)
    here = kept.get("district", {})
    return Counts(
        total=kept.get("all", {}).get("all", 0),
        themes=kept.get("theme", {}),
        districts=_with_citywide(here, everywhere),
        phases={Phase(value).slug: n for value, n in kept.get("phase", {}).items()},
    )


def _with_citywide(here: dict[str, int], everywhere: int) -> dict[str, int]:
    slugs = [district.slug for district in districts()]
    return {slug: n for slug in slugs if (n := here.get(slug, 0) + everywhere)}


def counts(choice: Choice) -> Counts:
    if not choice.narrows:
        return all_counts()
    live = _live_counts(choice)
    known = all_counts()
    by_theme = live.get("theme", None)
    return Counts(
        total=live["total"][None],
        themes=known.themes if by_theme is None else _by_slug(by_theme, themes()),
        districts=_districts(live, known),
        phases=known.phases
        if "phase" not in live
        else {Phase(value).slug: n for value, n in live["phase"].items() if value},
    )


def _by_slug(numbers: dict[Any, int], records: Any) -> dict[str, int]:
    return {record.slug: numbers[record.id] for record in records if record.id in numbers}


def _districts(live: dict[str, dict[Any, int]], known: Counts) -> dict[str, int]:
    if "district" not in live:
        return known.districts
    here = _by_slug(live["district"], districts())
    return _with_citywide(here, live[CITYWIDE].get(None, 0))


def conditions(choice: Choice, *, but: str = "") -> list[Condition]:
    """All that the choice asks for; `but` leaves one facet out."""
    asked: list[Condition] = [IS_LIVE]
    if choice.q:
        asked.append(found(choice.q))
    if choice.partner:
        asked.append(with_partner(choice.partner.id))
    if choice.team:
        asked.append(of_team(choice.team.id))
    if choice.themes and but != "theme":
        asked.append(of_themes([theme.id for theme in choice.themes]))
    if choice.phases and but != "phase":
        asked.append(in_phases(choice.phases))
    if choice.districts and but != "district":
        asked.append(in_districts([district.id for district in choice.districts]))
    return asked


def _live_counts(choice: Choice) -> dict[str, dict[Any, int]]:
    """{"theme": {id: n}, "phase": {value: n}, "district": {id: n}, "citywide": …, "total": …}. A
    facet that nothing else narrows is missing: there the counters are right."""
    branches = [_count("total", sa.null(), conditions(choice))]
    empty: dict[str, dict[Any, int]] = {"total": {None: 0}}
    for name, column in (("theme", R.c.theme_id), ("phase", R.c.phase)):
        asked = conditions(choice, but=name)
        if len(asked) > 1:
            branches.append(_count(name, column, asked))
            empty[name] = {}
    asked = conditions(choice, but="district")
    if len(asked) > 1:
        branches += _count_districts(asked)
        empty |= {"district": {}, CITYWIDE: {}}
    for name, value, number in db.session.execute(sa.union_all(*branches)):
        empty[name][_read(name, value)] = number
    return empty


def _read(name: str, value: str | None) -> Any:
    return int(value) if value and name in {"theme", "district"} else value


def _count(name: str, column: Any, asked: list[Condition], source: Any = LIVE) -> Any:
    """One branch: (name, value as text, number)."""
    value = sa.cast(column, sa.String)
    chosen = sa.select(sa.literal(name), value, sa.func.count()).select_from(source).where(*asked)
    return chosen if isinstance(column, sa.Null) else chosen.group_by(column)


def _count_districts(asked: list[Condition]) -> list[Any]:
    in_some = LIVE.join(RD, RD.c.revision_id == R.c.id)
    return [
        _count("district", RD.c.district_id, [*asked, R.c.citywide.is_(sa.false())], in_some),
        _count(CITYWIDE, sa.null(), [*asked, R.c.citywide.is_(sa.true())]),
    ]

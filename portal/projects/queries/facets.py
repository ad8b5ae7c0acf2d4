"""How many projects each choice would show: each facet's counts under what the others chose.

All projects are counted by counters that publications keep; a narrowed list is counted on the
shelf."""

from dataclasses import dataclass, field

from portal.core.counters import counters
from portal.core.generation import once_per_generation
from portal.core.search.suggesting import suggestion
from portal.projects.models import Phase
from portal.projects.queries import shelf as shelves
from portal.projects.queries.choice import RUNNING, Choice
from portal.projects.queries.public import (
    IS_LIVE,
    Condition,
    found,
    in_districts,
    in_phases,
    of_team,
    of_themes,
    with_partner,
)
from portal.topics.queries import districts, themes


@dataclass(frozen=True)
class Counts:
    """By slug; a slug that is missing has none."""

    total: int = 0
    themes: dict[str, int] = field(default_factory=dict)
    districts: dict[str, int] = field(default_factory=dict)
    phases: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Selection:
    """What was chosen of the shelf: a mask, of which `better` are hits in the title. Without a
    mask it is everything. `of` is how many there are without any choice."""

    choice: Choice
    counts: Counts
    of: int
    mask: int | None = None
    better: int = 0


@once_per_generation
def all_counts() -> Counts:
    """Of all public projects, from the counters."""
    kept = counters("projects")
    everywhere = kept.get("citywide", {}).get("citywide", 0)
    here = kept.get("district", {})
    return Counts(
        total=kept.get("all", {}).get("all", 0),
        themes=kept.get("theme", {}),
        districts={one.slug: n for one in districts() if (n := here.get(one.slug, 0) + everywhere)},
        phases={Phase(value).slug: n for value, n in kept.get("phase", {}).items()},
    )


def counts(choice: Choice) -> Counts:
    return selected(choice).counts


def selected(choice: Choice) -> Selection:
    if not choice.narrows:
        everything = all_counts()
        return Selection(choice, everything, everything.total)
    shelf = shelves.shelf()
    better, asked = shelf.searched(choice.q)
    if choice.partner:
        asked &= shelves.with_partner(choice.partner.id)
    if choice.team:
        asked &= shelf.having("team", [choice.team.id])
    of_facet = {
        "theme": shelf.having("theme", [one.id for one in choice.themes]),
        "phase": shelf.having("phase", choice.phases),
        "district": shelf.having("district", [one.id for one in choice.districts]),
    }
    chosen = {"theme": choice.themes, "phase": choice.phases, "district": choice.districts}

    def but(left_out: str) -> int:
        mask = asked
        for facet, values in chosen.items():
            mask &= of_facet[facet] if values and facet != left_out else shelf.all
        return mask

    mask = but("")
    by_theme, by_phase, by_district = (
        shelf.counts(facet, but(facet)) for facet in ("theme", "phase", "district")
    )
    found_counts = Counts(
        total=mask.bit_count(),
        themes={one.slug: by_theme[one.id] for one in themes() if one.id in by_theme},
        districts={one.slug: by_district[one.id] for one in districts() if one.id in by_district},
        phases={one.slug: by_phase[one] for one in Phase if one in by_phase},
    )
    return Selection(choice, found_counts, len(shelf.ids), mask, better)


def suggested(choice: Choice) -> str:
    """Other words for a search that found nothing, or none."""
    return suggestion(choice.q, "project") if choice.q else ""


@dataclass(frozen=True)
class Overview:
    """What the start page tells: all of them, those confirmed lately (what figures count: N20), by
    district, and what runs (is being tried, built or used) by theme; by slug."""

    total: int
    current: int
    districts: dict[str, int]
    running: dict[str, int]


def overview() -> Overview:
    shelf = shelves.shelf()
    here = shelf.counts("district", shelf.all)
    running = shelf.counts("theme", shelf.having("phase", RUNNING))
    return Overview(
        total=len(shelf.ids),
        current=shelf.having("lapsed", [False]).bit_count(),
        districts={one.slug: here[one.id] for one in districts() if one.id in here},
        running={one.slug: running[one.id] for one in themes() if one.id in running},
    )


def conditions(choice: Choice) -> list[Condition]:
    """The same choice for a statement that reads all of it: exports."""
    asked: list[Condition] = [IS_LIVE]
    if choice.q:
        asked.append(found(choice.q))
    if choice.partner:
        asked.append(with_partner(choice.partner.id))
    if choice.team:
        asked.append(of_team(choice.team.id))
    if choice.themes:
        asked.append(of_themes([theme.id for theme in choice.themes]))
    if choice.phases:
        asked.append(in_phases(choice.phases))
    if choice.districts:
        asked.append(in_districts([district.id for district in choice.districts]))
    return asked

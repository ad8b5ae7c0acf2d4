"""How many entries each choice would show: each facet's counts under what the others chose, counted
on the shelf."""

from dataclasses import dataclass, field
from typing import Any

from portal.core.search.suggesting import suggestion
from portal.exchange.models import OfferKind
from portal.exchange.queries.choice import Choice
from portal.exchange.queries.shelf import shelf
from portal.topics.queries import districts, themes


@dataclass(frozen=True)
class Counts:
    """By slug; a slug that is missing has none. `all` is counted whatever was chosen."""

    total: int = 0
    all: int = 0
    kinds: dict[str, int] = field(default_factory=dict)
    themes: dict[str, int] = field(default_factory=dict)
    districts: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Selection:
    """What was chosen of the shelf: a mask, of which `better` are hits in the title."""

    counts: Counts
    mask: int
    better: int = 0


def selected(choice: Choice) -> Selection:
    kept = shelf()
    online = kept.online
    better, found = kept.searched(choice.q)
    asked = online & found
    if choice.partner:
        asked &= kept.having("partner", [choice.partner.id])
    chosen: dict[str, list[Any]] = {
        "kind": list(choice.kinds),
        "theme": [one.id for one in choice.themes],
        "district": [one.id for one in choice.districts],
    }
    of_facet = {facet: kept.having(facet, values) for facet, values in chosen.items() if values}

    def but(left_out: str) -> int:
        mask = asked
        for facet, having in of_facet.items():
            mask &= having if facet != left_out else kept.all
        return mask

    mask = but("")
    by_kind, by_theme, by_district = (
        kept.counts(facet, but(facet)) for facet in ("kind", "theme", "district")
    )
    counts = Counts(
        total=mask.bit_count(),
        all=online.bit_count(),
        kinds={one.slug: by_kind[one] for one in OfferKind if one in by_kind},
        themes={one.slug: by_theme[one.id] for one in themes() if one.id in by_theme},
        districts={one.slug: by_district[one.id] for one in districts() if one.id in by_district},
    )
    return Selection(counts, mask, better if choice.q else 0)


def count() -> int:
    """How many are online."""
    return shelf().online.bit_count()


def suggested(choice: Choice) -> str:
    """Other words for a search that found nothing, or none."""
    return suggestion(choice.q, "offer") if choice.q else ""

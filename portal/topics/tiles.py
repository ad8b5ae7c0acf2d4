"""The map: each district a hexagon, or its outline where the operator imported them (outlines.py),
shaded by how much of something lies there."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

from portal.core.generation import once_per_generation
from portal.topics.models import Nordwaerts
from portal.topics.queries import DistrictRecord, districts

SHADES = 4  # above the one for nothing
HYPHENATED = {"luetgendortmund": "Lütgen-dortmund"}  # too wide for its tile in one line


@dataclass(frozen=True, slots=True)
class Face:
    """What never changes about a tile; `place` in the units of the drawing, `back` leads from
    there to where an outline is drawn from; a long name in two lines. An outline has room for the
    short name only."""

    slug: str
    name: str
    short: str
    outline: str
    back: str
    place: str
    first_line: str
    second_line: str
    nordwaerts: Nordwaerts


class Tile(NamedTuple):
    face: Face
    number: int
    shade: int
    href: str
    is_link: bool
    current: bool


@once_per_generation
def _faces() -> tuple[Face, ...]:
    return tuple(_face(district) for district in districts())


def _face(district: DistrictRecord) -> Face:
    first, hyphen, second = HYPHENATED.get(district.slug, district.name).partition("-")
    at = district.label_at or f"{round(50 + district.x * 100)} {round(58 + district.y * 100)}"
    return Face(
        slug=district.slug,
        name=district.name,
        short=district.short,
        outline=district.outline,
        back=f"translate(-{at.replace(' ', ' -')})",
        place=f"translate({at})",
        first_line=first + hyphen,
        second_line=second,
        nordwaerts=district.nordwaerts,
    )


def tiles(
    counts: dict[str, int], hrefs: dict[str, str], *, current: Collection[str] = ()
) -> list[Tile]:
    """The districts as the map shows them. `counts` and `hrefs` go by slug; where nothing lies, a
    tile leads nowhere and has no number, unless it is one of those chosen."""
    known = [number for number in counts.values() if number] or [0]
    least, span = min(known), (max(known) - min(known)) or 1
    found = []
    for face in _faces():
        number, is_current = counts.get(face.slug, 0), face.slug in current
        found.append(
            Tile(
                face=face,
                number=number,
                shade=1 - (least - number) * (SHADES - 1) // span if number else 0,
                href=hrefs.get(face.slug, ""),
                is_link=bool(number or is_current),
                current=is_current,
            )
        )
    return found

"""The real outlines of the districts from an operator's GeoJSON: checked, projected to the drawing
of the map, and simplified until they weigh little enough for every page that shows them."""

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from portal.core.errors import DomainError
from portal.core.search.analysis import fold

MOST_BYTES = 20_000_000  # of the file
MOST_POINTS = 500_000
MOST_CHARACTERS = 20_000  # of all paths together, on a page
WIDTH, HEIGHT, EDGE = 400, 376, 4  # of the map's drawing, in its units
WIDEST = 3.0  # degrees; the districts of one city lie closer together
TOLERANCES = (0.4, 0.7, 1.0, 1.5, 2.0, 3.0, 4.0)  # units that a line may be moved by
NAMES = ("name", "bezeichnung", "stadtbezirk", "bezirk", "district")
Point = tuple[float, float]
Ring = list[Point]


class BadOutlines(DomainError):
    """The file cannot be used; `problems` says why, line by line."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Outline:
    """A path in the drawing's units, and where its label stands ("201 88")."""

    path: str
    label_at: str


def read(content: bytes, names: dict[str, str]) -> dict[str, Outline]:
    """{slug: outline} of all districts; `names` gives their names by slug. Raises BadOutlines."""
    if len(content) > MOST_BYTES:
        raise BadOutlines(f"The file is larger than {MOST_BYTES // 1_000_000} MB.")
    rings = _by_district(_features(content), names)
    drawn = _projected(rings)
    for tolerance in TOLERANCES:
        outlines = {slug: _outline(polygon, tolerance) for slug, polygon in drawn.items()}
        if sum(len(one.path) for one in outlines.values()) <= MOST_CHARACTERS:
            break
    else:
        raise BadOutlines(
            f"The outlines stay above {MOST_CHARACTERS} characters; simplify them before."
        )
    lost = [names[slug] for slug, one in outlines.items() if not one.path]
    if lost:
        raise BadOutlines(*(f"{name}: the outline is too small to be drawn." for name in lost))
    return outlines


def _features(content: bytes) -> list[Any]:
    try:
        found = json.loads(content.decode("utf-8-sig"), parse_constant=_refuse)
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise BadOutlines("The file is no GeoJSON in UTF-8.") from error
    if not isinstance(found, dict) or found.get("type") != "FeatureCollection":
        raise BadOutlines("The file is no GeoJSON FeatureCollection.")
    features = found.get("features")
    if not isinstance(features, list):
        raise BadOutlines("The FeatureCollection has no list of features.")
    return features


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _by_district(features: list[Any], names: dict[str, str]) -> dict[str, list[Ring]]:
    """The rings of each district. All that is wrong is said at once."""
    slugs = {_key(name): slug for slug, name in names.items()}
    found: dict[str, list[Ring]] = {}
    problems, points = [], 0
    for number, feature in enumerate(features, start=1):
        name = _name_of(feature)
        slug = slugs.get(_key(name))
        if slug is None:
            problems.append(f"Feature {number}: {name[:80] or 'no name'} is no district here.")
        elif slug in found:
            problems.append(f"{names[slug]} is there twice.")
        else:
            try:
                found[slug] = _rings(feature.get("geometry"))
                points += sum(map(len, found[slug]))
            except ValueError as error:
                found[slug] = []
                problems.append(f"{names[slug]}: {error}")
    problems += [f"{name} is missing." for slug, name in names.items() if slug not in found]
    if points > MOST_POINTS:
        problems.append(f"There are more than {MOST_POINTS} points.")
    if problems:
        raise BadOutlines(*problems)
    return found


def _name_of(feature: Any) -> str:
    """Of the first property that is called like a name, however it is spelled."""
    properties = feature.get("properties") if isinstance(feature, dict) else None
    known = {
        str(key).lower(): value
        for key, value in (properties.items() if isinstance(properties, dict) else ())
        if isinstance(value, str)
    }
    return next((known[name] for name in NAMES if known.get(name)), "")


def _key(name: str) -> str:
    """ "Stadtbezirk Lütgendortmund" and "LUETGENDORTMUND" are one."""
    return "".join(word for word in fold(name[:200]).split() if word != "stadtbezirk")


def _rings(geometry: Any) -> list[Ring]:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in {"Polygon", "MultiPolygon"}:
        raise ValueError("the geometry is no Polygon and no MultiPolygon.")
    coordinates = geometry.get("coordinates")
    polygons = [coordinates] if kind == "Polygon" else coordinates
    if not isinstance(polygons, list) or not polygons:
        raise ValueError("the geometry is empty.")
    rings = []
    for polygon in polygons:
        if not isinstance(polygon, list) or not polygon:
            raise ValueError("the geometry is empty.")
        rings += [_ring(ring) for ring in polygon]
    return rings


def _ring(ring: Any) -> Ring:
    if not isinstance(ring, list) or len(ring) < 4:
        raise ValueError("a ring needs four points at least.")
    points = [_point(position) for position in ring]
    if points[0] != points[-1]:
        raise ValueError("a ring is not closed.")
    return points


def _point(position: Any) -> Point:
    numbers = position[:2] if isinstance(position, list) else []
    if len(numbers) != 2 or any(
        isinstance(n, bool) or not isinstance(n, int | float) for n in numbers
    ):
        raise ValueError("a position is no pair of numbers.")
    longitude, latitude = numbers
    if not (-180 <= longitude <= 180 and -85 <= latitude <= 85):
        raise ValueError("the coordinates are not WGS84 (longitude, latitude in degrees).")
    return float(longitude), float(latitude)


def _projected(rings: dict[str, list[Ring]]) -> dict[str, list[Ring]]:
    """North up, as wide and as high as the drawing allows, in its middle."""
    points = [point for own in rings.values() for ring in own for point in ring]
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    if max(east - west, north - south) > WIDEST:
        raise BadOutlines("The districts lie too far apart; are longitude and latitude swapped?")
    shrink = math.cos(math.radians((south + north) / 2))  # a degree of longitude is shorter
    wide, high = (east - west) * shrink, north - south
    if not wide or not high:
        raise BadOutlines("The outlines have no area.")
    scale = min((WIDTH - 2 * EDGE) / wide, (HEIGHT - 2 * EDGE) / high)
    left, top = (WIDTH - wide * scale) / 2, (HEIGHT - high * scale) / 2

    def placed(point: Point) -> Point:
        return left + (point[0] - west) * shrink * scale, top + (north - point[1]) * scale

    return {slug: [[placed(p) for p in ring] for ring in own] for slug, own in rings.items()}


def _outline(rings: list[Ring], tolerance: float) -> Outline:
    largest = max(rings, key=lambda ring: abs(_area(ring)))
    paths = (_path(_simplified(ring[:-1], tolerance)) for ring in rings)
    x, y = _middle(largest)
    return Outline("".join(paths), f"{x:.0f} {y:.0f}")


def _area(ring: Ring) -> float:
    pairs = zip(ring, ring[1:], strict=False)
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs) / 2


def _middle(ring: Ring) -> Point:
    """Its centre of gravity."""
    area = _area(ring)
    if not area:
        return ring[0]
    x = y = 0.0
    for (x1, y1), (x2, y2) in zip(ring, ring[1:], strict=False):
        cross = x1 * y2 - x2 * y1
        x += (x1 + x2) * cross
        y += (y1 + y2) * cross
    return x / (6 * area), y / (6 * area)


def _simplified(points: Ring, tolerance: float) -> Ring:
    """Douglas and Peucker, on both halves of the ring, without recursion. What lies closer together
    than the unit that is drawn goes first: their work grows with the square of the points."""
    points = _thinned(points, max(1.0, tolerance / 2))
    if len(points) < 4:
        return points
    first = points[0]
    far = max(range(len(points)), key=lambda i: math.dist(first, points[i]))
    closed = [*points, first]
    kept = {0, far, len(points)}
    waiting = [(0, far), (far, len(points))]
    while waiting:
        start, end = waiting.pop()
        if end - start < 2:
            continue
        worst = max(
            range(start + 1, end), key=lambda i: _off(closed[i], closed[start], closed[end])
        )
        if _off(closed[worst], closed[start], closed[end]) > tolerance:
            kept.add(worst)
            waiting += [(start, worst), (worst, end)]
    return [closed[place] for place in sorted(kept)][:-1]


def _thinned(points: Ring, least: float) -> Ring:
    kept = points[:1]
    for point in points[1:]:
        if math.dist(kept[-1], point) >= least:
            kept.append(point)
    return kept


def _off(point: Point, start: Point, end: Point) -> float:
    """How far a point lies from the line between two others."""
    (x, y), (x1, y1), (x2, y2) = point, start, end
    length = math.dist(start, end)
    if not length:
        return math.dist(point, start)
    return abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length


def _path(points: Iterable[Point]) -> str:
    """In steps of one unit; nothing where no area is left."""
    whole = [(round(x), round(y)) for x, y in points]
    kept = [p for p, before in zip(whole, [whole[-1], *whole], strict=False) if p != before]
    if len(kept) < 3:
        return ""
    steps = [(x - bx, y - by) for (x, y), (bx, by) in zip(kept[1:], kept, strict=False)]
    return f"M{kept[0][0]} {kept[0][1]}l{' '.join(f'{x} {y}' for x, y in steps)}z"

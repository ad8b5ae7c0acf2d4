"""The operator's outlines: checked, drawn, and taken back. The shapes here are made up: squares."""

import json

import pytest

from portal.core.database import db
from portal.topics import outlines
from portal.topics.outlines import MOST_CHARACTERS, BadOutlines, read
from portal.topics.queries import districts
from portal.topics.services import district_names


def square(place: int, size: float = 0.01) -> list[list[float]]:
    west, south = 7.3 + 0.02 * (place % 4), 51.4 + 0.02 * (place // 4)
    corners = [(0, 0), (size, 0), (size, size), (0, size), (0, 0)]
    return [[west + x, south + y] for x, y in corners]


def feature(name: str, ring: list[list[float]], **more: object) -> dict:
    geometry = {"type": "Polygon", "coordinates": [ring]} | more
    return {"type": "Feature", "properties": {"name": name}, "geometry": geometry}


def squares(app) -> list[dict]:
    return [feature(name, square(i)) for i, name in enumerate(district_names().values())]


def a_file(features: list, **more: object) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features} | more).encode()


@pytest.fixture
def run(app, tmp_path):
    def runs(command: str, content: bytes = b"", *options: str):
        file = tmp_path / "bezirke.geojson"
        file.write_bytes(content)
        given = [str(file), *options] if command == "import" else []
        return app.test_cli_runner().invoke(args=["districts", command, *given])

    yield runs
    app.test_cli_runner().invoke(args=["districts", "reset"])


def test_import_draws_the_map_with_outlines_and_reset_with_hexagons(client, app, run) -> None:
    hexagons = client.get("/").text
    done = run("import", a_file(squares(app)))
    db.session.rollback()

    page = client.get("/").text
    assert done.exit_code == 0, done.output
    assert done.output.startswith("12 districts, ")
    assert page.count('<path id="b-') == 12
    assert 'href="#kachel"' not in page
    assert 'style="' not in page

    assert run("reset").exit_code == 0
    assert client.get("/").text == hexagons


def test_dry_run_changes_nothing(client, app, run) -> None:
    before = client.get("/").text

    done = run("import", a_file(squares(app)), "--dry-run")

    assert "Nothing was changed." in done.output
    assert client.get("/").text == before
    assert all(not district.outline for district in districts())


@pytest.mark.parametrize("key", ["NAME", "Name", "Bezeichnung", "STADTBEZIRK"])
def test_names_are_matched_however_they_are_spelled(app, key) -> None:
    features = squares(app)
    for one in features:
        name = one["properties"].pop("name")
        one["properties"][key] = f"Stadtbezirk {name.upper().replace('-', ' ')}"

    assert set(read(a_file(features), district_names())) == set(district_names())


def test_what_is_missing_unknown_or_twice_is_listed_at_once(app) -> None:
    features = squares(app)
    features[0]["properties"]["name"] = "Nirgendwo"
    features.append(feature("Hörde", square(11)))
    features.append({"type": "Feature"})

    with pytest.raises(BadOutlines) as raised:
        read(a_file(features), district_names())

    missing = next(iter(district_names().values()))
    assert raised.value.problems == (
        "Feature 1: Nirgendwo is no district here.",
        "Hörde is there twice.",
        "Feature 14: no name is no district here.",
        f"{missing} is missing.",
    )


SQUARE = square(0)


@pytest.mark.parametrize(
    ("geometry", "said"),
    [
        (None, "no Polygon"),
        ({"type": "Point", "coordinates": [7, 51]}, "no Polygon"),
        ({"type": "Polygon", "coordinates": []}, "is empty"),
        ({"type": "Polygon", "coordinates": "x"}, "is empty"),
        ({"type": "MultiPolygon", "coordinates": [[]]}, "is empty"),
        ({"type": "Polygon", "coordinates": [SQUARE[:3]]}, "four points"),
        ({"type": "Polygon", "coordinates": [SQUARE[:4]]}, "not closed"),
        ({"type": "Polygon", "coordinates": [[["7", 51]] * 4]}, "no pair"),
        ({"type": "Polygon", "coordinates": [[[True, 51]] * 4]}, "no pair"),
        ({"type": "Polygon", "coordinates": [[[7]] * 4]}, "no pair"),
        ({"type": "Polygon", "coordinates": [[[390000.0, 5700000.0]] * 4]}, "not WGS84"),
        ({"type": "Polygon", "coordinates": [[[10**400, 51]] * 4]}, "not WGS84"),
    ],
)
def test_bad_geometry_is_refused(app, geometry, said) -> None:
    features = squares(app)
    features[3]["geometry"] = geometry

    with pytest.raises(BadOutlines, match=said):
        read(a_file(features), district_names())


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff", b"[]", b"{}", b"null", b'{"type":"FeatureCollection"}', b"[" * 100_000,
     b'{"type":"FeatureCollection","features":[NaN]}', b"x" * (outlines.MOST_BYTES + 1)],
    ids=range(9),
)  # fmt: skip
def test_what_is_no_collection_is_refused(app, content) -> None:
    with pytest.raises(BadOutlines):
        read(content, district_names())


def test_districts_far_apart_and_shapes_without_area_are_refused(app) -> None:
    apart, flat = squares(app), squares(app)
    apart[0]["geometry"]["coordinates"] = [[[51, 7.4], [52, 7.4], [52, 8], [51, 7.4]]]
    flat[0]["geometry"]["coordinates"] = [[[7.3, 51.4]] * 4]

    with pytest.raises(BadOutlines, match="too far apart"):
        read(a_file(apart), district_names())
    with pytest.raises(BadOutlines, match="too small"):
        read(a_file(flat), district_names())


def test_detail_is_simplified_until_a_page_can_carry_it(app) -> None:
    def jagged(place: int, teeth: int) -> list[list[float]]:
        ring = square(place, 0.018)
        edge = [
            [ring[0][0] + 0.018 * i / teeth, ring[0][1] - (0.0001 if i % 2 else 0)]
            for i in range(teeth)
        ]
        return [*edge, *ring[1:4], edge[0]]

    features = squares(app)
    for place, one in enumerate(features):
        one["geometry"]["coordinates"] = [jagged(place, 5_000)]

    found = read(a_file(features), district_names())

    assert sum(len(one.path) for one in found.values()) <= MOST_CHARACTERS
    assert all(one.path.startswith("M") and one.path.endswith("z") for one in found.values())


def test_parts_and_holes_are_drawn_and_north_is_up(app) -> None:
    features = squares(app)
    parts = [[square(0), square(0, 0.004)], [square(0, 0.006)]]
    features[0]["geometry"] = {"type": "MultiPolygon", "coordinates": parts}

    found = list(read(a_file(features), district_names()).values())

    assert found[0].path.count("M") == 3
    heights = [int(one.label_at.split()[1]) for one in found]
    assert heights[0] > heights[4] > heights[8]


def test_pages_stay_light_with_the_heaviest_outlines(client, app, run) -> None:
    run("import", a_file(squares(app)))
    db.session.rollback()

    weight = sum(len(district.outline) for district in districts())
    assert len(client.get("/projekte").data) - weight <= 30_000

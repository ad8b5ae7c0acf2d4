"""The shelf counts, narrows and orders as the lists say."""

from sqlalchemy import select

from portal.core.database import db
from portal.core.search import index
from portal.core.search.models import SearchEntry
from portal.core.shelves import MOST_WORDS, Shelf


def a_shelf() -> Shelf:
    shelf = Shelf([50, 40, 30, 20, 10])
    shelf.put("theme", [(50, "a"), (40, "b"), (30, "a"), (20, None), (99, "a")])
    return shelf


def test_values_are_counted_under_a_mask() -> None:
    shelf = a_shelf()

    assert shelf.counts("theme", shelf.all) == {"a": 2, "b": 1, None: 1}
    assert shelf.counts("theme", shelf.mask_of([30, 40, 77])) == {"a": 1, "b": 1}
    assert shelf.having("theme", ["a", "b", "nobody"]).bit_count() == 3


def test_pages_go_by_the_usual_order_or_another() -> None:
    shelf = a_shelf()

    assert shelf.page(shelf.all, start=1, number=3) == [40, 30, 20]
    assert shelf.page(shelf.mask_of([10, 50, 30]), start=1, number=9) == [30, 10]
    assert shelf.page(shelf.all, start=0, number=2, order=[4, 3, 2, 1, 0]) == [10, 20]
    assert shelf.page(0, start=0, number=9) == []


def test_better_ones_come_first_across_pages() -> None:
    shelf = a_shelf()
    better = shelf.mask_of([10, 30])

    pages = [shelf.page_of_two(better, shelf.all, start=at, number=2) for at in (0, 2, 4)]

    assert pages == [[30, 10], [50, 40], [20]]
    assert shelf.page_of_two(better, shelf.all, start=1, number=2) == [10, 50]


def test_empty_shelf_has_nothing() -> None:
    shelf = Shelf([])

    assert (shelf.mask_of([1]), shelf.page(shelf.all, start=0, number=5)) == (0, [])


def test_words_are_asked_for_once_and_few_are_kept(app, statements) -> None:
    for number, title in enumerate(["Solar im Park", "Park", "Solar"]):
        said = {"slug": "s", "summary": "Wind", "body": "", "is_public": True}
        index.put("project", number, title=title, **said)
    db.session.commit()
    ids = list(db.session.scalars(select(SearchEntry.id).order_by(SearchEntry.id)))
    shelf = Shelf(ids, ids)
    asked = ["Park", "Solar Park", "Park Solar Wind", "Park Solar Wind", "Wind"]

    with statements() as sent:
        found = [[bin(mask) for mask in shelf.searched(query)] for query in asked]

    assert found == [["0b11"] * 2, ["0b1"] * 2, ["0b0", "0b1"], ["0b0", "0b1"], ["0b0", "0b111"]]
    assert sent.number == 3
    for number in range(2 * MOST_WORDS):
        shelf.searched(f"wort{number} park")
        assert len(shelf._words) <= MOST_WORDS
    assert shelf.searched("Solar Park") == (1, 1)

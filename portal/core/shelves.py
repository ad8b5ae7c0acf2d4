"""All public things of a kind with what their lists are narrowed by, as bits: counting ten thousand
of them is a matter of microseconds, and alike on both engines.

A shelf is read once per public generation (`once_per_generation`), so it is as fresh as the
page."""

from array import array
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from portal.core.search import index
from portal.core.search.analysis import Term, is_blank, terms

MOST_WORDS = 128  # kept with what has them, two bits for each thing: 5 kB per word at 20,000
NOWHERE = -1  # no id
AT_ONCE = 500  # rows
DIGITS = b"01" + bytes(254)


class Shelf:
    """Things by their ids, in the order that their list usually has. A mask has one bit per thing;
    the bit of value 1 is the first thing's. `entry_ids` are those of the search, None for who is
    not in it."""

    def __init__(self, ids: Sequence[int], entry_ids: Sequence[int | None] = ()) -> None:
        # Plain numbers: ten thousand of them are 80 kB, where a dictionary would be a megabyte.
        self.ids: Sequence[int] = array("q", ids)
        self.all = (1 << len(ids)) - 1
        self._entry_ids = array("q", (NOWHERE if id_ is None else id_ for id_ in entry_ids))
        self._facets: dict[str, dict[Hashable, int]] = {}
        self._words: dict[Term, tuple[int, int]] = {}

    def put(self, facet: str, pairs: Iterable[tuple[int, Hashable]]) -> None:
        """Who carries which value: (id, value), several or none for each."""
        places = {id_: place for place, id_ in enumerate(self.ids)}
        nobody = bytearray(b"0" * len(self.ids))
        flags: dict[Hashable, bytearray] = {}
        for id_, value in pairs:
            if id_ in places:
                if value not in flags:
                    flags[value] = nobody[:]
                flags[value][~places[id_]] = 49  # "1"; the last digit is the first thing's
        self._facets[facet] = {value: int(digits, 2) for value, digits in flags.items()}

    def mask_of(self, ids: Iterable[int]) -> int:
        """Of the things with these ids, as far as they stand here."""
        return _mask(ids, self.ids)

    def searched(self, query: str) -> tuple[int, int]:
        """The masks of what has all words of the query in its title, and of what has them at all.
        Words that nobody asked for lately take one statement, the others none."""
        wanted = terms(query)
        if not wanted:
            return (self.all, self.all) if is_blank(query) else (0, 0)
        titles = found = self.all
        for in_title, anywhere in self._masks_of(wanted):
            titles &= in_title
            found &= anywhere
        return titles, found

    def _masks_of(self, wanted: Sequence[Term]) -> list[tuple[int, int]]:
        """What has each word in its title, and what has it at all."""
        known = {term: masks for term in wanted if (masks := self._words.get(term))}
        asked = [term for term in wanted if term not in known]
        for term, (in_title, elsewhere) in zip(asked, index.entries_by_term(asked), strict=True):
            title = _mask(in_title, self._entry_ids)
            known[term] = title, title | _mask(elsewhere, self._entry_ids)
        if len(self._words) + len(asked) > MOST_WORDS:
            self._words = {}  # a new one, since other threads may be reading the old one
        self._words.update(known)
        return [known[term] for term in wanted]

    def forget_words(self) -> None:
        """For measuring a word that nobody asked for yet."""
        self._words = {}

    def having(self, facet: str, values: Iterable[Hashable]) -> int:
        """Who carries one of the values."""
        carriers, found = self._facets[facet], 0
        for value in values:
            found |= carriers.get(value, 0)
        return found

    def counts(self, facet: str, mask: int) -> dict[Hashable, int]:
        """How many of the mask carry each value; a value that none of them has is missing."""
        carriers = self._facets[facet].items()
        return {value: n for value, carrying in carriers if (n := (carrying & mask).bit_count())}

    def page(
        self, mask: int, *, start: int, number: int, order: Sequence[int] | None = None
    ) -> list[int]:
        """Ids of the mask's things, in the usual order or in another one (places on the shelf)."""
        places = _places_of(mask) if order is None else _in_order(mask, order)
        return [self.ids[place] for place in islice(places, start, start + number)]

    def page_of_two(self, first: int, mask: int, *, start: int, number: int) -> list[int]:
        """The same where some of the mask come before the others, as better hits do."""
        first &= mask
        found = self.page(first, start=start, number=number)
        rest = max(0, start - first.bit_count())
        return found + self.page(mask & ~first, start=rest, number=number - len(found))


def columns(rows: Any) -> dict[str, list[Any]]:
    """What a statement gave, column by column: the rows, which take several times as much, go as
    they come."""
    found: dict[str, list[Any]] = {name: [] for name in rows.keys()}  # noqa: SIM118 - a result
    for some in rows.partitions(AT_ONCE):
        for column, values in zip(found.values(), zip(*some, strict=True), strict=True):
            column += values
    return found


def _mask(wanted: Iterable[int], ids: Sequence[int]) -> int:
    """One bit for each of the ids, the first one's the last: whether it is among the wanted."""
    among = set(wanted)
    if not (among and ids):
        return 0
    return int(bytes(map(among.__contains__, reversed(ids))).translate(DIGITS), 2)


def _places_of(mask: int) -> Iterator[int]:
    flags = f"{mask:b}"[::-1]
    place = flags.find("1")
    while place >= 0:
        yield place
        place = flags.find("1", place + 1)


def _in_order(mask: int, order: Sequence[int]) -> Iterator[int]:
    flags = f"{mask:b}"[::-1].ljust(len(order), "0")
    return (place for place in order if flags[place] == "1")

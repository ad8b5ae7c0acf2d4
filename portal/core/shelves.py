"""All public things of a kind with what their lists are narrowed by, as bits: counting ten thousand
of them is a matter of microseconds, and alike on both engines.

A shelf is read once per public generation (`once_per_generation`), so it is as fresh as the
page."""

from collections.abc import Hashable, Iterable, Sequence
from itertools import islice

from portal.core.search import index
from portal.core.search.analysis import is_blank, terms


class Shelf:
    """Things by their ids, in the order that their list usually has. A mask has one bit per thing;
    the bit of value 1 is the first thing's. `entry_ids` are those of the search, None for who is
    not in it."""

    def __init__(self, ids: Sequence[int], entry_ids: Sequence[int | None] = ()) -> None:
        self.ids = ids
        self.all = (1 << len(ids)) - 1
        self._places = {id_: place for place, id_ in enumerate(ids)}
        self._entries = {id_: place for place, id_ in enumerate(entry_ids) if id_ is not None}
        self._facets: dict[str, dict[Hashable, int]] = {}

    def put(self, facet: str, pairs: Iterable[tuple[int, Hashable]]) -> None:
        """Who carries which value: (id, value), several or none for each."""
        carriers: dict[Hashable, list[int]] = {}
        for id_, value in pairs:
            carriers.setdefault(value, []).append(id_)
        self._facets[facet] = {value: self.mask_of(ids) for value, ids in carriers.items()}

    def mask_of(self, ids: Iterable[int]) -> int:
        """Of the things with these ids, as far as they stand here."""
        return self._mask(ids, self._places)

    def _mask(self, ids: Iterable[int], places: dict[int, int]) -> int:
        flags = bytearray(b"0" * len(self.ids))
        for id_ in ids:
            if id_ in places:
                flags[~places[id_]] = 49  # "1"; the last digit is the first thing's
        return int(flags or b"0", 2)

    def searched(self, query: str) -> tuple[int, int]:
        """The masks of what has all words of the query in its title, and of what has them at all;
        in one statement."""
        if not terms(query):
            return (self.all, self.all) if is_blank(query) else (0, 0)
        titles = found = self.all
        for in_title, elsewhere in index.entries_by_term(query):
            title = self._mask(in_title, self._entries)
            titles &= title
            found &= title | self._mask(elsewhere, self._entries)
        return titles, found

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
        flags = f"{mask:b}"[::-1].ljust(len(self.ids), "0")
        places = range(len(self.ids)) if order is None else order
        chosen = (place for place in places if flags[place] == "1")
        return [self.ids[place] for place in islice(chosen, start, start + number)]

    def page_of_two(self, first: int, mask: int, *, start: int, number: int) -> list[int]:
        """The same where some of the mask come before the others, as better hits do."""
        first &= mask
        found = self.page(first, start=start, number=number)
        rest = max(0, start - first.bit_count())
        return found + self.page(mask & ~first, start=rest, number=number - len(found))

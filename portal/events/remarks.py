"""A line on each date of the office's list, from whoever knows more of dates on a floor above: as
slots do for pages, but for all rows of a page at once."""

from collections.abc import Callable, Iterable

from markupsafe import Markup

from portal.events.models import Event

Remarker = Callable[[list[int]], dict[int, Markup]]
_remarkers: list[Remarker] = []


def remarks_on_dates(remarker: Remarker) -> Remarker:
    """Registers who says something; given the dates' ids, it answers by id."""
    _remarkers.append(remarker)
    return remarker


def on(events: Iterable[Event]) -> dict[int, Markup]:
    ids = [event.id for event in events]
    found: dict[int, Markup] = {}
    for remarker in _remarkers if ids else ():
        for id_, text in remarker(ids).items():
            found[id_] = found.get(id_, Markup()) + text
    return found

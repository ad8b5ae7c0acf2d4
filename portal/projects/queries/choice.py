"""What somebody chose to see of the list: read from an address, written into addresses."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import quote_plus

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

from portal.core.errors import Hidden
from portal.core.search.analysis import is_blank
from portal.core.text import clean_line
from portal.projects.models import Phase
from portal.projects.queries.named import Named, find_partner, find_team
from portal.topics.queries import DistrictRecord, ThemeRecord, districts, themes

SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,89}")
LONGEST_QUERY = 200
MOST_VALUES = 12
RUNNING = (Phase.PILOT, Phase.IMPLEMENTATION, Phase.OPERATION)
R = TypeVar("R")


class Sort(StrEnum):
    """BEST is for searches only, and the one that they start with."""

    BEST = "treffer"
    NEWEST = "neueste"
    TITLE = "titel"
    BEGIN = "beginn"

    @property
    def label(self) -> str:
        return str(SORT_LABELS[self])


SORT_LABELS = {
    Sort.BEST: lazy_pgettext("order", "Treffer"),
    Sort.NEWEST: _l("Neueste"),
    Sort.TITLE: _l("Titel"),
    Sort.BEGIN: _l("Beginn"),
}


@dataclass(frozen=True)
class Choice:
    """Each facet may hold several values, of which a project has one."""

    q: str = ""
    themes: tuple[ThemeRecord, ...] = ()
    districts: tuple[DistrictRecord, ...] = ()
    phases: tuple[Phase, ...] = ()
    partner: Named | None = None
    team: Named | None = None
    asked_sort: Sort | None = None
    parts: dict[str, str] = field(default_factory=dict, compare=False)

    @property
    def sort(self) -> Sort:
        return self.asked_sort or self.default_sort

    @property
    def default_sort(self) -> Sort:
        return Sort.BEST if self.q else Sort.NEWEST

    @property
    def sorts(self) -> list[Sort]:
        return [sort for sort in Sort if self.q or sort is not Sort.BEST]

    @property
    def narrows(self) -> bool:
        """Whether anything is left out; then the counters of all projects say nothing."""
        return bool(
            self.q or self.themes or self.districts or self.phases or self.partner or self.team
        )

    def without(self, name: str, value: str = "") -> str:
        """The part of an address that keeps all but a facet, or all but one of its values."""
        parts = dict(self.parts)
        kept = [slug for slug in self.slugs(name) if value and slug != value]
        parts[name] = "".join(f"&{name}={slug}" for slug in kept)
        return "".join(parts.values())

    def around(self, name: str) -> tuple[str, str]:
        """The parts of an address up to a facet with its values, and behind them: one more value
        goes in between."""
        names = list(self.parts)
        place = names.index(name) + 1
        before, behind = names[:place], names[place:]
        return "".join(map(self.parts.__getitem__, before)), "".join(
            map(self.parts.__getitem__, behind)
        )

    def asking(self, q: str) -> str:
        """The part of an address that keeps all but the words of the search."""
        return "".join((self.parts | {"q": f"&q={quote_plus(q)}"}).values())

    def slugs(self, name: str) -> list[str]:
        if name in {"thema", "stadtbezirk"}:
            return [record.slug for record in (self.themes if name == "thema" else self.districts)]
        return [phase.slug for phase in self.phases] if name == "phase" else []

    def sorted_by(self, sort: Sort) -> str:
        """The usual order stands in no address."""
        plain = sort is self.default_sort
        return self.only_filters() + ("" if plain else f"&sort={sort}")

    def kept(self) -> dict[str, list[str]]:
        """What a search keeps, as the hidden fields of its form."""
        found = {name: self.slugs(name) for name in ("thema", "stadtbezirk", "phase")}
        found["partner"] = [self.partner.slug] if self.partner else []
        found["team"] = [self.team.slug] if self.team else []
        found["sort"] = [self.asked_sort] if self.asked_sort else []
        return {name: values for name, values in found.items() if values}

    def only_filters(self) -> str:
        """For the CSV and the feed of the same selection."""
        return "".join(part for name, part in self.parts.items() if name != "sort")


def chosen(values_of: Callable[[str], list[str]]) -> Choice:
    """Reads an address; `values_of("thema")` gives its values. An unknown value raises Hidden, as
    an unknown page does; an unknown order is the usual one."""
    q = clean_line(values_of("q")[0][:LONGEST_QUERY]) if values_of("q") else ""
    asked = (values_of("sort") or [""])[0]
    sort = next((s for s in Sort if s == asked and (q or s is not Sort.BEST)), None)
    choice = Choice(
        q="" if is_blank(q) else q,
        themes=_known(values_of("thema"), themes()),
        districts=_known(values_of("stadtbezirk"), districts()),
        phases=_known(values_of("phase"), Phase),
        partner=_named(values_of("partner"), find_partner),
        team=_named(values_of("team"), find_team),
        asked_sort=sort,
    )
    return replace(choice, parts=_parts(choice))


def _known(asked: list[str], records: Iterable[Any]) -> tuple[Any, ...]:
    wanted = set(asked[:MOST_VALUES]) - {""}
    found = tuple(record for record in records if record.slug in wanted) if wanted else ()
    if len(found) != len(wanted):
        raise Hidden("no such value in this facet")
    return found


def _named(asked: list[str], find: Callable[[str], Named | None]) -> Named | None:
    if not asked or not asked[0]:
        return None
    found = find(asked[0]) if SLUG.fullmatch(asked[0]) else None
    if found is None:
        raise Hidden("nobody of this name")
    return found


def _parts(choice: Choice) -> dict[str, str]:
    """Each parameter as it stands in an address, in a fixed order."""
    several = {name: choice.slugs(name) for name in ("thema", "stadtbezirk", "phase")}
    parts = {"q": f"&q={quote_plus(choice.q)}" if choice.q else ""}
    for name, slugs in several.items():
        parts[name] = "".join(f"&{name}={slug}" for slug in slugs)
    parts["partner"] = f"&partner={choice.partner.slug}" if choice.partner else ""
    parts["team"] = f"&team={choice.team.slug}" if choice.team else ""
    parts["sort"] = f"&sort={choice.asked_sort}" if choice.asked_sort else ""
    return parts

"""What somebody chose to see of the list: read from an address, written into addresses."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote_plus

from sqlalchemy import exists, select

from portal.core.database import db
from portal.core.errors import Hidden
from portal.core.search.analysis import is_blank
from portal.core.text import clean_line
from portal.exchange.models import OfferKind
from portal.partners.models import Membership, Organisation
from portal.topics.queries import DistrictRecord, ThemeRecord, districts, themes

SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,89}")
LONGEST_QUERY = 200
MOST_VALUES = 12
FACETS = ("art", "thema", "stadtbezirk")


@dataclass(frozen=True)
class Partner:
    id: int
    slug: str
    name: str


@dataclass(frozen=True)
class Choice:
    """Each facet may hold several values; the page's links set one."""

    q: str = ""
    kinds: tuple[OfferKind, ...] = ()
    themes: tuple[ThemeRecord, ...] = ()
    districts: tuple[DistrictRecord, ...] = ()
    partner: Partner | None = None
    parts: dict[str, str] = field(default_factory=dict, compare=False)

    @property
    def narrows(self) -> bool:
        return bool(self.q or self.kinds or self.themes or self.districts or self.partner)

    def slugs(self, name: str) -> list[str]:
        chosen: dict[str, tuple[Any, ...]] = {
            "art": self.kinds,
            "thema": self.themes,
            "stadtbezirk": self.districts,
        }
        return [one.slug for one in chosen[name]]

    def without(self, name: str, value: str = "") -> str:
        """The part of an address that keeps all but a facet, or all but one of its values."""
        parts = dict(self.parts)
        kept = [slug for slug in self.slugs(name) if value != slug] if value else []
        parts[name] = "".join(f"&{name}={slug}" for slug in kept)
        return "".join(parts.values())

    def query(self) -> str:
        """All of it, as it stands behind an address."""
        return "".join(self.parts.values()).replace("&", "?", 1)

    def asking(self, q: str) -> str:
        """The same with other words."""
        return "".join({**self.parts, "q": f"&q={quote_plus(q)}"}.values())

    def kept(self) -> dict[str, list[str]]:
        """What a search keeps, as the hidden fields of its form."""
        found = {name: self.slugs(name) for name in FACETS}
        found["partner"] = [self.partner.slug] if self.partner else []
        return {name: values for name, values in found.items() if values}


def chosen(values_of: Callable[[str], list[str]]) -> Choice:
    """Reads an address; `values_of("thema")` gives its values. An unknown value raises Hidden, as
    an unknown page does."""
    q = clean_line((values_of("q") or [""])[0][:LONGEST_QUERY])
    choice = Choice(
        q="" if is_blank(q) else q,
        kinds=_known(values_of("art"), OfferKind),
        themes=_known(values_of("thema"), themes()),
        districts=_known(values_of("stadtbezirk"), districts()),
        partner=_partner(values_of("partner")),
    )
    return replace(choice, parts=_parts(choice))


def _known(asked: list[str], records: Iterable[Any]) -> tuple[Any, ...]:
    wanted = set(asked[:MOST_VALUES]) - {""}
    found = tuple(record for record in records if record.slug in wanted) if wanted else ()
    if len(found) != len(wanted):
        raise Hidden("no such value in this facet")
    return found


def _partner(asked: list[str]) -> Partner | None:
    """A member of the alliance."""
    slug = asked[0] if asked else ""
    if not slug:
        return None
    is_member = exists().where(
        Membership.organisation_id == Organisation.id, Membership.until.is_(None)
    )
    rows = select(Organisation.id, Organisation.slug, Organisation.name)
    row = None
    if SLUG.fullmatch(slug):
        row = db.session.execute(rows.where(Organisation.slug == slug, is_member)).first()
    if row is None:
        raise Hidden("nobody of this name")
    return Partner(*row)


def _parts(choice: Choice) -> dict[str, str]:
    """Each parameter as it stands in an address, in a fixed order."""
    parts = {"q": f"&q={quote_plus(choice.q)}" if choice.q else ""}
    for name in FACETS:
        parts[name] = "".join(f"&{name}={slug}" for slug in choice.slugs(name))
    parts["partner"] = f"&partner={choice.partner.slug}" if choice.partner else ""
    return parts

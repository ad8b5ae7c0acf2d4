"""The list of projects and the page of one, for everybody."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import public
from portal.core.pages import page
from portal.core.paging import page_number
from portal.projects import queries
from portal.projects.models import Phase
from portal.projects.queries import Choice
from portal.projects.views.blueprints import bp
from portal.topics.queries import districts, themes
from portal.topics.tiles import tiles


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a facet, as components/facet.html shows it."""

    slug: str
    label: str
    href: str
    count: int
    current: bool


@bp.get("/projekte", endpoint="index")
@public
def index() -> ResponseReturnValue:
    choice = queries.chosen(request.args.getlist)
    selection = queries.selected(choice)
    counts = selection.counts
    listing = queries.listing(selection, page=page_number())
    here = url_for("projects.index")
    in_districts = _options(choice, "stadtbezirk", _named(districts()), counts.districts, here)
    words = queries.words()
    phases = [(phase.slug, label) for phase, label in words.phases.items()]
    query = _query(choice.only_filters())
    return page(
        "projects/index.html",
        here=here,
        choice=choice,
        counts=counts,
        total=selection.of,
        meant=_meant(choice, here) if not listing.items else None,
        listing=listing,
        tiles=tiles(
            counts.districts,
            {option.slug: option.href for option in in_districts},
            current=choice.slugs("stadtbezirk"),
        ),
        theme_options=_options(choice, "thema", _named(themes()), counts.themes, here),
        district_options=in_districts,
        phase_options=_options(choice, "phase", phases, counts.phases, here),
        chosen_items=_chosen_items(choice, here),
        sorts=[
            (words.sorts[sort], here + _query(choice.sorted_by(sort)), sort is choice.sort)
            for sort in choice.sorts
        ],
        csv_href=f"{here}.csv{query}",
        feed_href=f"{here}.atom{query}",
    )


@bp.get("/projektarchiv", endpoint="archive")
@public
def archive() -> ResponseReturnValue:
    return page("projects/archive.html", listing=queries.archived(page=page_number()))


def _query(parts: str) -> str:
    """ "&thema=energie&phase=pilot" behind an address."""
    return parts.replace("&", "?", 1)


def _named(records: Iterable[Any]) -> list[tuple[str, str]]:
    return [(record.slug, record.name) for record in records]


def _options(
    choice: Choice,
    name: str,
    values: Iterable[tuple[str, str]],
    numbers: dict[str, int],
    here: str,
) -> list[Option]:
    """A facet's values that would show something. A link adds its value to those chosen; a chosen
    one takes itself out again."""
    chosen = choice.slugs(name)
    before, behind = choice.around(name)
    with_one = here + _query(f"{before}&{name}=")
    return [
        Option(
            slug=slug,
            label=label,
            href=here + _query(choice.without(name, slug))
            if slug in chosen
            else with_one + slug + behind,
            count=numbers.get(slug, 0),
            current=slug in chosen,
        )
        for slug, label in values
        if slug in numbers or slug in chosen
    ]


def _meant(choice: Choice, here: str) -> tuple[str, str] | None:
    """A search that finds something, for one that did not because of a typing error."""
    better = queries.suggested(choice)
    return (better, here + _query(choice.asking(better))) if better else None


def _chosen_items(choice: Choice, here: str) -> list[tuple[str, str]]:
    """What narrows the list, with the address that leaves it out."""
    items = [(_("„%(words)s“", words=choice.q), choice.without("q"))] if choice.q else []
    for name, records in (("thema", choice.themes), ("stadtbezirk", choice.districts)):
        items += [(record.name, choice.without(name, record.slug)) for record in records]
    items += [(phase.label, choice.without("phase", phase.slug)) for phase in choice.phases]
    if choice.partner:
        items.append((choice.partner.name, choice.without("partner")))
    if choice.team:
        team = _("Team %(team)s", team=choice.team.name)
        items.append((team, choice.without("team")))
    return [(label, here + _query(rest)) for label, rest in items]


@bp.get("/projekte/<slug>", endpoint="show")
@public
def show(slug: str) -> ResponseReturnValue:
    project = queries.with_slug(slug)
    revision = project.live or project.latest
    return page(
        "projects/show.html",
        slug=slug,
        project=queries.presentation(project, revision),
        phases=list(Phase),
        related=queries.related(project, revision),
        districts=districts(),
    )

"""The list of projects and the page of one, for everybody."""

from collections.abc import Iterable
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


@bp.get("/projekte", endpoint="index")
@public
def index() -> ResponseReturnValue:
    choice = queries.chosen(request.args.getlist)
    counts = queries.counts(choice)
    query = choice.only_filters().replace("&", "?", 1)
    in_districts = _options(choice, "stadtbezirk", _labelled(districts()), counts.districts)
    return page(
        "projects/index.html",
        choice=choice,
        counts=counts,
        listing=queries.listing(choice, counts, page=page_number()),
        districts=districts(),
        sorts=[(sort, _address(choice.sorted_by(sort))) for sort in choice.sorts],
        csv_href=url_for("projects.csv") + query,
        feed_href=url_for("projects.atom") + query,
        chosen_items=_chosen_items(choice),
        theme_options=_options(choice, "thema", _labelled(themes()), counts.themes),
        district_options=in_districts,
        district_hrefs={option["slug"]: option["href"] for option in in_districts},
        phase_options=_options(
            choice, "phase", [(phase.slug, phase.label) for phase in Phase], counts.phases
        ),
    )


def _address(query: str) -> str:
    """Of the list with these filters: "" or "&thema=energie&phase=pilot"."""
    return f"{url_for('projects.index')}?{query[1:]}" if query else url_for("projects.index")


def _labelled(records: Iterable[Any]) -> list[tuple[str, str]]:
    return [(record.slug, record.name) for record in records]


def _options(
    choice: Choice, name: str, values: Iterable[tuple[str, str]], numbers: dict[str, int]
) -> list[dict[str, Any]]:
    """A facet's values that would show something. One value is set; the chosen one takes itself
    out again."""
    rest, chosen = choice.without(name), choice.slugs(name)
    without, with_one = _address(rest), f"{_address(rest or '&')}{'&' if rest else ''}{name}="
    return [
        {
            "slug": slug,
            "label": label,
            "href": without if slug in chosen else with_one + slug,
            "count": numbers.get(slug, 0),
            "current": slug in chosen,
        }
        for slug, label in values
        if slug in numbers or slug in chosen
    ]


def _chosen_items(choice: Choice) -> list[tuple[str, str]]:
    """What narrows the list, with the address that leaves it out."""
    items = [(f"„{choice.q}“", choice.without("q"))] if choice.q else []
    for name, records in (("thema", choice.themes), ("stadtbezirk", choice.districts)):
        items += [(record.name, choice.without(name, record.slug)) for record in records]
    items += [(phase.label, choice.without("phase", phase.slug)) for phase in choice.phases]
    if choice.partner:
        items.append((choice.partner.name, choice.without("partner")))
    if choice.team:
        name = _("Team %(team)s", team=choice.team.name)
        items.append((name, choice.without("team")))
    return [(label, _address(query)) for label, query in items]


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

"""Pages for people: the start, one's own area, the legal texts."""

from flask import current_app, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.guards import public, signed_in
from portal.accounts.sessions import me
from portal.core.pages import page
from portal.home import figures, queries
from portal.home.views.blueprint import bp
from portal.projects.queries import RUNNING
from portal.topics.queries import districts, themes
from portal.topics.tiles import tiles


@bp.get("/", endpoint="start")
@public
def start() -> ResponseReturnValue:
    found = queries.start()
    here = url_for("projects.index")
    hrefs = {district.slug: f"{here}?stadtbezirk={district.slug}" for district in districts()}
    return page(
        "home/start.html",
        start=found,
        figures=figures,
        tiles=tiles(found.district_counts, hrefs),
        running=_running(found.running, here),
    )


def _running(numbers: dict[str, int], here: str) -> list[dict[str, object]]:
    """What runs, theme by theme: from there a district is one click away, and the project the
    next."""
    phases = "".join(f"&phase={phase.slug}" for phase in RUNNING)
    return [
        {
            "slug": theme.slug,
            "label": theme.name,
            "href": f"{here}?thema={theme.slug}{phases}",
            "count": numbers[theme.slug],
            "current": False,
        }
        for theme in themes()
        if theme.slug in numbers
    ]


@bp.get("/mein", endpoint="mine")
@signed_in
def mine() -> ResponseReturnValue:
    found = queries.mine(me())
    only = found.belongings[0].organisation if len(found.belongings) == 1 else None
    return page("home/mine.html", mine=found, organisation=only)


@bp.get("/impressum", endpoint="imprint")
@public
def imprint() -> ResponseReturnValue:
    return page("home/imprint.html", figures=figures.REPORTED)


@bp.get("/datenschutz", endpoint="privacy")
@public
def privacy() -> ResponseReturnValue:
    return page("home/privacy.html", cookie=current_app.config["SESSION_COOKIE_NAME"])


@bp.get("/barrierefreiheit", endpoint="accessibility")
@public
def accessibility() -> ResponseReturnValue:
    return page("home/accessibility.html")

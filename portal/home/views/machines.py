"""For machines: is it alive, can it serve, what may be indexed, whom to tell of a hole."""

from datetime import datetime, timedelta
from ipaddress import ip_address

from flask import Response, current_app, render_template, request
from flask.typing import ResponseReturnValue

from portal.accounts.guards import probe, public
from portal.core.errors import Hidden
from portal.core.pages import absolute
from portal.core.times import start_of, today
from portal.home import queries, readiness
from portal.home.views.blueprint import bp

SECURITY_TEXT_LASTS = timedelta(days=180)
PAGES_OF = {
    "project": "projects.show",
    "offer": "exchange.show",
    "partner": "partners.show",
    "team": "teams.show",
    "event": "events.show",
    "article": "news.show",
}
LISTS = (
    "home.start",
    "projects.index",
    "exchange.index",
    "partners.index",
    "partners.poster",
    "competences.index",
    "teams.index",
    "events.index",
    "news.index",
    "applications.organisation",
    "home.imprint",
    "home.privacy",
    "home.accessibility",
)


@bp.get("/healthz", endpoint="healthz")
@probe
def healthz() -> ResponseReturnValue:
    """The process answers; the database is not asked."""
    return _text("ok\n")


@bp.get("/readyz", endpoint="readyz")
@probe
def readyz() -> ResponseReturnValue:
    """For whoever runs the machine (matrix row 51); a proxy in front has no business here."""
    came_by_proxy = {"X-Forwarded-For", "Forwarded"} & set(request.headers.keys())
    if came_by_proxy or not ip_address(request.remote_addr or "::").is_loopback:
        raise Hidden("asked from outside")
    found = readiness.problems()
    return _text("\n".join([*(found or ["ready"]), ""]), 503 if found else 200)


@bp.get("/robots.txt", endpoint="robots")
@public
def robots() -> ResponseReturnValue:
    return _text(render_template("home/robots.txt", sitemap=absolute("home.sitemap")))


@bp.get("/sitemap.xml", endpoint="sitemap")
@public
def sitemap() -> ResponseReturnValue:
    addresses: list[tuple[str, datetime | None]] = [(absolute(e), None) for e in LISTS]
    addresses += [
        (absolute(PAGES_OF[kind], slug=slug), changed_at)
        for kind, slug, changed_at in queries.public_things()
        if kind in PAGES_OF
    ]
    return Response(
        render_template("home/sitemap.xml", addresses=addresses), mimetype="application/xml"
    )


@bp.get("/.well-known/security.txt", endpoint="security_txt")
@public
def security_txt() -> ResponseReturnValue:
    """RFC 9116. It never runs out while the portal runs."""
    lines = {
        "Contact": f"mailto:{current_app.config['MAIL_SENDER']}",
        "Expires": start_of(today() + SECURITY_TEXT_LASTS).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "Preferred-Languages": "de, en",
        "Canonical": absolute("home.security_txt"),
    }
    return _text("".join(f"{name}: {value}\n" for name, value in lines.items()))


def _text(text: str, status: int = 200) -> Response:
    return Response(text, status, mimetype="text/plain")

"""From a public page to one's own area: for which organisation somebody writes, or asks."""

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import signed_in
from portal.accounts.sessions import me
from portal.core.pages import page
from portal.exchange import policies, queries
from portal.exchange.views.blueprints import bp
from portal.partners import queries as partners
from portal.partners.models import Organisation

PREFILLED = ("art", "thema", "kompetenz")


@bp.get("/kooperationen/neu", endpoint="new")
@signed_in
def new() -> ResponseReturnValue:
    """What the address prefills goes along."""
    own = [one for one in partners.organisations_of(me()) if policies.may_draft(me(), one)]
    filled: dict[str, Any] = {
        name: request.args[name] for name in PREFILLED if name in request.args
    }
    if not own:
        flash(_("Einträge schreiben Personen, die für einen Partner der Allianz handeln."))
        return redirect(url_for(".index"), 302)
    return _on(
        [(one, url_for("my_exchange.new", organisation=one.slug, **filled)) for one in own],
        asks=False,
    )


@bp.get("/kooperationen/<slug>/anfragen", endpoint="ask")
@signed_in
def ask(slug: str) -> ResponseReturnValue:
    offer = queries.with_slug(slug)
    own = [
        one
        for one in partners.organisations_of(me())
        if policies.may_write_for(me(), one) and one.id != offer.organisation_id
    ]
    if not own:
        flash(_("Anfragen schreibt, wer für einen anderen Partner der Allianz schreiben darf."))
        return redirect(url_for(".show", slug=slug), 302)
    return _on(
        [(one, url_for("my_exchange.ask", organisation=one.slug, slug=slug)) for one in own],
        asks=True,
    )


def _on(targets: list[tuple[Organisation, str]], *, asks: bool) -> ResponseReturnValue:
    """Straight on for the only organisation there is; several are a question."""
    if len(targets) == 1:
        return redirect(targets[0][1], 302)
    return page("exchange/choose.html", targets=targets, asks=asks)

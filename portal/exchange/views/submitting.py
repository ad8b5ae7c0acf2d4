"""The own list, one's own entry as it will look, and its way to the Projektbüro and back."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import signed_in
from portal.accounts.sessions import me
from portal.core.pages import page, shown_version
from portal.core.paging import page_number, paginate
from portal.core.times import show_day
from portal.exchange import policies, queries, services
from portal.exchange.completeness import missing_in
from portal.exchange.forms import EndForm
from portal.exchange.models import Offer
from portal.exchange.services import Incomplete
from portal.exchange.views.blueprints import mine
from portal.exchange.views.writing import edit_page_with, to_work_on
from portal.exchange.workflow import LIFE, REVIEW
from portal.partners import queries as partners
from portal.partners.models import Organisation


@mine.get("", endpoint="index")
@signed_in
def index(organisation: str) -> ResponseReturnValue:
    acting = partners.acted_for(organisation, by=me())
    return page(
        "exchange/mine/index.html",
        organisation=acting,
        listing=paginate(queries.of_organisation(acting), page=page_number()),
        reads_threads=policies.may_read_threads_of(me(), acting),
        waiting=len(queries.inquiries.unanswered([acting.id])),
    )


@mine.get("/<key>", endpoint="show")
@signed_in
def show(organisation: str, key: str) -> ResponseReturnValue:
    acting, offer = to_work_on(organisation, key)
    return own_page(acting, offer, EndForm(formdata=None))


def own_page(organisation: Organisation, offer: Offer, form: EndForm) -> ResponseReturnValue:
    """All that can be done with an entry; `form` asks what came of it."""
    revision = offer.latest
    return page(
        "exchange/mine/show.html",
        organisation=organisation,
        about=offer,
        revision=revision,
        offer=queries.presentation(offer, revision),
        missing=missing_in(revision),
        may_edit=policies.may_edit(me(), revision),
        steps={step.name for step in REVIEW.open_to(me(), revision)},
        life={step.name for step in LIFE.open_to(me(), offer)},
        form=form,
    )


@mine.post("/<key>/einreichen", endpoint="submit")
@signed_in
def submit(organisation: str, key: str) -> ResponseReturnValue:
    acting, offer = to_work_on(organisation, key, to_change=True)
    try:
        services.submit(offer, by=me(), seen_version=shown_version())
    except Incomplete as incomplete:
        return edit_page_with(acting, offer, incomplete.missing)
    promised = offer.latest.promised_by
    flash(
        _(
            "Danke. Das Projektbüro prüft Ihren Eintrag und antwortet bis zum %(day)s.",
            day=show_day(promised) if promised else "",
        )
    )
    return redirect(url_for(".show", organisation=organisation, key=key), 303)


@mine.post("/<key>/zurueckziehen", endpoint="take_back")
@signed_in
def take_back(organisation: str, key: str) -> ResponseReturnValue:
    _acting, offer = to_work_on(organisation, key, to_change=True)
    services.take_back(offer, by=me(), seen_version=shown_version())
    flash(_("Der Eintrag ist wieder ein Entwurf. Sie können ihn ändern und neu einreichen."))
    return redirect(url_for(".show", organisation=organisation, key=key), 303)

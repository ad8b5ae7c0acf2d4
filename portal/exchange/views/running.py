"""The term of an entry: one click renews it, another ends it. The link of the reminder shows a page
first; only the button on it acts."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import signed_in
from portal.accounts.sessions import me
from portal.core.pages import page, shown_version
from portal.core.rules import require
from portal.core.times import now, show_day
from portal.exchange import policies, services
from portal.exchange.forms import EndForm
from portal.exchange.services import last_day
from portal.exchange.views.blueprints import mine
from portal.exchange.views.submitting import own_page
from portal.exchange.views.writing import to_work_on
from portal.exchange.workflow import LIFE


@mine.get("/<key>/erneuern", endpoint="renew")
@signed_in
def renewal(organisation: str, key: str) -> ResponseReturnValue:
    acting, offer = to_work_on(organisation, key)
    require(policies.may_renew, me(), offer)
    return page(
        "exchange/mine/renew.html",
        organisation=acting,
        offer=offer,
        is_open=LIFE.is_open("renew", me(), offer),
        until=last_day(now()),
    )


@mine.post("/<key>/erneuern")
@signed_in
def renew_now(organisation: str, key: str) -> ResponseReturnValue:
    _acting, offer = to_work_on(organisation, key, to_change=True)
    services.renew(offer, by=me(), seen_version=shown_version())
    flash(_("Der Eintrag gilt bis zum %(day)s.", day=show_day(offer.expires_on or last_day(now()))))
    return redirect(url_for(".show", organisation=organisation, key=key), 303)


@mine.post("/<key>/beenden", endpoint="end")
@signed_in
def end(organisation: str, key: str) -> ResponseReturnValue:
    acting, offer = to_work_on(organisation, key, to_change=True)
    require(policies.may_end, me(), offer)
    form = EndForm()
    if not form.validate_on_submit():
        return own_page(acting, offer, form)
    services.end(offer, by=me(), outcome=form.chosen, seen_version=shown_version())
    flash(_("Der Eintrag ist beendet. Danke, dass Sie sagen, was daraus geworden ist."))
    return redirect(url_for(".show", organisation=organisation, key=key), 303)

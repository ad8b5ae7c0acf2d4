"""Threads: asking about an entry, reading, answering and closing, for the two sides alone."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import signed_in
from portal.accounts.sessions import me
from portal.core.errors import Conflict, Denied, Gone
from portal.core.pages import page, shown_version
from portal.core.paging import page_number, paginate
from portal.core.rules import require
from portal.exchange import policies, queries, services
from portal.exchange.forms import MessageForm
from portal.exchange.models import Inquiry, Offer
from portal.exchange.queries import inquiries
from portal.exchange.views.blueprints import mine
from portal.exchange.workflow import THREAD
from portal.partners import queries as partners
from portal.partners.models import Organisation


@mine.get("/anfragen", endpoint="inquiries")
@signed_in
def index(organisation: str) -> ResponseReturnValue:
    acting = partners.acted_for(organisation, by=me())
    require(policies.may_read_threads_of, me(), acting)
    return page(
        "exchange/mine/inquiries.html",
        organisation=acting,
        listing=paginate(inquiries.of_organisation(acting), page=page_number()),
    )


@mine.get("/anfragen/an/<slug>", endpoint="ask")
@signed_in
def ask_form(organisation: str, slug: str) -> ResponseReturnValue:
    """Who has a thread about it goes on there."""
    acting, offer = _to_ask_about(organisation, slug)
    begun = inquiries.open_about(offer, acting)
    if begun:
        return redirect(url_for(".thread", organisation=organisation, key=begun.key), 302)
    return _ask_page(acting, offer, MessageForm(formdata=None))


@mine.post("/anfragen/an/<slug>")
@signed_in
def send(organisation: str, slug: str) -> ResponseReturnValue:
    acting, offer = _to_ask_about(organisation, slug)
    form = MessageForm()
    if not form.validate_on_submit():
        return _ask_page(acting, offer, form)
    inquiry = inquiries.find_begun(form.proper_key, acting)
    if inquiry is None:  # the second of two clicks finds what the first one sent
        inquiry = services.ask(offer, by=me(), organisation=acting, **form.values())
        flash(_("Ihre Nachricht ist unterwegs an %(name)s.", name=offer.organisation.name))
    return redirect(url_for(".thread", organisation=organisation, key=inquiry.key), 303)


def _to_ask_about(organisation: str, slug: str) -> tuple[Organisation, Offer]:
    acting = partners.acted_for(organisation, by=me())
    require(policies.may_write_for, me(), acting)
    offer = queries.with_slug(slug)
    if offer.organisation_id == acting.id:
        raise Denied("nobody asks themselves", about=offer)
    if not queries.is_public(offer):
        raise Gone("this entry is over", about=offer)
    return acting, offer


def _ask_page(organisation: Organisation, offer: Offer, form: MessageForm) -> ResponseReturnValue:
    shown = queries.presentation(offer, offer.live or offer.latest)
    return page(
        "exchange/mine/ask.html", organisation=organisation, about=offer, offer=shown, form=form
    )


@mine.get("/anfragen/<key>", endpoint="thread")
@signed_in
def thread(organisation: str, key: str) -> ResponseReturnValue:
    acting, inquiry = _to_read(organisation, key)
    return page("exchange/mine/thread.html", **_shown(acting, inquiry, MessageForm(formdata=None)))


@mine.post("/anfragen/<key>")
@signed_in
def write(organisation: str, key: str) -> ResponseReturnValue:
    """A message that comes too late stays on the page."""
    acting, inquiry = _to_read(organisation, key, to_change=True)
    require(policies.may_write_for, me(), acting)
    form = MessageForm()
    if not form.validate_on_submit():
        return page("exchange/mine/thread.html", **_shown(acting, inquiry, form))
    try:
        services.write(inquiry, by=me(), organisation=acting, **form.values())
    except Conflict:
        shown = _shown(acting, inquiry, form)
        return render_template("exchange/mine/thread.html", too_late=True, **shown), 409
    flash(_("Ihre Nachricht ist unterwegs an %(name)s.", name=inquiry.other(acting).name))
    return redirect(url_for(".thread", organisation=organisation, key=key), 303)


@mine.post("/anfragen/<key>/schliessen", endpoint="close")
@signed_in
def close(organisation: str, key: str) -> ResponseReturnValue:
    acting, inquiry = _to_read(organisation, key, to_change=True)
    services.close(inquiry, by=me(), organisation=acting, seen_version=shown_version())
    flash(_("Die Anfrage ist abgeschlossen."))
    return redirect(url_for(".thread", organisation=organisation, key=key), 303)


def _to_read(
    organisation: str, key: str, *, to_change: bool = False
) -> tuple[Organisation, Inquiry]:
    acting = partners.acted_for(organisation, by=me())
    return acting, inquiries.with_key(key, acting, seen_by=me(), to_change=to_change)


def _shown(organisation: Organisation, inquiry: Inquiry, form: MessageForm) -> dict[str, object]:
    return {
        "organisation": organisation,
        "inquiry": inquiry,
        "other": inquiry.other(organisation),
        "lines": inquiries.lines(inquiry, organisation),
        "is_open": THREAD.is_open("close", me(), inquiry),
        "form": form,
    }

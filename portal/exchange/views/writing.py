"""Writing an entry: new, perhaps prefilled; edited; and what becomes of the text when somebody was
faster."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import signed_in
from portal.accounts.sessions import me
from portal.core.errors import Conflict
from portal.core.pages import page, shown_version
from portal.core.rules import require
from portal.exchange import policies, queries, services
from portal.exchange.forms import NewOfferForm, OfferForm, stored_in
from portal.exchange.models import Offer, OfferKind
from portal.exchange.views.blueprints import mine
from portal.exchange.views.differences import differences
from portal.partners import queries as partners
from portal.partners.models import Organisation
from portal.topics.queries import themes


@mine.get("/neu", endpoint="new")
@signed_in
def new_form(organisation: str) -> ResponseReturnValue:
    acting = partners.acted_for(organisation, by=me())
    require(policies.may_draft, me(), acting)
    form = NewOfferForm(formdata=None, data=_prefilled())
    return page("exchange/mine/new.html", organisation=acting, form=form)


def _prefilled() -> dict[str, Any]:
    """From the address; what it names wrongly stays empty."""
    art, theme = request.args.get("art", ""), request.args.get("thema", "")
    return {
        "kind": next((kind.value for kind in OfferKind if kind.slug == art), ""),
        "theme_id": next((one.id for one in themes() if one.slug == theme), ""),
        "competence_id": queries.competence_with_slug(request.args.get("kompetenz", "")) or "",
    }


@mine.post("/neu")
@signed_in
def make_draft(organisation: str) -> ResponseReturnValue:
    acting = partners.acted_for(organisation, by=me())
    require(policies.may_draft, me(), acting)
    form = NewOfferForm()
    if not form.validate_on_submit():
        return page("exchange/mine/new.html", organisation=acting, form=form)
    key = form.proper_key
    if not queries.find_own(key, acting):  # the second of two clicks finds what the first made
        services.draft(acting, by=me(), content=form.content(), key=key)
        flash(_("Der Entwurf ist gespeichert. Er ist nur in Ihrer Organisation zu sehen."))
    return redirect(url_for(".show", organisation=organisation, key=key), 303)


@mine.get("/<key>/bearbeiten", endpoint="edit")
@signed_in
def edit_form(organisation: str, key: str) -> ResponseReturnValue:
    acting, offer = to_work_on(organisation, key)
    require(policies.may_edit, me(), offer.latest)
    form = _form(offer, formdata=None, data=stored_in(offer.latest))
    return _edit_page(acting, offer, form, version=offer.version)


@mine.post("/<key>/bearbeiten")
@signed_in
def save(organisation: str, key: str) -> ResponseReturnValue:
    acting, offer = to_work_on(organisation, key, to_change=True)
    require(policies.is_author, me(), offer.latest)
    form, seen = _form(offer), shown_version()
    if not form.validate_on_submit():
        return _edit_page(acting, offer, form, version=seen)
    try:
        services.save(offer, by=me(), seen_version=seen, content=form.content())
    except Conflict:
        return _both_texts(acting, offer, form)
    flash(_("Der Entwurf ist gespeichert."))
    return redirect(url_for(".show", organisation=organisation, key=key), 303)


def to_work_on(
    organisation: str, key: str, *, to_change: bool = False
) -> tuple[Organisation, Offer]:
    acting = partners.acted_for(organisation, by=me())
    return acting, queries.with_key(key, seen_by=me(), of=acting, to_change=to_change)


def _form(offer: Offer, **given: Any) -> OfferForm:
    return OfferForm(kept_competence=offer.latest.competence_id, **given)


def _edit_page(
    organisation: Organisation, offer: Offer, form: OfferForm, *, version: int
) -> ResponseReturnValue:
    return page(
        "exchange/mine/edit.html",
        organisation=organisation,
        offer=offer,
        revision=offer.latest,
        form=form,
        shown={"version": version},
    )


def edit_page_with(
    organisation: Organisation, offer: Offer, messages: dict[str, Any]
) -> ResponseReturnValue:
    """The stored text, and at its fields what is still missing."""
    form = _form(offer, formdata=None, data=stored_in(offer.latest))
    form.complain_of(messages)
    return _edit_page(organisation, offer, form, version=offer.version)


def _both_texts(organisation: Organisation, offer: Offer, form: OfferForm) -> ResponseReturnValue:
    """409: what was typed stays in the form, what is stored stands beside it. Saving again is
    possible, now that both were seen."""
    body = render_template(
        "exchange/mine/conflict.html",
        organisation=organisation,
        offer=offer,
        revision=offer.latest,
        form=form,
        shown={"version": offer.version},
        differences=differences(form, offer.latest),
        may_save=policies.may_edit(me(), offer.latest),
    )
    return body, 409

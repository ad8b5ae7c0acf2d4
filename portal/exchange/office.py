"""The Projektbörse for the Projektbüro: all entries, and the case of each. Threads are none of its
business."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import office_only
from portal.accounts.sessions import me
from portal.core.pages import page, shown_version
from portal.core.paging import page_number, paginate
from portal.core.text import clean_line
from portal.exchange import policies, queries, services
from portal.exchange.forms import RemoveForm, ReturnForm
from portal.exchange.models import Offer, OfferReview
from portal.exchange.workflow import LIFE, REVIEW

bp = Blueprint("exchange_office", __name__, url_prefix="/projektbuero/kooperationen")
PER_PAGE = 25


@bp.context_processor
def rights() -> dict[str, Any]:
    return {"policies": policies}


@bp.get("", endpoint="index")
@office_only
def index() -> ResponseReturnValue:
    q = clean_line(request.args.get("q", "")[:200])
    asked = request.args.get("zustand", "")
    review = next((one for one in OfferReview if one.slug == asked), None)
    rows = queries.all_offers(review=review, q=q)
    return page(
        "exchange/office/index.html",
        q=q,
        review=review,
        reviews=list(OfferReview),
        counts=queries.count_by_review(),
        listing=paginate(rows, page=page_number(), per_page=PER_PAGE),
    )


@bp.get("/<key>", endpoint="show")
@office_only
def show(key: str) -> ResponseReturnValue:
    return _case(queries.with_key(key, seen_by=me()))


@bp.post("/<key>/veroeffentlichen", endpoint="publish")
@office_only
def publish(key: str) -> ResponseReturnValue:
    offer = queries.with_key(key, seen_by=me(), to_change=True)
    services.publish(offer, by=me(), seen_version=shown_version())
    flash(_("„%(title)s“ ist veröffentlicht.", title=offer.name))
    return redirect(url_for("desk.next_case", kind="offers"), 303)


@bp.post("/<key>/zurueckgeben", endpoint="give_back")
@office_only
def give_back(key: str) -> ResponseReturnValue:
    offer = queries.with_key(key, seen_by=me(), to_change=True)
    form = ReturnForm()
    if not form.validate_on_submit() and policies.may_decide(me(), offer.latest):
        return _case(offer, form=form)
    services.give_back(offer, by=me(), seen_version=shown_version(), **form.values())
    flash(_("„%(title)s“ liegt wieder bei der Organisation.", title=offer.name))
    return redirect(url_for("desk.next_case", kind="offers"), 303)


@bp.post("/<key>/offline", endpoint="remove")
@office_only
def remove(key: str) -> ResponseReturnValue:
    offer = queries.with_key(key, seen_by=me(), to_change=True)
    form = RemoveForm(prefix="offline")
    if not form.validate_on_submit() and policies.may_remove(me(), offer):
        return _case(offer, removal_form=form)
    reason = form.reason.data or ""
    services.remove(offer, by=me(), reason=reason, seen_version=shown_version())
    flash(_("„%(title)s“ ist offline.", title=offer.name))
    return redirect(url_for(".show", key=key), 303)


def _case(
    offer: Offer, form: ReturnForm | None = None, removal_form: RemoveForm | None = None
) -> ResponseReturnValue:
    revision = offer.latest
    return page(
        "exchange/office/show.html",
        about=offer,
        revision=revision,
        offer=queries.presentation(offer, revision),
        live=offer.live if offer.live is not revision else None,
        steps={step.name for step in REVIEW.open_to(me(), revision)},
        may_remove=LIFE.is_open("remove", me(), offer),
        form=form or ReturnForm(formdata=None),
        removal_form=removal_form or RemoveForm(prefix="offline", formdata=None),
    )

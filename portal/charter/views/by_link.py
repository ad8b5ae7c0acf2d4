"""Who was named to sign, with the link from the mail: GET shows who asks and what, POST acts."""

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import by_link
from portal.accounts.queries import subject_of
from portal.charter import queries, services
from portal.charter.forms import RefuseForm, SignByLinkForm
from portal.charter.models import Nomination
from portal.charter.views.reading import bp
from portal.core.limits import limiter
from portal.core.pages import page, shown_version
from portal.core.tokens import LinkExpired

LINK = "/erklaerung/unterzeichnen/<int(max=2147483647):nomination_id>/<token>"


@bp.get(LINK, endpoint="sign")
@by_link
def sign_form(nomination_id: int, token: str) -> ResponseReturnValue:
    try:
        nomination = queries.with_link(nomination_id, token)
    except LinkExpired:
        return _expired(nomination_id, token)
    known = {"name": nomination.full_name, "function": nomination.function}
    return _page(nomination, token, form=SignByLinkForm(formdata=None, data=known))


@bp.post(LINK)
@by_link
@limiter.limit("20/minute")
def signed(nomination_id: int, token: str) -> ResponseReturnValue:
    try:
        nomination = queries.with_link(nomination_id, token)
    except LinkExpired:
        return _expired(nomination_id, token)
    form = SignByLinkForm()
    if not form.validate_on_submit():
        return _page(nomination, token, form=form)
    signature = services.sign_by_link(
        nomination,
        name=form.name.data,
        function=form.function.data,
        named_in_public=form.named_in_public.data,
        seen_version=shown_version(),
    )
    flash(_("Danke. Ihre Unterschrift ist aufgezeichnet; die Bestätigung kommt per E-Mail."))
    return redirect(url_for(".check", code=signature.shown_code), 303)


@bp.post(f"{LINK}/ablehnen", endpoint="refuse")
@by_link
@limiter.limit("20/minute")
def refuse(nomination_id: int, token: str) -> ResponseReturnValue:
    try:
        nomination = queries.with_link(nomination_id, token)
    except LinkExpired:
        return _expired(nomination_id, token)
    form = RefuseForm()
    if not form.validate_on_submit():
        return _page(nomination, token, refusing=form)
    services.refuse(nomination, seen_version=shown_version(), **form.values())
    flash(_("Ihre Antwort ist unterwegs. Sie müssen nichts weiter tun."))
    return redirect(url_for(".current"), 303)


@bp.post(f"{LINK}/neu", endpoint="new_link")
@by_link
@limiter.limit("20/hour")
def new_link(nomination_id: int, token: str) -> ResponseReturnValue:
    """For an expired link: whoever holds it received it once."""
    nomination = queries.with_expired_link(nomination_id, token)
    subject = subject_of(nomination.person.email, current_app.config["SECRET_KEY"])
    services.ask_again(nomination, subject=subject)
    flash(_("Ein neuer Link ist unterwegs. Ältere Links gelten nicht mehr."))
    return redirect(url_for(".current"), 303)


def _page(
    nomination: Nomination,
    token: str,
    *,
    form: SignByLinkForm | None = None,
    refusing: RefuseForm | None = None,
) -> ResponseReturnValue:
    known = {"name": nomination.full_name, "function": nomination.function}
    return page(
        "charter/sign.html",
        nomination=nomination,
        declaration=nomination.declaration,
        token=token,
        form=form or SignByLinkForm(formdata=None, data=known),
        refusing_form=refusing or RefuseForm(formdata=None),
    )


def _expired(nomination_id: int, token: str) -> ResponseReturnValue:
    again = url_for(".new_link", nomination_id=nomination_id, token=token)
    told = _("Links zum Unterzeichnen gelten 14 Tage. Lassen Sie sich einen neuen schicken.")
    return render_template("charter/expired.html", again=again, told=told), LinkExpired.status

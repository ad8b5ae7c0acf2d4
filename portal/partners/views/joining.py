"""A colleague asks to speak for a partner, or claims the profile of one that nobody speaks for."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts import passwords
from portal.accounts.guards import by_link, signed_in, visitor_form
from portal.accounts.sessions import me, sign_in
from portal.accounts.subjects import subject
from portal.core.database import transaction
from portal.core.errors import Hidden
from portal.core.forms import Form
from portal.core.languages import language
from portal.core.limits import limiter
from portal.core.pages import page, shown_version
from portal.core.rules import require
from portal.core.text import clean_line
from portal.core.tokens import LinkExpired
from portal.partners import policies, queries, services
from portal.partners.forms import (
    ConfirmForm,
    ConfirmWithPasswordForm,
    DomainForm,
    JoinForm,
    VisitorsJoinForm,
)
from portal.partners.models import JoinRequest, Organisation

bp = Blueprint("joining", __name__)
LINK = "/mitwirken/bestaetigen/<int(max=2147483647):request_id>/<token>"


@bp.get("/mitwirken", endpoint="index")
@visitor_form
def index() -> ResponseReturnValue:
    """Which members carry the domain in the address; a whole e-mail address never stands there."""
    domain = clean_line(request.args.get("domain", "")[:255]).lower()
    found = queries.members_with_domain(domain) if domain else []
    return page("joining/index.html", form=DomainForm(formdata=None), domain=domain, found=found)


@bp.post("/mitwirken")
@visitor_form
@limiter.limit("60/minute")
def find() -> ResponseReturnValue:
    form = DomainForm()
    if not form.validate_on_submit():
        return page("joining/index.html", form=form, domain="", found=[])
    domain = form.email.data.rpartition("@")[2].lower()
    return redirect(url_for(".index", domain=domain), 303)


@bp.get("/partner/<slug>/mitwirken", endpoint="ask")
@visitor_form
def ask_form(slug: str) -> ResponseReturnValue:
    organisation, _membership = queries.member_with_slug(slug)
    require(policies.may_ask_to_join, me(), organisation)
    if me().is_authenticated and queries.pending_request(organisation, me()):
        return redirect(url_for("home.mine"), 302)
    return _asking(organisation, _empty_form())


@bp.post("/partner/<slug>/mitwirken")
@visitor_form
@limiter.limit("20/hour")
def send(slug: str) -> ResponseReturnValue:
    organisation, _membership = queries.member_with_slug(slug)
    require(policies.may_ask_to_join, me(), organisation)
    form = JoinForm() if me().is_authenticated else VisitorsJoinForm()
    if not form.validate_on_submit():
        return _asking(organisation, form)
    typed = {"email": "", "first_name": "", "last_name": ""} | form.values()
    typed.pop("consent", None)
    services.ask_to_join(
        organisation, by=me(), language=language(), subject=subject(typed["email"]), **typed
    )
    if me().is_authenticated:
        flash(_("Ihre Anfrage an %(name)s ist unterwegs.", name=organisation.name))
        return redirect(url_for("home.mine"), 303)
    return redirect(url_for(".sent", slug=slug), 303)


@bp.get("/partner/<slug>/mitwirken/gesendet", endpoint="sent")
@visitor_form
def sent(slug: str) -> ResponseReturnValue:
    """The same for every address, known or not."""
    organisation, _membership = queries.member_with_slug(slug)
    return page("joining/sent.html", organisation=organisation)


@bp.get(LINK, endpoint="confirm")
@by_link
def confirm_form(request_id: int, token: str) -> ResponseReturnValue:
    try:
        found = queries.request_with_link(request_id, token)
    except LinkExpired:
        return _expired(request_id, token)
    except Hidden:
        if me().is_authenticated:  # the used link of who is in by now
            return redirect(url_for("home.mine"), 302)
        raise
    return page("joining/confirm.html", request_=found, form=_form_for(found))


@bp.post(LINK)
@by_link
@limiter.limit("20/minute")
def confirmed(request_id: int, token: str) -> ResponseReturnValue:
    try:
        with transaction(writing=False):  # who holds no link learns nothing from the form's errors
            form = _form_for(queries.request_with_link(request_id, token))
    except LinkExpired:
        return _expired(request_id, token)
    if not form.validate_on_submit():
        found = queries.request_with_link(request_id, token)
        return page("joining/confirm.html", request_=found, form=form)
    chosen = form.values().get("password")
    kept = passwords.hashed(chosen) if chosen else None
    found = queries.request_with_link(request_id, token)
    is_new = services.confirm_join_request(found, password_hash=kept, seen_version=shown_version())
    if is_new:
        sign_in(found.person)
    flash(_("Ihre Adresse ist bestätigt. Sie hören, sobald jemand geantwortet hat."))
    is_in = is_new or me().id == found.person_id
    mine = url_for("home.mine")
    return redirect(mine if is_in else url_for("accounts.sign_in", weiter=mine), 303)


@bp.post(f"{LINK}/neu", endpoint="new_link")
@by_link
@limiter.limit("20/hour")
def new_link(request_id: int, token: str) -> ResponseReturnValue:
    """For an expired link: whoever holds it received it once."""
    found = queries.request_with_expired_link(request_id, token)
    services.ask_for_join_link_again(found, subject=subject(found.person.email))
    flash(_("Ein neuer Link ist unterwegs. Ältere Links gelten nicht mehr."))
    return redirect(url_for("home.start"), 303)


@bp.post("/mein/anfragen/<int(max=2147483647):request_id>/zuruecknehmen", endpoint="withdraw")
@signed_in
def withdraw(request_id: int) -> ResponseReturnValue:
    own = queries.own_request(request_id, seen_by=me())
    services.withdraw_request(own, by=me(), seen_version=shown_version())
    flash(_("Ihre Anfrage an %(name)s ist zurückgenommen.", name=own.organisation.name))
    return redirect(url_for("home.mine"), 303)


def _empty_form() -> Form:
    is_known = me().is_authenticated
    return JoinForm(formdata=None) if is_known else VisitorsJoinForm(formdata=None)


def _form_for(found: JoinRequest) -> Form:
    """Who has no password yet chooses one together with the click."""
    return ConfirmForm() if found.person.password_hash else ConfirmWithPasswordForm()


def _asking(organisation: Organisation, form: Form) -> ResponseReturnValue:
    claims = not policies.has_owner(organisation.id)
    return page("joining/ask.html", organisation=organisation, claims=claims, form=form)


def _expired(request_id: int, token: str) -> ResponseReturnValue:
    again = url_for(".new_link", request_id=request_id, token=token)
    told = _("Links zur Bestätigung gelten sieben Tage. Lassen Sie sich einen neuen schicken.")
    return render_template("applications/expired.html", again=again, told=told), LinkExpired.status

"""The mail that was sent, and the click that proves the address: GET shows, POST acts."""

from flask import flash, redirect, render_template, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts import passwords
from portal.accounts.guards import by_link, visitor_form
from portal.accounts.sessions import me, sign_in
from portal.accounts.subjects import subject
from portal.core.database import transaction
from portal.core.errors import Hidden
from portal.core.forms import Form
from portal.core.limits import limiter
from portal.core.pages import page, shown_version
from portal.core.tokens import LinkExpired
from portal.partners import queries, services
from portal.partners.forms import ConfirmForm, ConfirmWithPasswordForm
from portal.partners.models import Application, ApplicationState
from portal.partners.views.applying import SENT, bp

LINK = "/bestaetigen/<int(max=2147483647):application_id>/<token>"


@bp.get("/gesendet", endpoint="sent")
@visitor_form
def sent() -> ResponseReturnValue:
    application = queries.find_sent(cookie.get(SENT))
    if application is None:
        return redirect(url_for(".organisation"), 302)
    return page("applications/sent.html", application=application)


@bp.post("/gesendet")
@visitor_form
@limiter.limit("20/hour")
def send_link_again() -> ResponseReturnValue:
    application = queries.find_sent(cookie.get(SENT))
    if application is None:  # confirmed meanwhile, perhaps in another window
        return redirect(url_for(".organisation"), 303)
    return _send_new_link(application)


@bp.get(LINK, endpoint="confirm")
@by_link
def confirm_form(application_id: int, token: str) -> ResponseReturnValue:
    try:
        application = queries.with_link(application_id, token, queries.CONFIRM)
    except LinkExpired:
        return _expired(application_id, token)
    except Hidden:
        unconfirmed = ApplicationState.UNCONFIRMED
        if own := queries.after_the_link(application_id, but=unconfirmed, seen_by=me()):
            return redirect(url_for("my_applications.show", number=own.number), 302)
        raise
    return _confirmation(application, _form_for(application))


@bp.post(LINK)
@by_link
@limiter.limit("20/minute")
def confirmed(application_id: int, token: str) -> ResponseReturnValue:
    try:
        with transaction(writing=False):  # who holds no link learns nothing from the form's errors
            form = _form_for(queries.with_link(application_id, token, queries.CONFIRM))
    except LinkExpired:
        return _expired(application_id, token)
    if not form.validate_on_submit():
        return _confirmation(queries.with_link(application_id, token, queries.CONFIRM), form)
    chosen = form.values().get("password")
    kept = passwords.hashed(chosen) if chosen else None
    application = queries.with_link(application_id, token, queries.CONFIRM)
    is_new = services.confirm(application, password_hash=kept, seen_version=shown_version())
    return _way_in(application, is_new=is_new)


@bp.post(f"{LINK}/neu", endpoint="new_link")
@by_link
@limiter.limit("20/hour")
def new_link(application_id: int, token: str) -> ResponseReturnValue:
    """For an expired link: whoever holds it received it once."""
    return _send_new_link(queries.with_expired_link(application_id, token, queries.CONFIRM))


def _form_for(application: Application) -> Form:
    """Who has no password yet chooses one together with the click."""
    has_one = application.applicant.password_hash is not None
    return ConfirmForm() if has_one else ConfirmWithPasswordForm()


def _confirmation(application: Application, form: Form) -> ResponseReturnValue:
    return page("applications/confirm.html", application=application, form=form)


def _expired(application_id: int, token: str) -> ResponseReturnValue:
    again = url_for(".new_link", application_id=application_id, token=token)
    told = _(
        "Links zur Bestätigung gelten sieben Tage. Ihr Antrag ist noch da: Lassen Sie sich einen"
        " neuen Link schicken."
    )
    return render_template("applications/expired.html", again=again, told=told), LinkExpired.status


def _send_new_link(application: Application) -> ResponseReturnValue:
    services.ask_again(application, subject=subject(application.applicant.email))
    cookie[SENT] = application.id
    flash(_("Ein neuer Link ist unterwegs. Ältere Links gelten nicht mehr."))
    return redirect(url_for(".sent"), 303)


def _way_in(application: Application, *, is_new: bool) -> ResponseReturnValue:
    """A new person is logged in at once; the others log in with their password."""
    own_page = url_for("my_applications.show", number=application.number)
    if is_new:
        sign_in(application.applicant)
    is_in = is_new or me().id == application.applicant_id
    flash(_("Ihre Adresse ist bestätigt. Der Antrag liegt jetzt dem Projektbüro vor."))
    return redirect(own_page if is_in else url_for("accounts.sign_in", weiter=own_page), 303)

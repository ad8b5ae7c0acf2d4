"""Log-in, log-out, forgotten password and one's own account."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts import passwords, queries, services
from portal.accounts.forms import (
    AccountForm,
    ChangePasswordForm,
    ForgotForm,
    NewPasswordForm,
    SignInForm,
)
from portal.accounts.guards import by_link, signed_in, visitor_form
from portal.accounts.sessions import key_of_this_browser, me, sign_in, sign_out
from portal.accounts.subjects import subject
from portal.core.database import transaction
from portal.core.limits import limiter
from portal.core.pages import is_local, page, shown_version
from portal.core.tokens import LinkExpired

bp = Blueprint("accounts", __name__, url_prefix="/konto")
LINK = "/passwort/<int(max=2147483647):user_id>/<token>"


def _way_back() -> str:
    target = request.args.get("weiter", "")
    return target if is_local(target) else url_for("home.mine")


@bp.get("/anmelden", endpoint="sign_in")
@visitor_form
def sign_in_form() -> ResponseReturnValue:
    if me().is_authenticated:
        return redirect(_way_back(), 302)
    return page("accounts/sign_in.html", form=SignInForm())


@bp.post("/anmelden")
@visitor_form
@limiter.limit("60/minute")
def signed_in_now() -> ResponseReturnValue:
    form = SignInForm()
    if form.validate_on_submit():
        email, password = form.email.data, form.password.data
        if user := services.identify(email, password, subject=subject(email)):
            sign_in(user)
            return redirect(_way_back(), 303)
        form.form_errors.append(
            _("E-Mail-Adresse und Passwort passen nicht zusammen. Prüfen Sie beide Angaben.")
        )
    return page("accounts/sign_in.html", form=form)


@bp.post("/abmelden", endpoint="sign_out")
@signed_in
def signed_out() -> ResponseReturnValue:
    sign_out()
    return redirect(url_for("home.start"), 303)


@bp.get("/passwort-vergessen", endpoint="forgot")
@visitor_form
def forgot_form() -> ResponseReturnValue:
    return page("accounts/forgot.html", form=ForgotForm(), sent_to=None)


@bp.post("/passwort-vergessen")
@visitor_form
@limiter.limit("20/minute")
def send_password_link() -> ResponseReturnValue:
    form = ForgotForm()
    if not form.validate_on_submit():
        return page("accounts/forgot.html", form=form, sent_to=None)
    email = form.email.data
    services.ask_for_password_link(email, subject=subject(email))
    flash(_("Wenn es zu dieser Adresse ein Konto gibt, ist ein Link unterwegs."))
    return redirect(url_for(".sign_in"), 303)


@bp.errorhandler(LinkExpired)
def offer_a_new_link(_error: LinkExpired) -> ResponseReturnValue:
    return render_template("accounts/link_expired.html"), 410


@bp.get(LINK, endpoint="reset")
@by_link
def reset_form(user_id: int, token: str) -> ResponseReturnValue:
    queries.with_link(user_id, services.PASSWORD_LINK, token)
    return page("accounts/reset.html", form=NewPasswordForm())


@bp.post(LINK)
@by_link
@limiter.limit("20/minute")
def choose_password(user_id: int, token: str) -> ResponseReturnValue:
    form = NewPasswordForm()
    with transaction(writing=False):  # who holds no link learns nothing from the form's errors
        queries.with_link(user_id, services.PASSWORD_LINK, token)
    if not form.validate_on_submit():
        return page("accounts/reset.html", form=form)
    kept = passwords.hashed(form.password.data)
    user = queries.with_link(user_id, services.PASSWORD_LINK, token)
    services.set_password(user, kept)
    flash(_("Ihr neues Passwort gilt. Melden Sie sich damit an."))
    return redirect(url_for(".sign_in"), 303)


@bp.get("", endpoint="account")
@signed_in
def account() -> ResponseReturnValue:
    return _account(AccountForm(obj=me()), ChangePasswordForm())


@bp.post("")
@signed_in
def change_account() -> ResponseReturnValue:
    form = AccountForm()
    if not form.validate_on_submit():
        return _account(form, ChangePasswordForm(formdata=None))
    services.change_account(me(), by=me(), seen_version=shown_version(), **form.values())
    flash(_("Ihre Angaben sind gespeichert."))
    return redirect(url_for(".account"), 303)


@bp.post("/passwort", endpoint="change_password")
@signed_in
def change_password() -> ResponseReturnValue:
    form = ChangePasswordForm()
    if form.validate_on_submit():
        email = me().email
        if services.identify(email, form.current.data, subject=subject(email)):
            kept = passwords.hashed(form.password.data)
            services.set_password(me(), kept, spared_key=key_of_this_browser())
            flash(_("Ihr neues Passwort gilt. Alle anderen Sitzungen sind beendet."))
            return redirect(url_for(".account"), 303)
        form.current.errors = [_("Das ist nicht Ihr bisheriges Passwort.")]
    return _account(AccountForm(formdata=None, obj=me()), form)


@bp.post("/sitzungen/<int(max=2147483647):session_id>/beenden", endpoint="end_session")
@signed_in
def end_session(session_id: int) -> ResponseReturnValue:
    services.end_session(me(), session_id, by=me())
    flash(_("Die Sitzung ist beendet."))
    return redirect(url_for(".account"), 303)


@bp.post("/sitzungen/beenden", endpoint="end_other_sessions")
@signed_in
def end_other_sessions() -> ResponseReturnValue:
    services.end_other_sessions(me(), by=me(), spared_key=key_of_this_browser())
    flash(_("Alle anderen Sitzungen sind beendet."))
    return redirect(url_for(".account"), 303)


def _account(form: AccountForm, password_form: ChangePasswordForm) -> ResponseReturnValue:
    this = queries.hash_of(key_of_this_browser())
    return page(
        "accounts/account.html",
        form=form,
        password_form=password_form,
        sessions=queries.sessions_of(me()),
        this=this,
    )

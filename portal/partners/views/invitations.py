"""Answering an invitation: by the link in the mail, or in one's own area. GET shows, POST acts."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts import passwords
from portal.accounts.guards import by_link, signed_in
from portal.accounts.sessions import me, sign_in
from portal.accounts.subjects import subject
from portal.core.database import transaction
from portal.core.errors import Denied, Hidden
from portal.core.forms import Form
from portal.core.limits import limiter
from portal.core.pages import page, shown_version
from portal.core.tokens import LinkExpired
from portal.partners import queries, services
from portal.partners.forms import AcceptForm, AcceptWithPasswordForm
from portal.partners.models import Invitation

bp = Blueprint("invitations", __name__)
LINK = "/einladung/<int(max=2147483647):invitation_id>/<token>"
MINE = "/mein/einladungen/<int(max=2147483647):invitation_id>"


@bp.get(LINK, endpoint="show")
@by_link
def show(invitation_id: int, token: str) -> ResponseReturnValue:
    try:
        invitation, by_mail = queries.invitation_with_link(invitation_id, token)
    except LinkExpired:
        return _expired(invitation_id, token)
    except Hidden:
        if me().is_authenticated:  # the used link of who is in by now
            flash(queries.INVITATION_GONE)
            return redirect(url_for("home.mine"), 302)
        raise
    if me().is_authenticated:
        return _for_who_is_logged_in(invitation)
    return _offer(invitation, token, by_mail=by_mail, form=_form_for(invitation))


@bp.post(LINK, endpoint="accept")
@by_link
@limiter.limit("20/minute")
def accept(invitation_id: int, token: str) -> ResponseReturnValue:
    """For who has no password yet; the others log in and answer in their own area."""
    try:
        with transaction(writing=False):  # who holds no link learns nothing from the form's errors
            invitation, by_mail = queries.invitation_with_link(invitation_id, token)
            form = _form_for(invitation)
    except LinkExpired:
        return _expired(invitation_id, token)
    if me().is_authenticated:
        raise Denied("the invitation is another person's")
    if not by_mail or not isinstance(form, AcceptWithPasswordForm):
        raise Denied("the link does not prove the address")
    if not form.validate_on_submit():
        invitation, by_mail = queries.invitation_with_link(invitation_id, token)
        return _offer(invitation, token, by_mail=by_mail, form=form)
    kept = passwords.hashed(form.password.data)
    invitation, _by_mail = queries.invitation_with_link(invitation_id, token)
    person = invitation.person
    services.accept(
        invitation,
        by=person,
        seen_version=shown_version(),
        password_hash=kept,
        first_name=form.first_name.data,
        last_name=form.last_name.data,
    )
    sign_in(person)
    return _welcome(invitation)


@bp.post(f"{LINK}/neu", endpoint="new_link")
@by_link
@limiter.limit("20/hour")
def new_link(invitation_id: int, token: str) -> ResponseReturnValue:
    """For an expired link, and for a copied one, which proves no address: the next one comes by
    mail."""
    invitation = queries.expired_invitation(invitation_id, token)
    services.send_expired_again(invitation, subject=subject(invitation.person.email))
    flash(_("Ein neuer Link ist unterwegs. Ältere Links gelten nicht mehr."))
    return redirect(url_for("home.start"), 303)


@bp.get(MINE, endpoint="mine")
@signed_in
def mine(invitation_id: int) -> ResponseReturnValue:
    return _mine(queries.invitation_for(invitation_id, seen_by=me()))


@bp.post(f"{MINE}/annehmen", endpoint="accept_mine")
@signed_in
def accept_mine(invitation_id: int) -> ResponseReturnValue:
    invitation = queries.invitation_for(invitation_id, seen_by=me())
    services.accept(invitation, by=me(), seen_version=shown_version())
    return _welcome(invitation)


@bp.post(f"{MINE}/ablehnen", endpoint="decline_mine")
@signed_in
def decline_mine(invitation_id: int) -> ResponseReturnValue:
    invitation = queries.invitation_for(invitation_id, seen_by=me())
    services.decline_invitation(invitation, by=me(), seen_version=shown_version())
    flash(_("Sie haben die Einladung von %(name)s abgelehnt.", name=invitation.organisation.name))
    return redirect(url_for("home.mine"), 303)


def _mine(invitation: Invitation) -> ResponseReturnValue:
    return page("invitations/mine.html", invitation=invitation)


def _offer(invitation: Invitation, token: str, *, by_mail: bool, form: Form) -> ResponseReturnValue:
    return page(
        "invitations/show.html",
        invitation=invitation,
        token=token,
        is_new=isinstance(form, AcceptWithPasswordForm),
        by_mail=by_mail,
        form=form,
    )


def _for_who_is_logged_in(invitation: Invitation) -> ResponseReturnValue:
    if invitation.person_id == me().id:
        return redirect(url_for(".mine", invitation_id=invitation.id), 302)
    return render_template("invitations/other_person.html", invitation=invitation), 403


def _form_for(invitation: Invitation) -> Form:
    has_one = invitation.person.confirmed_at is not None
    return AcceptForm() if has_one else AcceptWithPasswordForm()


def _welcome(invitation: Invitation) -> ResponseReturnValue:
    organisation = invitation.organisation
    if invitation.hands_over:
        flash(_("Sie verwalten jetzt %(name)s.", name=organisation.name))
    else:
        flash(_("Sie handeln jetzt für %(name)s.", name=organisation.name))
    return redirect(url_for("my_people.index", organisation=organisation.slug), 303)


def _expired(invitation_id: int, token: str) -> ResponseReturnValue:
    again = url_for(".new_link", invitation_id=invitation_id, token=token)
    told = _("Einladungen gelten 14 Tage. Lassen Sie sich einen neuen Link schicken.")
    return render_template("applications/expired.html", again=again, told=told), LinkExpired.status

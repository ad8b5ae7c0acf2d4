"""An organisation signs, names who may sign, withdraws, and has its proof."""

from flask import Blueprint, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts import services as accounts
from portal.accounts.guards import signed_in
from portal.accounts.queries import subject_of
from portal.accounts.sessions import me
from portal.charter import policies, queries, services
from portal.charter.forms import NameForm, SignForm, WithdrawForm
from portal.core.languages import language
from portal.core.limits import limiter
from portal.core.pages import page, shown_version
from portal.core.rules import require
from portal.partners import queries as partners
from portal.partners.models import Organisation

bp = Blueprint("my_charter", __name__, url_prefix="/mein/<organisation>/erklaerung")
NAMED = "benannt"  # keeps the two forms of the page apart


@bp.get("", endpoint="show")
@signed_in
def show(organisation: str) -> ResponseReturnValue:
    return _show(partners.acted_for(organisation, by=me()))


@bp.post("")
@signed_in
@limiter.limit("30/minute")
def sign(organisation: str) -> ResponseReturnValue:
    acting = partners.acted_for(organisation, by=me())
    require(policies.may_sign, me(), acting)
    form = SignForm()
    if not form.validate_on_submit() or not _is_really_me(form):
        return _show(partners.acted_for(organisation, by=me()), signing=form)
    signature = services.sign(
        partners.acted_for(organisation, by=me()),
        by=me(),
        function=form.function.data,
        named_in_public=form.named_in_public.data,
        seen_number=_shown_number(),
    )
    flash(_("%(name)s steht jetzt zur Allianzerklärung.", name=signature.organisation_name))
    return redirect(url_for(".show", organisation=organisation), 303)


@bp.post("/benennen", endpoint="name")
@signed_in
@limiter.limit("30/hour")
def name_somebody(organisation: str) -> ResponseReturnValue:
    acting = partners.acted_for(organisation, by=me())
    require(policies.may_sign, me(), acting)
    form = NameForm(prefix=NAMED)
    if not form.validate_on_submit():
        return _show(acting, naming=form)
    typed = form.values()
    nomination = services.name_signatory(
        acting,
        by=me(),
        language=language(),
        subject=subject_of(typed["email"], current_app.config["SECRET_KEY"]),
        seen_number=_shown_number(),
        **typed,
    )
    flash(_("Der Link an %(name)s ist unterwegs.", name=nomination.full_name))
    return redirect(url_for(".show", organisation=organisation), 303)


@bp.post("/benennung/zuruecknehmen", endpoint="take_back")
@signed_in
def take_back(organisation: str) -> ResponseReturnValue:
    acting = partners.acted_for(organisation, by=me())
    nomination = queries.nomination_of(acting, seen_by=me())
    services.take_back(nomination, by=me(), seen_version=shown_version())
    flash(_("Der Link gilt nicht mehr."))
    return redirect(url_for(".show", organisation=organisation), 303)


@bp.post("/zurueckziehen", endpoint="withdraw")
@signed_in
def withdraw(organisation: str) -> ResponseReturnValue:
    acting = partners.acted_for(organisation, by=me())
    require(policies.signs_for, me(), acting)
    signature = queries.newest_standing(acting) or queries.proof_for(organisation, seen_by=me())
    form = WithdrawForm()
    if not form.validate_on_submit():
        return _show(acting, withdrawing=form)
    services.withdraw(signature, by=me(), seen_version=shown_version(), **form.values())
    flash(_("Die Unterschrift ist zurückgezogen."))
    return redirect(url_for(".show", organisation=organisation), 303)


def _is_really_me(form: SignForm) -> bool:
    """The password, once more (safety.md, row 40); too many wrong ones are refused as at the
    log-in."""
    email = me().email
    subject = subject_of(email, current_app.config["SECRET_KEY"])
    if accounts.identify(email, form.password.data, subject=subject):
        return True
    form.password.errors = [_("Das ist nicht Ihr Passwort.")]
    return False


def _shown_number() -> int:
    """The version of the declaration that the page showed; none counts as an old one."""
    return request.form.get("number", 0, type=int)


def _show(
    organisation: Organisation,
    *,
    signing: SignForm | None = None,
    naming: NameForm | None = None,
    withdrawing: WithdrawForm | None = None,
) -> ResponseReturnValue:
    declaration = queries.current()
    found = queries.signatures_of(organisation)
    standing = next((one for one in found if one.stands), None)
    is_current = bool(standing and declaration and standing.number == declaration.number)
    nomination = queries.open_nomination(organisation)
    known = {"function": queries.function_in(organisation, me())}
    asks_for_current = bool(nomination and nomination.declaration == declaration)
    return page(
        "charter/mine/show.html",
        organisation=organisation,
        declaration=declaration,
        standing=standing,
        is_signed=is_current,
        ended=[one for one in found if not one.stands],
        nomination=nomination if asks_for_current else None,
        refused=queries.last_refused(organisation, declaration) if declaration else None,
        is_member=policies.is_member(me(), organisation),
        signs=policies.signs_for(me(), organisation),
        signing_form=signing or SignForm(formdata=None, data=known),
        naming_form=naming or NameForm(formdata=None, prefix=NAMED),
        withdrawing_form=withdrawing or WithdrawForm(formdata=None),
    )

"""A provisional signature is checked: whose it is, and whether it counts."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import office_only
from portal.accounts.sessions import me
from portal.charter import policies, services
from portal.charter.forms import AcceptForm, DeclineForm
from portal.charter.models import Occasion, ProvisionalSignature
from portal.charter.office.occasions import bp
from portal.charter.queries import occasions
from portal.charter.workflow import PROVISIONAL
from portal.core.pages import page, shown_version
from portal.core.rules import require

ONE = "/<code>/unterschriften/<int(max=2147483647):provisional_id>"


@bp.get(ONE, endpoint="check")
@office_only
def check(code: str, provisional_id: int) -> ResponseReturnValue:
    return _show(*_found(code, provisional_id))


@bp.post(f"{ONE}/annehmen", endpoint="accept")
@office_only
def accept(code: str, provisional_id: int) -> ResponseReturnValue:
    occasion, given = _found(code, provisional_id)
    require(policies.may_check, me(), given)
    form = AcceptForm(members=occasions.members())
    if not form.validate_on_submit():
        return _show(occasion, given, accepting=form)
    organisation = occasions.member(form.organisation_id.data)
    services.accept(given, organisation, by=me(), seen_version=shown_version())
    flash(_("%(name)s steht jetzt zur Allianzerklärung.", name=organisation.name))
    return redirect(url_for("desk.next_case", kind="provisional"), 303)


@bp.post(f"{ONE}/ablehnen", endpoint="decline")
@office_only
def decline(code: str, provisional_id: int) -> ResponseReturnValue:
    occasion, given = _found(code, provisional_id)
    require(policies.may_check, me(), given)
    form = DeclineForm()
    if not form.validate_on_submit():
        return _show(occasion, given, declining=form)
    services.decline(given, by=me(), seen_version=shown_version(), **form.values())
    flash(_("Die Unterschrift von %(name)s ist abgelehnt.", name=given.organisation_name))
    return redirect(url_for("desk.next_case", kind="provisional"), 303)


def _found(code: str, provisional_id: int) -> tuple[Occasion, ProvisionalSignature]:
    occasion = occasions.for_office(code, seen_by=me())
    return occasion, occasions.provisional(occasion, provisional_id)


def _show(
    occasion: Occasion,
    given: ProvisionalSignature,
    *,
    accepting: AcceptForm | None = None,
    declining: DeclineForm | None = None,
) -> ResponseReturnValue:
    """The partner that its name suggests is chosen already."""
    suggested = occasions.suggestions(given)
    first = {"organisation_id": suggested[0][0]} if suggested else None
    members = occasions.members()
    return page(
        "charter/office/check.html",
        occasion=occasion,
        given=given,
        suggested=suggested,
        may_check=PROVISIONAL.is_open("accept", me(), given),
        is_tied=not policies.is_untied(me(), given),
        accepting_form=accepting or AcceptForm(formdata=None, data=first, members=members),
        declining_form=declining or DeclineForm(formdata=None),
    )

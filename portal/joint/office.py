"""The pages on which two tied administrators decide together."""

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import office_only
from portal.accounts.sessions import me
from portal.core.pages import page, shown_version
from portal.core.rules import require
from portal.joint import policies, queries, services
from portal.joint.cases import JointCase, kind_called
from portal.joint.forms import ConfirmForm, OpenForm, RefuseForm

bp = Blueprint("joint_office", __name__, url_prefix="/projektbuero/gemeinsam")
CASE = "/<word>/<key>"
REFUSE_PREFIX = "widerspruch"


@bp.get(CASE, endpoint="show")
@office_only
def show(word: str, key: str) -> ResponseReturnValue:
    """Where somebody untied can decide, the case's own page is the place."""
    case = _case(word, key, to_change=False)
    if not (case.waits and policies.is_left_to_the_tied(me(), case)):
        return redirect(_address_of(case), 302)
    return _page(case)


@bp.post(CASE, endpoint="open")
@office_only
def open_decision(word: str, key: str) -> ResponseReturnValue:
    case = _case(word, key)
    require(policies.may_open, me(), case)
    form = OpenForm(acts=case.kind.acts)
    if not form.validate_on_submit():
        return _page(case, opening=form)
    services.open_decision(case, by=me(), seen_version=shown_version(), **form.values())
    flash(_("Ihr Vorschlag wartet auf die zweite Person."))
    return redirect(url_for(".show", word=word, key=key), 303)


@bp.post(f"{CASE}/bestaetigen", endpoint="confirm")
@office_only
def confirm(word: str, key: str) -> ResponseReturnValue:
    case = _case(word, key)
    joint = queries.open_one(case)
    require(policies.may_answer, me(), joint)
    form = ConfirmForm()
    if not form.validate_on_submit():
        return _page(case, confirming=form)
    services.confirm(case, joint, by=me(), seen_version=shown_version(), **form.values())
    flash(_("Sie haben „%(title)s“ gemeinsam entschieden.", title=case.title))
    return redirect(url_for("desk.next_case", kind=case.kind.desk), 303)


@bp.post(f"{CASE}/widersprechen", endpoint="refuse")
@office_only
def refuse(word: str, key: str) -> ResponseReturnValue:
    case = _case(word, key)
    joint = queries.open_one(case)
    require(policies.may_answer, me(), joint)
    form = RefuseForm(prefix=REFUSE_PREFIX)
    if not form.validate_on_submit():
        return _page(case, refusing=form)
    services.refuse(case, joint, by=me(), seen_version=shown_version(), **form.values())
    flash(_("Der Vorschlag ist nicht bestätigt. Die andere Person liest, warum."))
    return redirect(_address_of(case), 303)


@bp.post(f"{CASE}/zuruecknehmen", endpoint="take_back")
@office_only
def take_back(word: str, key: str) -> ResponseReturnValue:
    case = _case(word, key)
    services.take_back(queries.open_one(case), by=me(), seen_version=shown_version())
    flash(_("Ihr Vorschlag ist zurückgenommen."))
    return redirect(url_for(".show", word=word, key=key), 303)


def _case(word: str, key: str, *, to_change: bool = True) -> JointCase:
    kind = kind_called(word)
    return kind.case_of(kind.load(key, seen_by=me(), to_change=to_change))


def _address_of(case: JointCase) -> str:
    place: dict[str, Any] = {case.kind.place: case.key}
    return url_for(case.kind.endpoint, **place)


def _page(
    case: JointCase,
    *,
    opening: OpenForm | None = None,
    confirming: ConfirmForm | None = None,
    refusing: RefuseForm | None = None,
) -> ResponseReturnValue:
    joint = queries.find_open(case)
    return page(
        "joint/show.html",
        case=case,
        back=_address_of(case),
        joint=joint,
        may_open=joint is None and policies.may_open(me(), case),
        may_answer=joint is not None and policies.may_answer(me(), joint),
        may_take_back=joint is not None and policies.may_take_back(me(), joint),
        refused=queries.last_refused(case) if joint is None else None,
        opening_form=opening or OpenForm(acts=case.kind.acts, formdata=None),
        confirming_form=confirming or ConfirmForm(formdata=None),
        refusing_form=refusing or RefuseForm(prefix=REFUSE_PREFIX, formdata=None),
    )

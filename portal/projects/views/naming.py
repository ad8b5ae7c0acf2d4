"""The authors' pages about who takes part: the list, the search, the request, one part."""

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import signed_in
from portal.accounts.sessions import me
from portal.core.limits import limiter
from portal.core.pages import page, shown_version
from portal.core.paging import page_number, paginate
from portal.core.rules import require
from portal.core.text import clean_line
from portal.partners.models import Organisation
from portal.partners.policies import writes_for
from portal.projects import policies, queries, services
from portal.projects.forms import PartForm, PartRoleForm
from portal.projects.models import Participation, Project
from portal.projects.services import offered_to
from portal.projects.views.blueprints import mine
from portal.projects.views.writing import to_work_on
from portal.projects.workflow import PARTS

ALL = "/<key>/beteiligte"
ONE = f"{ALL}/<int(max=2147483647):part_id>"
ASK = f"{ALL}/fragen/<slug>"
PER_PAGE = 20
LONGEST = 100  # characters of a search


@mine.get(ALL, endpoint="parts")
@signed_in
def index(organisation: str, key: str) -> ResponseReturnValue:
    acting, project = to_work_on(organisation, key)
    return page(
        "projects/mine/parts.html",
        organisation=acting,
        project=project,
        listing=paginate(queries.parts_of(project), page=page_number(), per_page=PER_PAGE),
        may_name=writes_for(me(), acting),
    )


@mine.get(f"{ALL}/suchen", endpoint="find_partner")
@signed_in
def find(organisation: str, key: str) -> ResponseReturnValue:
    acting, project = to_work_on(organisation, key)
    require(writes_for, me(), acting)
    q = clean_line(request.args.get("q", ""))[:LONGEST]
    return page(
        "projects/mine/find.html",
        organisation=acting,
        project=project,
        q=q,
        listing=queries.candidates(project, q, page=page_number()) if q else None,
    )


@mine.get(ASK, endpoint="ask_partner")
@signed_in
def ask_form(organisation: str, key: str, slug: str) -> ResponseReturnValue:
    acting, project = to_work_on(organisation, key)
    require(writes_for, me(), acting)
    return _ask_page(acting, project, queries.candidate(slug), PartForm(formdata=None))


@mine.post(ASK)
@signed_in
@limiter.limit("60/hour")
def ask(organisation: str, key: str, slug: str) -> ResponseReturnValue:
    acting, project = to_work_on(organisation, key, to_change=True)
    require(writes_for, me(), acting)
    named, form = queries.candidate(slug), PartForm()
    if not form.validate_on_submit():
        return _ask_page(acting, project, named, form)
    services.ask(project, named, by=me(), for_=acting, **form.values())
    flash(_("%(name)s ist gefragt und hat 30 Tage Zeit zu antworten.", name=named.name))
    return _to_the_list(organisation, key)


@mine.get(ONE, endpoint="part")
@signed_in
def show(organisation: str, key: str, part_id: int) -> ResponseReturnValue:
    acting, project = to_work_on(organisation, key)
    return _part_page(acting, project, queries.part_in(project, part_id))


@mine.post(f"{ONE}/aendern", endpoint="change_part")
@signed_in
def change(organisation: str, key: str, part_id: int) -> ResponseReturnValue:
    acting, project, part = _to_change(organisation, key, part_id)
    require(writes_for, me(), acting)
    form = PartForm()
    if not form.validate_on_submit():
        return _part_page(acting, project, part, changing=form)
    services.change_part(part, by=me(), for_=acting, seen_version=shown_version(), **form.values())
    flash(_("Die Anfrage ist geändert."))
    return redirect(url_for(".part", organisation=organisation, key=key, part_id=part_id), 303)


@mine.post(f"{ONE}/erinnern", endpoint="remind_part")
@signed_in
@limiter.limit("60/hour")
def remind(organisation: str, key: str, part_id: int) -> ResponseReturnValue:
    acting, _project, part = _to_change(organisation, key, part_id)
    services.remind(part, by=me(), for_=acting, seen_version=shown_version())
    flash(_("%(name)s hat eine Erinnerung erhalten.", name=part.organisation.name))
    return _to_the_list(organisation, key)


@mine.post(f"{ONE}/rolle", endpoint="give_part_role")
@signed_in
def give_role(organisation: str, key: str, part_id: int) -> ResponseReturnValue:
    acting, project, part = _to_change(organisation, key, part_id)
    require(policies.may_offer, me(), part)
    form = PartRoleForm(offered=offered_to(part))
    if not form.validate_on_submit():
        return _part_page(acting, project, part, giving=form)
    services.give_role(part, by=me(), for_=acting, seen_version=shown_version(), **form.values())
    if part.offered_role:
        flash(_("%(name)s ist gefragt. Bis zur Zusage bleibt alles.", name=part.organisation.name))
    else:
        flash(_("%(name)s: %(role)s.", name=part.organisation.name, role=part.role.label))
    return redirect(url_for(".part", organisation=organisation, key=key, part_id=part_id), 303)


@mine.post(f"{ONE}/rolle-zuruecknehmen", endpoint="take_offer_back")
@signed_in
def take_offer_back(organisation: str, key: str, part_id: int) -> ResponseReturnValue:
    acting, _project, part = _to_change(organisation, key, part_id)
    services.take_offer_back(part, by=me(), for_=acting, seen_version=shown_version())
    flash(_("Das Angebot ist zurückgenommen."))
    return redirect(url_for(".part", organisation=organisation, key=key, part_id=part_id), 303)


@mine.post(f"{ONE}/entfernen", endpoint="drop_part")
@signed_in
def drop(organisation: str, key: str, part_id: int) -> ResponseReturnValue:
    acting, _project, part = _to_change(organisation, key, part_id)
    was_named = part.is_public
    services.drop(part, by=me(), for_=acting, seen_version=shown_version())
    if was_named:
        flash(_("%(name)s steht nicht mehr beim Projekt.", name=part.organisation.name))
    else:
        flash(_("Die Anfrage an %(name)s ist zurückgenommen.", name=part.organisation.name))
    return _to_the_list(organisation, key)


def _to_change(
    organisation: str, key: str, part_id: int
) -> tuple[Organisation, Project, Participation]:
    acting, project = to_work_on(organisation, key, to_change=True)
    return acting, project, queries.part_in(project, part_id)


def _to_the_list(organisation: str, key: str) -> ResponseReturnValue:
    return redirect(url_for(".parts", organisation=organisation, key=key), 303)


def _ask_page(
    acting: Organisation, project: Project, named: Organisation, form: PartForm
) -> ResponseReturnValue:
    return page(
        "projects/mine/ask.html",
        organisation=acting,
        project=project,
        named=named,
        hint=queries.why_not(project, named),
        form=form,
    )


def _part_page(
    acting: Organisation,
    project: Project,
    part: Participation,
    *,
    changing: PartForm | None = None,
    giving: PartRoleForm | None = None,
) -> ResponseReturnValue:
    asked: dict[str, Any] = {"role": part.role.value, "note": part.note}
    writes = writes_for(me(), acting)
    return page(
        "projects/mine/part.html",
        organisation=acting,
        project=project,
        part=part,
        writes=writes,
        steps={step.name for step in PARTS.open_to(me(), part)} if writes else set(),
        may_remind=writes and queries.may_be_reminded(part),
        changing_form=changing or PartForm(formdata=None, data=asked),
        giving_form=giving or PartRoleForm(formdata=None, offered=offered_to(part)),
    )

"""What an organisation can do, kept by its owners and editors."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import signed_in
from portal.accounts.sessions import me
from portal.core.pages import page, shown_version
from portal.core.rules import require
from portal.partners import policies, queries, services
from portal.partners.evidence import project_choices
from portal.partners.forms import ClaimForm, EvidenceForm, said_in
from portal.partners.models import MOST_CLAIMS, CompetenceClaim, Organisation
from portal.topics.queries import find_competence, find_theme

bp = Blueprint("my_competences", __name__, url_prefix="/mein/<organisation>/kompetenzen")
CLAIM = "/<int(max=2147483647):claim_id>"


@bp.get("", endpoint="index")
@signed_in
def index(organisation: str) -> ResponseReturnValue:
    acting = queries.acted_for(organisation, by=me())
    claims = queries.claims_of(acting)
    return page(
        "partners/mine/competences.html",
        organisation=acting,
        claims=claims,
        most=MOST_CLAIMS,
        may_claim=policies.may_claim(me(), acting),
    )


@bp.get("/neu", endpoint="new")
@signed_in
def new(organisation: str) -> ResponseReturnValue:
    """The address may name theme and competence; the form then begins with them."""
    acting = _claiming(organisation)
    theme = find_theme(request.args.get("thema", ""))
    competence = find_competence(request.args.get("kompetenz", ""))
    first = {
        "theme_id": theme.id if theme else "",
        "competence_id": competence.id if competence and competence.is_offered else "",
    }
    return _new(acting, ClaimForm(formdata=None, projects=project_choices(acting.id), data=first))


@bp.post("/neu")
@signed_in
def claim(organisation: str) -> ResponseReturnValue:
    acting = _claiming(organisation)
    form = ClaimForm(projects=project_choices(acting.id))
    if not form.validate_on_submit():
        return _new(acting, form)
    services.claim(
        acting,
        form.said(),
        theme_id=form.theme_id.data,
        competence_id=form.competence_id.data,
        by=me(),
    )
    flash(_("Ihre Kompetenz steht jetzt auf Ihrer Seite und in der Kompetenzkarte."))
    return redirect(url_for(".index", organisation=organisation), 303)


@bp.get(CLAIM, endpoint="edit")
@signed_in
def edit(organisation: str, claim_id: int) -> ResponseReturnValue:
    acting = _claiming(organisation)
    claim = queries.claim_of(acting, claim_id)
    return _edit(
        claim, EvidenceForm(formdata=None, projects=project_choices(acting.id), data=said_in(claim))
    )


@bp.post(CLAIM)
@signed_in
def save(organisation: str, claim_id: int) -> ResponseReturnValue:
    acting = _claiming(organisation)
    claim = queries.claim_of(acting, claim_id)
    form = EvidenceForm(projects=project_choices(acting.id))
    if not form.validate_on_submit():
        return _edit(claim, form)
    services.change_claim(claim, form.said(), by=me(), seen_version=shown_version())
    flash(_("Die Änderungen sind gespeichert."))
    return redirect(url_for(".index", organisation=organisation), 303)


@bp.post(f"{CLAIM}/entfernen", endpoint="remove")
@signed_in
def remove(organisation: str, claim_id: int) -> ResponseReturnValue:
    acting = _claiming(organisation)
    claim = queries.claim_of(acting, claim_id)
    name = claim.competence.name
    services.remove_claim(claim, by=me(), seen_version=shown_version())
    flash(_("%(name)s steht nicht mehr in Ihrer Liste.", name=name))
    return redirect(url_for(".index", organisation=organisation), 303)


@bp.post("/bestaetigen", endpoint="confirm")
@signed_in
def confirm(organisation: str) -> ResponseReturnValue:
    services.confirm_claims(queries.acted_for(organisation, by=me()), by=me())
    flash(_("Danke. Alle Kompetenzen gelten als heute bestätigt."))
    return redirect(url_for(".index", organisation=organisation), 303)


@bp.post("/stichworte", endpoint="drop_keywords")
@signed_in
def drop_keywords(organisation: str) -> ResponseReturnValue:
    acting = queries.acted_for(organisation, by=me())
    services.drop_keywords(acting, by=me(), seen_version=shown_version())
    flash(_("Die alten Stichworte sind entfernt."))
    return redirect(url_for(".index", organisation=organisation), 303)


def _claiming(organisation: str) -> Organisation:
    acting = queries.acted_for(organisation, by=me())
    require(policies.may_claim, me(), acting)
    return acting


def _new(acting: Organisation, form: ClaimForm) -> ResponseReturnValue:
    return page("partners/mine/new_competence.html", organisation=acting, form=form)


def _edit(claim: CompetenceClaim, form: EvidenceForm) -> ResponseReturnValue:
    return page(
        "partners/mine/competence.html", organisation=claim.organisation, claim=claim, form=form
    )

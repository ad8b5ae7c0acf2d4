"""What an organisation says of its competences. One after the other per organisation, so that
nothing is said twice and the limit holds."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from sqlalchemy import select, update

from portal.accounts.models import User
from portal.core.database import db
from portal.core.errors import Conflict
from portal.core.facts import Fact, tell
from portal.core.rules import require
from portal.core.times import now
from portal.core.workflows import check_version
from portal.partners.facts import (
    CompetenceClaimChanged,
    CompetenceClaimed,
    CompetenceClaimRemoved,
    CompetencesConfirmed,
    ProfileChanged,
)
from portal.partners.models import (
    MOST_CLAIMS,
    CompetenceClaim,
    CompetenceLevel,
    EvidenceKind,
    Organisation,
)
from portal.partners.policies import may_claim
from portal.partners.queries.competences import claim_count, find_claim
from portal.partners.services.directory import index_partner
from portal.partners.services.locks import lock
from portal.topics.models import Competence

CLAIMED_ALREADY = _l(
    "Diese Kompetenz steht in diesem Thema schon in Ihrer Liste. Ändern Sie den Eintrag dort."
)
FULL = _l(
    "Mehr als %(most)s Kompetenzen passen nicht in Ihre Liste. Entfernen Sie erst eine andere.",
    most=MOST_CLAIMS,
)
NOT_OFFERED = _l("Diese Kompetenz wird nicht mehr angeboten. Wählen Sie eine andere.")


@dataclass(frozen=True, kw_only=True)
class Said:
    """How well, and what shows it: a project of the portal by its key, or title and address."""

    level: CompetenceLevel
    evidence_kind: EvidenceKind
    evidence_title: str = ""
    evidence_url: str = ""
    evidence_key: str = ""


def claim(
    organisation: Organisation, said: Said, *, theme_id: int, competence_id: int, by: User
) -> CompetenceClaim:
    """Shows at once. Raises Denied, and Conflict for what is claimed already, for a full list and
    for a competence that the office has taken away meanwhile."""
    require(may_claim, by, organisation)
    lock(organisation)
    if find_claim(organisation, theme_id, competence_id):
        raise Conflict("claimed already", about=organisation, message=CLAIMED_ALREADY)
    if claim_count(organisation) >= MOST_CLAIMS:
        raise Conflict("the list is full", about=organisation, message=FULL)
    _hold_offered(competence_id, organisation)
    claimed = CompetenceClaim(
        organisation=organisation,
        theme_id=theme_id,
        competence_id=competence_id,
        claimed_at=now(),
    )
    _fill(claimed, said)
    db.session.add(claimed)
    _told(CompetenceClaimed, claimed, by=by)
    return claimed


def change_claim(claimed: CompetenceClaim, said: Said, *, by: User, seen_version: int) -> None:
    """Level and evidence; what is claimed stays. Raises Denied, Conflict for another version."""
    require(may_claim, by, claimed.organisation)
    check_version(claimed, seen_version)
    _fill(claimed, said)
    _told(CompetenceClaimChanged, claimed, by=by)


def remove_claim(claimed: CompetenceClaim, *, by: User, seen_version: int) -> None:
    """It is gone from all pages at once. Raises Denied, Conflict for another version."""
    organisation, note = claimed.organisation, _in_words(claimed)
    require(may_claim, by, organisation)
    check_version(claimed, seen_version)
    db.session.delete(claimed)
    db.session.flush()
    index_partner(organisation)
    tell(CompetenceClaimRemoved(by=by, for_=organisation, about=organisation, note=note))


def confirm_claims(organisation: Organisation, *, by: User) -> None:
    """All of them are right as of now. Nothing is overwritten by that, so no version is asked for,
    and no form that a colleague has open grows old."""
    require(may_claim, by, organisation)
    all_of_them = update(CompetenceClaim).where(CompetenceClaim.organisation_id == organisation.id)
    db.session.execute(all_of_them.values(confirmed_at=now()))
    tell(CompetencesConfirmed(by=by, for_=organisation, about=organisation))


def drop_keywords(organisation: Organisation, *, by: User, seen_version: int) -> None:
    """The free words from before there were competences to choose; the history keeps them."""
    require(may_claim, by, organisation)
    check_version(organisation, seen_version)
    words, organisation.competences = organisation.competences, ""
    db.session.flush()
    index_partner(organisation)
    tell(ProfileChanged(by=by, for_=organisation, about=organisation, note=words))


def _hold_offered(competence_id: int, organisation: Organisation) -> None:
    """Until the commit the office neither archives nor merges it."""
    offered = select(Competence.id).where(
        Competence.id == competence_id, Competence.archived_at.is_(None)
    )
    if db.session.scalar(offered.with_for_update(read=True)) is None:
        raise Conflict("not offered any more", about=organisation, message=NOT_OFFERED)


def _fill(claimed: CompetenceClaim, said: Said) -> None:
    claimed.level = said.level
    claimed.evidence_kind = said.evidence_kind
    claimed.evidence_title = said.evidence_title
    claimed.evidence_url = said.evidence_url
    claimed.evidence_key = said.evidence_key
    claimed.confirmed_at = now()


def _told(kind: type[Fact], claimed: CompetenceClaim, *, by: User) -> None:
    db.session.flush()
    organisation = claimed.organisation
    index_partner(organisation)
    tell(kind(by=by, for_=organisation, about=organisation, note=_in_words(claimed)))


def _in_words(claimed: CompetenceClaim) -> str:
    """For the history, in its language."""
    level = claimed.level.kept_label
    return f"{claimed.competence.name}, {claimed.theme.name}: {level}"

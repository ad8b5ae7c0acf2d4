"""The office keeps the words that partners choose from. A name changes, the address stays; what is
used is never deleted."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from portal.accounts.models import User
from portal.core.database import db
from portal.core.errors import Conflict
from portal.core.facts import tell
from portal.core.rules import require
from portal.core.text import unique_slug
from portal.core.times import now
from portal.core.workflows import check_version
from portal.partners.facts import (
    CompetenceAdded,
    CompetenceArchived,
    CompetenceChanged,
    CompetenceDeleted,
    CompetenceRestored,
)
from portal.partners.models import CompetenceClaim, Organisation
from portal.partners.policies import may_keep_competences
from portal.partners.queries.taxonomy import all_competences, claims_with
from portal.partners.services.directory import index_partner
from portal.topics.models import Competence

RESERVED = frozenset({"neu"})
TAKEN = _l("Diesen Namen gibt es schon. Nehmen Sie einen anderen.")
IN_USE = _l("Diese Kompetenz wird verwendet. Archivieren Sie sie, statt sie zu löschen.")
MERGED = _l("Diese Kompetenz ist in einer anderen aufgegangen. Dort geht es weiter.")


@dataclass(frozen=True, kw_only=True)
class Wording:
    """`after_id` names the competence that it stands behind, 0 puts it first."""

    name: str
    explanation: str
    after_id: int


def add_competence(wording: Wording, *, by: User) -> Competence:
    """Offered at once. Raises Denied, Conflict for a name that is taken."""
    require(may_keep_competences, by, None)
    _refuse_taken(wording.name)
    competence = Competence(
        slug=unique_slug(wording.name, _is_taken, RESERVED, max_length=60),
        name=wording.name,
        explanation=wording.explanation,
        order=0,
    )
    db.session.add(competence)
    db.session.flush()
    _stand_behind(competence, wording.after_id)
    tell(CompetenceAdded(by=by, about=competence))
    return competence


def change_competence(
    competence: Competence, wording: Wording, *, by: User, seen_version: int
) -> None:
    """Whoever claims it is found by the new name at once. Raises Denied, Conflict."""
    require(may_keep_competences, by, competence)
    check_version(competence, seen_version)
    former = competence.name
    if wording.name != former:
        _refuse_taken(wording.name, but=competence.id)
    competence.name, competence.explanation = wording.name, wording.explanation
    db.session.flush()
    _stand_behind(competence, wording.after_id)
    if wording.name != former:
        _find_anew(claims_with(competence))
    note = former if wording.name != former else ""
    tell(CompetenceChanged(by=by, about=competence, note=note))


def archive_competence(competence: Competence, *, by: User, seen_version: int) -> None:
    """Nobody can choose it from now on; who claims it keeps it."""
    require(may_keep_competences, by, competence)
    check_version(competence, seen_version)
    competence.archived_at = competence.archived_at or now()
    db.session.flush()
    tell(CompetenceArchived(by=by, about=competence))


def restore_competence(competence: Competence, *, by: User, seen_version: int) -> None:
    """Raises Conflict for one that was merged into another."""
    require(may_keep_competences, by, competence)
    check_version(competence, seen_version)
    if competence.merged_into_id:
        raise Conflict("merged into another", about=competence, message=MERGED)
    competence.archived_at = None
    db.session.flush()
    tell(CompetenceRestored(by=by, about=competence))


def delete_competence(competence: Competence, *, by: User, seen_version: int) -> None:
    """What nothing points to, wherever that might stand: the database knows. Raises Conflict."""
    require(may_keep_competences, by, competence)
    check_version(competence, seen_version)
    try:
        with db.session.begin_nested():
            db.session.delete(competence)
    except IntegrityError as error:
        raise Conflict("in use", message=IN_USE) from error
    tell(CompetenceDeleted(by=by, about=competence))


def merge_competence(
    competence: Competence, into: Competence, *, by: User, seen_version: int
) -> None:
    """Its claims become claims of the other one, and its address leads there. Who claims both in
    one theme keeps the higher level with its evidence. Raises Denied, Conflict."""
    require(may_keep_competences, by, competence)
    both = select(Competence.id).where(Competence.id.in_([competence.id, into.id]))
    db.session.execute(both.order_by(Competence.id).with_for_update())
    check_version(competence, seen_version)
    if into.id == competence.id or into.archived_at or competence.merged_into_id:
        raise Conflict("not possible with these two", about=competence)
    moved = claims_with(competence)
    kept = {(one.organisation_id, one.theme_id): one for one in claims_with(into)}
    for claim in moved:
        _move(claim, into, kept.get((claim.organisation_id, claim.theme_id)))
    competence.archived_at = competence.archived_at or now()
    competence.merged_into_id = into.id
    earlier = update(Competence).where(Competence.merged_into_id == competence.id)
    db.session.execute(earlier.values(merged_into_id=into.id))
    db.session.flush()
    _find_anew(claims_with(into))
    tell(CompetenceArchived(by=by, about=competence, note=into.name))


def _move(claim: CompetenceClaim, into: Competence, other: CompetenceClaim | None) -> None:
    if other is not None:
        loser = claim if claim.level.rank <= other.level.rank else other
        db.session.delete(loser)
        db.session.flush()
        if loser is claim:
            return
    claim.competence_id = into.id
    db.session.flush()


def _find_anew(claims: list[CompetenceClaim]) -> None:
    ids = sorted({claim.organisation_id for claim in claims})
    for organisation_id in ids:
        organisation = db.session.get(Organisation, organisation_id)
        if organisation:
            index_partner(organisation)


def _stand_behind(competence: Competence, after_id: int) -> None:
    """Numbers all of them anew. The places of the others are no text of theirs: forms that are open
    elsewhere stay valid."""
    others = [one for one in db.session.scalars(all_competences()) if one.id != competence.id]
    place = next((at for at, one in enumerate(others, 1) if one.id == after_id), 0)
    others.insert(place, competence)
    for number, one in enumerate(others, 1):
        if one.order != number:
            row = update(Competence).where(Competence.id == one.id).values(order=number)
            db.session.execute(row.execution_options(synchronize_session=False))
            db.session.refresh(one, ["order"])


def _refuse_taken(name: str, *, but: int = 0) -> None:
    same = select(Competence.id).where(
        func.lower(Competence.name) == name.lower(), Competence.id != but
    )
    if db.session.scalar(same.limit(1)):
        raise Conflict("the name is taken", message=TAKEN)


def _is_taken(slug: str) -> bool:
    return db.session.scalar(select(Competence.id).where(Competence.slug == slug)) is not None

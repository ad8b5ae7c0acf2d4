"""Imports, what the portal knows already, and which organisations of an import somebody touched."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, Table, or_, select
from sqlalchemy.orm import joinedload

from portal.core.database import Base, db
from portal.core.errors import Hidden
from portal.core.search.analysis import fold
from portal.partners.models import ImportState, Membership, Organisation, PartnerImport

OWN = {"membership", "organisation_theme"}  # what an import makes itself
CHANGED = "changed"
WHY_IT_STAYS = {  # the table that names the organisation
    CHANGED: _l("Sie wurde seitdem bearbeitet."),
    "affiliation": _l("Jemand hat sie übernommen."),
    "invitation": _l("Jemand ist zu ihr eingeladen."),
    "join_request": _l("Jemand möchte für sie sprechen."),
    "application": _l("Sie gehört zu einem Partnerantrag."),
    "project": _l("Sie stellt ein Projekt vor."),
    "participation": _l("Sie wirkt an einem Projekt mit."),
    "seat": _l("Sie hat einen Platz in einem Expertenteam."),
    "signature": _l("Sie hat die Erklärung unterzeichnet."),
    "provisional_signature": _l("Sie hat die Erklärung unterzeichnet."),
}
ELSEWHERE = _l("Sie wird an anderer Stelle im Portal genannt.")


def why_it_stays(reason: str) -> str:
    """In words, also for tables that came later."""
    return str(WHY_IT_STAYS.get(reason, ELSEWHERE))


def all_imports() -> Select[PartnerImport]:
    """The newest first."""
    rows = select(PartnerImport).options(joinedload(PartnerImport.by))
    return rows.order_by(PartnerImport.at.desc(), PartnerImport.id.desc())


def import_with_id(import_id: int) -> PartnerImport:
    """Raises Hidden where there is none."""
    record = db.session.get(PartnerImport, import_id, populate_existing=True)
    if record is None:
        raise Hidden("no such import")
    return record


def waiting_import(digest: str) -> PartnerImport | None:
    """The same file, checked and not carried out yet."""
    rows = select(PartnerImport).where(
        PartnerImport.digest == digest, PartnerImport.state == ImportState.CHECKED
    )
    return db.session.scalar(rows)


def known_signs() -> dict[tuple[str, ...], str]:
    """By what every organisation of the portal is known again, and its slug. One statement."""
    rows = db.session.execute(
        select(
            Organisation.slug,
            Organisation.folded_name,
            Organisation.register_court,
            Organisation.register_number,
        ).order_by(Organisation.id.desc())
    )
    found: dict[tuple[str, ...], str] = {}
    for slug, name, court, number in rows:
        if name:
            found[("name", name)] = slug
        if number:
            found[("register", fold(court), number)] = slug
    return found


def all_slugs() -> set[str]:
    return set(db.session.scalars(select(Organisation.slug)))


def organisations_of_import(record: PartnerImport) -> list[int]:
    """Their ids, held until the commit: nobody joins or changes them meanwhile."""
    rows = select(Organisation.id).where(Organisation.import_id == record.id)
    return list(db.session.scalars(rows.order_by(Organisation.id).with_for_update()))


def touched(record: PartnerImport) -> dict[int, str]:
    """Which organisations of an import are no longer as it left them, and why: "changed", or the
    table that names them. Whatever feature is built above: its table is asked, too."""
    found = dict.fromkeys(_changed(record), CHANGED)
    for table, column in _references():
        rows = (
            select(column)
            .join(Organisation, Organisation.id == column)
            .where(Organisation.import_id == record.id)
        )
        found |= dict.fromkeys(db.session.scalars(rows.distinct()), table.name)
    return found


def _changed(record: PartnerImport) -> Iterable[int]:
    """Edited since (an import leaves the first version), or with another membership."""
    rows = (
        select(Organisation.id)
        .outerjoin(Organisation.memberships)
        .where(
            Organisation.import_id == record.id,
            or_(
                Organisation.version != 1,
                Membership.id.is_(None),
                Membership.until.is_not(None),
                Membership.application_id.is_not(None),
            ),
        )
    )
    return db.session.scalars(rows)


def _references() -> list[tuple[Table, Any]]:
    return [
        (table, key.parent)
        for table in Base.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name == "organisation" and table.name not in OWN
    ]

"""An import is taken back: whoever nobody has touched since leaves the portal again."""

from collections.abc import Iterator, Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete

from portal.accounts.models import User
from portal.core.database import db
from portal.core.errors import Conflict
from portal.core.generation import wait_for_publishers
from portal.core.languages import speaking
from portal.core.rules import require
from portal.partners.models import (
    Membership,
    Organisation,
    OrganisationTheme,
    PartnerImport,
)
from portal.partners.policies import may_import
from portal.partners.queries.imports import organisations_of_import, touched
from portal.partners.services.directory import forget_partners
from portal.partners.workflow import IMPORTS

AT_ONCE = 500
ALL_STAY = _l(
    "Keine dieser Organisationen ist mehr so, wie der Import sie angelegt hat. Deshalb bleiben"
    " alle."
)


def take_back(record: PartnerImport, *, by: User | None, seen_version: int) -> PartnerImport:
    """Raises Denied, and Conflict for who comes second or when everybody stays."""
    require(may_import, by, record)
    wait_for_publishers()
    db.session.refresh(record)
    IMPORTS.check("take_back", record, by=by, seen_version=seen_version)
    entered = organisations_of_import(record)
    staying = touched(record)
    going = [one for one in entered if one not in staying]
    if not going:
        raise Conflict("everybody was touched", about=record, message=ALL_STAY)

    def remove() -> None:
        for ids in _in_parts(going):
            _remove(ids)
        record.kept = len(staying)
        record.rows = [_told(row, set(going), staying) for row in record.rows]

    with speaking():  # the history is kept in one language
        note = _("%(gone)s entfernt, %(kept)s geblieben", gone=len(going), kept=len(staying))
    IMPORTS.take("take_back", record, by=by, note=note, seen_version=seen_version, meanwhile=remove)
    return record


def _in_parts(ids: list[int]) -> Iterator[list[int]]:
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))


def _remove(ids: Sequence[int]) -> None:
    forget_partners(ids)
    for column in (OrganisationTheme.organisation_id, Membership.organisation_id, Organisation.id):
        gone = delete(column.class_).where(column.in_(ids))
        db.session.execute(gone.execution_options(synchronize_session=False))
    db.session.expire_all()


def _told(row: dict[str, object], going: set[int], staying: dict[int, str]) -> dict[str, object]:
    organisation = row.get("organisation")
    if not isinstance(organisation, int):
        return row
    return row | ({"gone": True} if organisation in going else {"stays": staying[organisation]})

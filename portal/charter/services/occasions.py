"""Signing on the day: the office opens an occasion, and phones sign provisionally."""

from datetime import date

from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from portal.accounts.models import User
from portal.accounts.queries import folded as folded_address
from portal.charter.facts import OccasionChanged, OccasionPlanned, ProvisionallySigned
from portal.charter.models import Declaration, Occasion, ProvisionalSignature
from portal.charter.policies import may_plan
from portal.charter.queries.occasions import code_is_taken, find_given
from portal.charter.workflow import OCCASIONS
from portal.core.codes import new_short_code
from portal.core.database import db
from portal.core.errors import Conflict
from portal.core.facts import tell
from portal.core.generation import raise_generation
from portal.core.rules import require
from portal.core.times import now
from portal.core.workflows import check_version
from portal.partners.likeness import folded_name
from portal.partners.models import OrganisationKind

IT_IS_OVER = _l("Die Unterzeichnung vor Ort ist geschlossen. Wenden Sie sich an das Projektbüro.")


def plan_occasion(
    *, by: User, title: str, day: date, declaration: Declaration, shows_provisional: bool
) -> Occasion:
    require(may_plan, by, None)
    code = new_short_code()
    while code_is_taken(code):
        code = new_short_code()
    occasion = Occasion(
        code=code,
        title=title,
        day=day,
        declaration=declaration,
        shows_provisional=shows_provisional,
        created_at=now(),
    )
    db.session.add(occasion)
    db.session.flush()
    tell(OccasionPlanned(by=by, about=occasion))
    return occasion


def change_occasion(
    occasion: Occasion,
    *,
    by: User,
    title: str,
    day: date,
    shows_provisional: bool,
    seen_version: int,
) -> None:
    """The version that is signed there stays: it may have been signed already."""
    require(may_plan, by, occasion)
    check_version(occasion, seen_version)
    occasion.title = title
    occasion.day = day
    occasion.shows_provisional = shows_provisional
    db.session.flush()
    tell(OccasionChanged(by=by, about=occasion))


def open_occasion(occasion: Occasion, *, by: User, seen_version: int) -> None:
    require(may_plan, by, occasion)
    OCCASIONS.take("open", occasion, by=by, seen_version=seen_version)


def close_occasion(occasion: Occasion, *, by: User, seen_version: int) -> None:
    """What was given there still waits for the office."""
    require(may_plan, by, occasion)
    OCCASIONS.take("close", occasion, by=by, seen_version=seen_version)


def give(
    occasion: Occasion,
    *,
    organisation_name: str,
    kind: OrganisationKind,
    first_name: str,
    last_name: str,
    function: str,
    email: str,
    language: str,
) -> bool:
    """On a phone, by anybody. False when this name has signed here already: nothing is stored, and
    the caller learns nothing else. Raises Conflict when the occasion is closed."""
    if not occasion.is_open:
        raise Conflict("the occasion is closed", about=occasion, message=IT_IS_OVER)
    folded = folded_name(organisation_name)
    if find_given(occasion, folded):
        return False
    given = ProvisionalSignature(
        occasion=occasion,
        organisation_name=organisation_name,
        folded_name=folded,
        kind=kind,
        first_name=first_name,
        last_name=last_name,
        function=function,
        email=folded_address(email),
        language=language,
        given_at=now(),
    )
    try:
        with db.session.begin_nested():
            db.session.add(given)
    except IntegrityError:  # two phones of one organisation, at the same moment
        return False
    tell(ProvisionallySigned(by=None, about=given, note=occasion.title))
    if occasion.shows_provisional:
        raise_generation()
    return True

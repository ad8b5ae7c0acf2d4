"""The office checks what was signed on the day: it becomes a partner's signature, or not."""

from flask_babel import lazy_gettext as _l

from portal.accounts.models import User
from portal.charter.facts import SignatureGiven
from portal.charter.models import ProvisionalSignature, Way
from portal.charter.policies import is_member, may_check
from portal.charter.services.signing import new_signature
from portal.charter.workflow import PROVISIONAL
from portal.core.database import db
from portal.core.errors import Conflict, Denied
from portal.core.facts import tell
from portal.core.rules import require
from portal.core.times import now
from portal.core.workflows import check_version
from portal.partners.models import Organisation
from portal.partners.services.locks import lock
from portal.partners.services.persons import person_behind
from portal.partners.ties import is_tied

NO_MEMBER = _l("Diese Organisation ist zurzeit nicht Mitglied der Allianz.")


def accept(
    given: ProvisionalSignature, organisation: Organisation, *, by: User, seen_version: int
) -> None:
    """It becomes the standing signature of this partner, dated when it was given. Raises Denied for
    who is tied to either name, Conflict for who comes second or when one stands already."""
    require(may_check, by, given)
    if is_tied(by, organisation.id):
        raise Denied("tied to the organisation", about=given)
    if not is_member(by, organisation):
        raise Conflict("no member", about=organisation, message=NO_MEMBER)
    _hold(given)
    check_version(given, seen_version)
    lock(organisation)
    person = _person_of(given)
    signature = new_signature(
        given.occasion.declaration,
        organisation,
        signer=person,
        name=given.full_name,
        function=given.function,
        way=Way.ON_THE_DAY,
        at=given.given_at,
    )

    def close() -> None:
        _decided(given, by=by, person=person)
        given.organisation = organisation
        given.signature = signature

    PROVISIONAL.take(
        "accept", given, by=by, for_=organisation, seen_version=seen_version, meanwhile=close
    )
    tell(SignatureGiven(by=by, for_=organisation, about=signature, note=given.occasion.title))


def decline(given: ProvisionalSignature, *, by: User, reason: str, seen_version: int) -> None:
    """The person reads the reason, and the way to become a partner."""
    require(may_check, by, given)
    _hold(given)

    def close() -> None:
        _decided(given, by=by, person=_person_of(given))
        given.reason = reason

    PROVISIONAL.take(
        "decline", given, by=by, note=reason, seen_version=seen_version, meanwhile=close
    )


def _hold(given: ProvisionalSignature) -> None:
    """One after the other: both answers touch this row and add the same person, and in two orders
    they would wait for each other for ever."""
    db.session.refresh(given, with_for_update=True)


def _person_of(given: ProvisionalSignature) -> User:
    """Only now that somebody has looked at it: phones add no rows for people."""
    return person_behind(
        given.email,
        first_name=given.first_name,
        last_name=given.last_name,
        language=given.language,
    )


def _decided(given: ProvisionalSignature, *, by: User, person: User) -> None:
    given.decided_at = now()
    given.decided_by_id = by.id
    given.person_id = person.id

"""An organisation names the person who may sign for it; that person signs or refuses by a link."""

from portal.accounts.models import User
from portal.charter.facts import SignatoryAskedAgain, SignatoryNamed
from portal.charter.models import Nomination, NominationState, Signature, Way
from portal.charter.policies import may_sign, names_for
from portal.charter.queries.signatures import standing_signature
from portal.charter.services.ending import end_nomination, end_open_nomination
from portal.charter.services.signing import SIGNED_ALREADY, new_signature, shown_version_of
from portal.charter.workflow import NOMINATIONS
from portal.core.database import db
from portal.core.errors import Conflict
from portal.core.facts import tell
from portal.core.rules import require
from portal.core.times import now
from portal.partners.models import Organisation
from portal.partners.services.links import count_a_link
from portal.partners.services.locks import lock
from portal.partners.services.persons import person_behind


def name_signatory(
    organisation: Organisation,
    *,
    by: User,
    first_name: str,
    last_name: str,
    function: str,
    email: str,
    language: str,
    subject: str,
    seen_number: int,
) -> Nomination:
    """The person gets a link by mail; a link that somebody got before opens nothing any more.
    `subject` stands for the address among the attempts. Raises Denied, TooOften, and Conflict when
    the version is another one or signed already."""
    require(may_sign, by, organisation)
    lock(organisation)
    declaration = shown_version_of(seen_number)
    if standing_signature(organisation, declaration):
        raise Conflict("signed already", about=organisation, message=SIGNED_ALREADY)
    count_a_link(subject)
    end_open_nomination(organisation, by=by)
    moment = now()
    nomination = Nomination(
        declaration=declaration,
        organisation=organisation,
        person=person_behind(email, first_name=first_name, last_name=last_name, language=language),
        first_name=first_name,
        last_name=last_name,
        function=function,
        named_by=by,
        named_at=moment,
        asked_at=moment,
    )
    db.session.add(nomination)
    db.session.flush()
    tell(SignatoryNamed(by=by, for_=organisation, about=nomination, note=nomination.full_name))
    return nomination


def take_back(nomination: Nomination, *, by: User, seen_version: int) -> None:
    require(names_for, by, nomination)
    lock(nomination.organisation)
    end_nomination(nomination, by=by, seen_version=seen_version)


def ask_again(nomination: Nomination, *, subject: str) -> None:
    """A new link by mail for who held an expired one. Raises TooOften, or Conflict when it was
    answered."""
    if nomination.state is not NominationState.OPEN:
        raise Conflict("answered already", about=nomination)
    count_a_link(subject)
    nomination.burn_links()
    nomination.asked_at = now()
    db.session.flush()
    tell(SignatoryAskedAgain(by=nomination.person, for_=nomination.organisation, about=nomination))


def sign_by_link(
    nomination: Nomination,
    *,
    name: str,
    function: str,
    named_in_public: bool,
    seen_version: int,
) -> Signature:
    """The link is used up. Raises Conflict when it was answered or somebody else has signed."""
    organisation = nomination.organisation
    lock(organisation)
    signature = new_signature(
        nomination.declaration,
        organisation,
        signer=nomination.person,
        name=name,
        function=function,
        named_in_public=named_in_public,
        way=Way.LINK,
    )

    def close() -> None:
        _answered(nomination)
        nomination.signature = signature

    NOMINATIONS.take(
        "sign",
        nomination,
        by=nomination.person,
        for_=organisation,
        note=function,
        seen_version=seen_version,
        about=signature,
        meanwhile=close,
    )
    return signature


def refuse(nomination: Nomination, *, reason: str, seen_version: int) -> None:
    """Who named them reads the reason."""

    def close() -> None:
        _answered(nomination)
        nomination.reason = reason

    NOMINATIONS.take(
        "refuse",
        nomination,
        by=nomination.person,
        for_=nomination.organisation,
        note=reason,
        seen_version=seen_version,
        meanwhile=close,
    )


def _answered(nomination: Nomination) -> None:
    nomination.answered_at = now()
    nomination.burn_links()

"""Letters about the declaration: who was named hears of the link, owners hear what was signed and
what does not stand any more, the office's leaders hear of withdrawals."""

from typing import Any

from portal.accounts import queries as accounts
from portal.accounts.models import User
from portal.charter.facts import (
    NominationTakenBack,
    ProvisionalAccepted,
    ProvisionalDeclined,
    SignatoryAskedAgain,
    SignatoryNamed,
    SignatureGiven,
    SignatureRefused,
    SignatureRevoked,
    SignatureWithdrawn,
)
from portal.charter.models import Nomination, ProvisionalSignature, Signature, Way
from portal.charter.queries import LINK_LASTS, who_asked_for
from portal.core.database import db
from portal.core.facts import Fact, on
from portal.notifications.services import write
from portal.partners import queries as partners
from portal.partners.models import AffiliationRole, Organisation


@on(SignatoryNamed)
def ask_to_sign(fact: SignatoryNamed) -> None:
    _send_the_link("charter/signatory_named", fact)


@on(SignatoryAskedAgain)
def ask_to_sign_again(fact: SignatoryAskedAgain) -> None:
    _send_the_link("charter/signatory_asked_again", fact)


@on(NominationTakenBack)
def say_that_it_is_done_with(fact: NominationTakenBack) -> None:
    person = [fact.about.person]
    about = _about_nomination(fact)
    write("charter/nomination_taken_back", fact, person, to_unconfirmed=True, **about)


@on(SignatureGiven)
def tell_who_signed(fact: SignatureGiven) -> None:
    """Who signed gets a receipt; on the day, that is the office's answer to them."""
    signature: Signature = fact.about
    if signature.way is not Way.ON_THE_DAY:
        write(
            "charter/signature_receipt",
            fact,
            [signature.signer],
            receipt=True,
            to_unconfirmed=True,
            **_about(fact),
        )
    asked = who_asked_for(signature)
    concerned = [*_owners(fact.for_), *([asked] if asked else [])]
    others = [one for one in concerned if one.id != signature.signer_id]
    write("charter/signature_given", fact, others, **_about(fact))


@on(SignatureRefused)
def tell_who_asked(fact: SignatureRefused) -> None:
    write("charter/signature_refused", fact, [fact.about.named_by], **_about_nomination(fact))


@on(SignatureWithdrawn)
def tell_the_office_and_the_owners(fact: SignatureWithdrawn) -> None:
    write("charter/signature_withdrawn_office", fact, accounts.administrators(), **_about(fact))
    write("charter/signature_withdrawn", fact, _owners(fact.for_), **_about(fact))


@on(SignatureRevoked)
def say_why_it_does_not_count(fact: SignatureRevoked) -> None:
    write("charter/signature_revoked", fact, _owners(fact.for_), **_about(fact))


@on(ProvisionalAccepted)
def say_that_it_counts(fact: ProvisionalAccepted) -> None:
    given: ProvisionalSignature = fact.about
    code = given.signature.shown_code if given.signature else ""
    _answer("charter/provisional_accepted", fact, code=code)


@on(ProvisionalDeclined)
def say_why_it_does_not(fact: ProvisionalDeclined) -> None:
    _answer("charter/provisional_declined", fact)


def _send_the_link(kind: str, fact: Fact) -> None:
    nomination: Nomination = fact.about
    write(
        kind,
        fact,
        [nomination.person],
        receipt=True,
        to_unconfirmed=True,
        until=nomination.asked_at + LINK_LASTS,
        **_about_nomination(fact),
    )


def _answer(kind: str, fact: Fact, **more: Any) -> None:
    """To the person who signed on the phone, whose address nobody has confirmed."""
    given: ProvisionalSignature = fact.about
    person = db.session.get(User, given.person_id) if given.person_id else None
    write(
        kind,
        fact,
        [person] if person else [],
        to_unconfirmed=True,
        organisation=given.organisation_name,
        occasion=given.occasion.title,
        note=fact.note,
        **more,
    )


def _owners(organisation: Organisation) -> list[User]:
    return partners.people_of(organisation.id, AffiliationRole.OWNER)


def _about(fact: Fact) -> dict[str, Any]:
    signature: Signature = fact.about
    return {
        "organisation": signature.organisation_name,
        "organisation_slug": signature.organisation.slug,
        "signer": signature.signer_name,
        "number": signature.number,
        "title": signature.declaration.title,
        "code": signature.shown_code,
        "declaration_id": signature.declaration_id,
        "note": fact.note,
    }


def _about_nomination(fact: Fact) -> dict[str, Any]:
    nomination: Nomination = fact.about
    return {
        "organisation": nomination.organisation.name,
        "organisation_slug": nomination.organisation.slug,
        "who": nomination.named_by.name,
        "person": nomination.full_name,
        "title": nomination.declaration.title,
        "note": fact.note,
    }

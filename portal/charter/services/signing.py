"""An organisation signs the current version, and may withdraw; the office may revoke."""

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from portal.accounts.models import User
from portal.charter.facts import SignatureGiven
from portal.charter.models import Declaration, Signature, Way
from portal.charter.policies import may_revoke, may_sign, may_withdraw
from portal.charter.queries.declarations import current
from portal.charter.queries.signatures import standing_signature
from portal.charter.services.ending import end_open_nomination
from portal.charter.workflow import SIGNATURES
from portal.core.codes import new_proof_code
from portal.core.database import db
from portal.core.errors import Conflict
from portal.core.facts import tell
from portal.core.rules import require
from portal.core.times import now
from portal.partners.models import Organisation
from portal.partners.services.locks import lock

SIGNED_ALREADY = _l("Für diese Organisation ist diese Fassung schon unterzeichnet.")
NEWER_VERSION = _l(
    "Inzwischen gibt es eine neuere Fassung der Erklärung. Öffnen Sie die Seite noch einmal und"
    " lesen Sie diese, bevor Sie unterzeichnen."
)


def sign(
    organisation: Organisation,
    *,
    by: User,
    function: str,
    named_in_public: bool,
    seen_number: int,
) -> Signature:
    """By an own person who has just entered the password. `seen_number` is the version that the
    page showed. Raises Denied, and Conflict when it is another one by now or signed already."""
    require(may_sign, by, organisation)
    lock(organisation)
    signature = new_signature(
        shown_version_of(seen_number),
        organisation,
        signer=by,
        name=by.name,
        function=function,
        named_in_public=named_in_public,
        way=Way.PORTAL,
    )
    end_open_nomination(organisation, by=by)
    tell(SignatureGiven(by=by, for_=organisation, about=signature, note=function))
    return signature


def shown_version_of(seen_number: int) -> Declaration:
    """The current version, which has to be the one that was read. Raises Conflict."""
    declaration = current()
    if declaration is None or declaration.number != seen_number:
        raise Conflict("another version is the current one", message=NEWER_VERSION)
    return declaration


def new_signature(
    declaration: Declaration,
    organisation: Organisation,
    *,
    signer: User,
    name: str,
    function: str,
    way: Way,
    named_in_public: bool = False,
    at: datetime | None = None,
) -> Signature:
    """Raises Conflict when one stands already: asked first, and held by the index."""
    if standing_signature(organisation, declaration):
        raise Conflict("signed already", about=organisation, message=SIGNED_ALREADY)
    signature = Signature(
        declaration=declaration,
        number=declaration.number,
        sha256=declaration.sha256,
        organisation=organisation,
        organisation_name=organisation.name,
        signer=signer,
        signer_name=name,
        function=function,
        named_in_public=named_in_public,
        way=way,
        code=new_proof_code(),
        signed_at=at or now(),
    )
    try:
        with db.session.begin_nested():
            db.session.add(signature)
    except IntegrityError as error:
        raise Conflict("signed already", about=organisation, message=SIGNED_ALREADY) from error
    return signature


def withdraw(signature: Signature, *, by: User, reason: str, seen_version: int) -> None:
    """The organisation stands to it no more; that it did stays in the history."""
    require(may_withdraw, by, signature)
    _end("withdraw", signature, by=by, reason=reason, seen_version=seen_version)


def revoke(signature: Signature, *, by: User, reason: str, seen_version: int) -> None:
    """For the office, where a signature should never have counted."""
    require(may_revoke, by, signature)
    _end("revoke", signature, by=by, reason=reason, seen_version=seen_version)


def _end(step: str, signature: Signature, *, by: User, reason: str, seen_version: int) -> None:
    def close() -> None:
        signature.ended_at = now()
        signature.ended_by_id = by.id
        signature.reason = reason

    SIGNATURES.take(
        step,
        signature,
        by=by,
        for_=signature.organisation,
        note=reason,
        seen_version=seen_version,
        meanwhile=close,
    )

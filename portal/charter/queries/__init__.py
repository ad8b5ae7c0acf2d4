"""Reading declarations, signatures, nominations and occasions."""

from portal.charter.queries.declarations import (
    all_versions,
    current,
    for_office,
    published_versions,
    with_number,
)
from portal.charter.queries.nominations import (
    LINK_LASTS,
    SIGN,
    last_refused,
    nomination_of,
    open_nomination,
    who_asked_for,
    with_expired_link,
    with_link,
)
from portal.charter.queries.occasions import waiting_cases, with_short_code
from portal.charter.queries.signatures import (
    all_of_version,
    function_in,
    kinds_of_signatories,
    newest_standing,
    proof_for,
    provisional_in_public,
    signatories,
    signatures_of,
    standing_signature,
    wanting_a_signature,
    with_code,
    with_id,
)

__all__ = [
    "LINK_LASTS",
    "SIGN",
    "all_of_version",
    "all_versions",
    "current",
    "for_office",
    "function_in",
    "kinds_of_signatories",
    "last_refused",
    "newest_standing",
    "nomination_of",
    "open_nomination",
    "proof_for",
    "provisional_in_public",
    "published_versions",
    "signatories",
    "signatures_of",
    "standing_signature",
    "waiting_cases",
    "wanting_a_signature",
    "who_asked_for",
    "with_code",
    "with_expired_link",
    "with_id",
    "with_link",
    "with_number",
    "with_short_code",
]

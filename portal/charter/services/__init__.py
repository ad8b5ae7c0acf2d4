"""What the office, partners and named people do with the declaration."""

from portal.charter.services.checking import accept, decline
from portal.charter.services.declarations import change, draft, publish
from portal.charter.services.naming import (
    ask_again,
    name_signatory,
    refuse,
    sign_by_link,
    take_back,
)
from portal.charter.services.occasions import (
    change_occasion,
    close_occasion,
    give,
    open_occasion,
    plan_occasion,
)
from portal.charter.services.signing import revoke, sign, withdraw

__all__ = [
    "accept",
    "ask_again",
    "change",
    "change_occasion",
    "close_occasion",
    "decline",
    "draft",
    "give",
    "name_signatory",
    "open_occasion",
    "plan_occasion",
    "publish",
    "refuse",
    "revoke",
    "sign",
    "sign_by_link",
    "take_back",
    "withdraw",
]

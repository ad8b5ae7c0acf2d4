"""What applicants and the office do with applications, and what follows for the directory."""

from portal.partners.services.amending import amend
from portal.partners.services.applying import ask_again, confirm, keep_answers, send, withdraw
from portal.partners.services.asking import (
    answer,
    ask,
    ask_for_answer_again,
    remind_applicants,
)
from portal.partners.services.competences import (
    Said,
    change_claim,
    claim,
    confirm_claims,
    drop_keywords,
    remove_claim,
)
from portal.partners.services.deciding import admit, decline
from portal.partners.services.directory import index_partner, new_organisation
from portal.partners.services.importing import NotImported, carry_out, check, outcomes
from portal.partners.services.inviting import (
    Invited,
    accept,
    decline_invitation,
    invite,
    offer_ownership,
    revoke,
    send_again,
    send_expired_again,
)
from portal.partners.services.joining import (
    accept_request,
    ask_for_join_link_again,
    ask_to_join,
    confirm_join_request,
    grant_claim,
    refuse_request,
    withdraw_request,
)
from portal.partners.services.people import end_affiliation, give_role, set_signing_right
from portal.partners.services.profiles import (
    Profile,
    change_profile,
    hide_contact,
    rename,
    show_contact,
)
from portal.partners.services.suspending import reactivate, suspend
from portal.partners.services.taxonomy import (
    Wording,
    add_competence,
    archive_competence,
    change_competence,
    delete_competence,
    merge_competence,
    restore_competence,
)
from portal.partners.services.undoing import take_back

__all__ = [
    "Wording",
    "add_competence",
    "archive_competence",
    "change_competence",
    "delete_competence",
    "merge_competence",
    "restore_competence",
    "Said",
    "change_claim",
    "claim",
    "confirm_claims",
    "drop_keywords",
    "remove_claim",
    "Profile",
    "change_profile",
    "hide_contact",
    "rename",
    "show_contact",
    "Invited",
    "accept",
    "accept_request",
    "ask_for_join_link_again",
    "ask_to_join",
    "confirm_join_request",
    "decline_invitation",
    "grant_claim",
    "invite",
    "offer_ownership",
    "reactivate",
    "refuse_request",
    "revoke",
    "send_again",
    "send_expired_again",
    "set_signing_right",
    "suspend",
    "withdraw_request",
    "NotImported",
    "admit",
    "amend",
    "answer",
    "ask",
    "ask_again",
    "ask_for_answer_again",
    "carry_out",
    "check",
    "confirm",
    "decline",
    "end_affiliation",
    "give_role",
    "index_partner",
    "keep_answers",
    "new_organisation",
    "outcomes",
    "remind_applicants",
    "send",
    "take_back",
    "withdraw",
]

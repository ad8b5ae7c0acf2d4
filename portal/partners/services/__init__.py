"""What applicants and the office do with applications, and what follows for the directory."""

from portal.partners.services.applying import ask_again, confirm, keep_answers, send, withdraw
from portal.partners.services.deciding import admit, decline
from portal.partners.services.directory import add_organisation, index_partner

__all__ = [
    "add_organisation",
    "admit",
    "ask_again",
    "confirm",
    "decline",
    "index_partner",
    "keep_answers",
    "send",
    "withdraw",
]

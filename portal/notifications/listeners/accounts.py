"""Letters about one's own account: receipts, because somebody else may have acted."""

from portal.accounts.facts import PasswordChanged, PasswordLinkAsked
from portal.accounts.services import LINK_LIFETIME
from portal.core.facts import on
from portal.notifications.services import write


@on(PasswordLinkAsked)
def send_the_link(fact: PasswordLinkAsked) -> None:
    write("accounts/password_link_asked", fact, [fact.about], until=fact.at + LINK_LIFETIME)


@on(PasswordChanged)
def say_that_it_changed(fact: PasswordChanged) -> None:
    write("accounts/password_changed", fact, [fact.about], receipt=True, changed_at=fact.at)

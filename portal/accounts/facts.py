"""What can have happened to an account. None of it shows on a public page."""

from portal.core.facts import Fact


class AccountFact(Fact):
    quiet = True


class LoggedIn(AccountFact): ...


class LogInFailed(AccountFact): ...


class LoggedOut(AccountFact): ...


class PasswordLinkAsked(AccountFact): ...


class PasswordChanged(AccountFact): ...


class SessionEnded(AccountFact): ...


class AccountChanged(AccountFact): ...


class OfficeUserCreated(AccountFact): ...

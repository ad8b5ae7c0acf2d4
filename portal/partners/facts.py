"""What can have happened to an application. Only an admission shows on public pages."""

from portal.core.facts import Fact


class ApplicationSent(Fact):
    """The address is not proven yet: the letter with the link goes to the applicant."""

    quiet = True


class ConfirmationAskedAgain(Fact):
    """Older links are burnt; a letter with a new one goes to the applicant."""

    quiet = True


class ApplicationReceived(Fact):
    quiet = True


class ApplicationAdmitted(Fact):
    """`for_` is the new organisation, `note` the office's words to it."""


class ApplicationDeclined(Fact):
    """`note` is the reason."""

    quiet = True


class ApplicationWithdrawn(Fact):
    quiet = True

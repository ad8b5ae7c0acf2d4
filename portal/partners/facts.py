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


class QuestionAsked(Fact):
    """`note` is the question."""

    quiet = True


class QuestionAskedAgain(Fact):
    """The link in the first letter was too old: a new one goes to the applicant."""

    quiet = True


class QuestionAnswered(Fact):
    """`note` is the answer; the office's promise begins anew."""

    quiet = True


class ApplicantReminded(Fact):
    """Done by nobody: who waits hears once a week how things stand, and who is waited for that an
    answer is missing."""

    quiet = True


class RoleGiven(Fact):
    """About the new affiliation; `note` names the role."""

    quiet = True


class AffiliationEnded(Fact):
    """About the affiliation that ended: the person left (`by` is that person), or was removed."""

    quiet = True


class ApplicationAdmitted(Fact):
    """`for_` is the new organisation, `note` the office's words to it."""


class ApplicationDeclined(Fact):
    """`note` is the reason."""

    quiet = True


class ApplicationWithdrawn(Fact):
    quiet = True


class PartnersImported(Fact):
    """About the import; `note` counts what became of its rows."""


class ImportUndone(Fact):
    """About the import; `note` counts who went and who stayed."""

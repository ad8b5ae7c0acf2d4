"""What can have happened to organisations, their people, and applications. Few of it shows on
public pages."""

from portal.core.facts import Fact


class ApplicationSent(Fact):
    """The address is not proven yet: the letter with the link goes to the applicant."""

    quiet = True


class ConfirmationAskedAgain(Fact):
    """Older links are burnt; a letter with a new one goes to the applicant."""

    quiet = True


class ApplicationReceived(Fact):
    quiet = True


class ApplicationAmended(Fact):
    """The applicant mended what was sent."""

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


class SigningRightGiven(Fact):
    """About the affiliation of the person who may sign from now on."""

    quiet = True


class SigningRightTaken(Fact):
    """About the affiliation that ended."""

    quiet = True


class PersonInvited(Fact):
    """About the invitation; the letter with the link goes to the person. `note` names the role."""

    quiet = True


class InvitationSentAgain(Fact):
    """Older links are burnt; a letter with a new one goes to the person."""

    quiet = True


class InvitationRevoked(Fact):
    quiet = True


class InvitationAccepted(Fact):
    """`by` is the person who was invited, `note` names the role."""

    quiet = True


class InvitationDeclined(Fact):
    quiet = True


class OwnershipOffered(Fact):
    """An invitation to take over what the person who invites gives up."""

    quiet = True


class OwnershipHandedOver(Fact):
    """`by` is the new owner; the invitation names who handed over."""

    quiet = True


class JoinRequestSent(Fact):
    """The address is not proven yet: the letter with the link goes to the person."""

    quiet = True


class JoinRequested(Fact):
    """Somebody wants to speak for the organisation; `note` says why."""

    quiet = True


class ProfileClaimed(Fact):
    """The same where nobody administers the organisation: the office answers."""

    quiet = True


class JoinRequestAccepted(Fact):
    """`note` is the answer."""

    quiet = True


class ClaimAccepted(Fact):
    """The person administers the organisation now, and its page says that it was checked."""


class JoinRequestRefused(Fact):
    """`note` is the reason."""

    quiet = True


class JoinRequestWithdrawn(Fact):
    quiet = True


class ProfileChanged(Fact):
    """What a partner says of itself; `about` and `for_` are the organisation."""


class CompetenceClaimed(Fact):
    """About the organisation; `note` names competence, theme and level."""


class CompetenceClaimChanged(Fact):
    """The same: another level or other evidence."""


class CompetenceClaimRemoved(Fact):
    """The same: no longer claimed."""


class CompetencesConfirmed(Fact):
    """The organisation says that all its claims are still right."""


class CompetenceAdded(Fact):
    """About the competence: partners can choose it."""


class CompetenceChanged(Fact):
    """`note` is the former name, where it is another one now."""


class CompetenceArchived(Fact):
    """It is offered no more; `note` names the one that it was merged into."""


class CompetenceRestored(Fact):
    """It is offered again."""


class CompetenceDeleted(Fact):
    """Nobody had claimed it."""


class OrganisationRenamed(Fact):
    """`note` is the former name."""


class ContactShown(Fact):
    """The person agrees to stand on the public page; about the affiliation."""


class ContactHidden(Fact):
    """The person stands there no more."""


class OrganisationSuspended(Fact):
    """Nobody acts for it until it is reactivated; `note` is the reason. What it claims to know, and
    its name among the new partners, leave the public pages."""


class OrganisationReactivated(Fact):
    """`note` is the reason."""


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

"""What can have happened to the declaration and its signatures. What stands in public is told
aloud; the rest changes no public page."""

from portal.core.facts import Fact


class DeclarationDrafted(Fact):
    quiet = True


class DeclarationChanged(Fact):
    """A draft got another text."""

    quiet = True


class DeclarationPublished(Fact): ...


class SignatureGiven(Fact):
    """`for_` signed, by an own person, by the person it named, or on the day."""


class SignatureWithdrawn(Fact):
    """By the organisation itself; `note` is the reason."""


class SignatureRevoked(Fact):
    """By the office; `note` is the reason."""


class SignatoryNamed(Fact):
    """About the nomination: a letter with the link goes to the named person."""

    quiet = True


class SignatoryAskedAgain(Fact):
    """The link was too old: a new one goes to the named person."""

    quiet = True


class NominationTakenBack(Fact):
    """The named person is not asked any more: somebody else is, or somebody has signed."""

    quiet = True


class SignatureRefused(Fact):
    """The named person does not sign; `note` is the reason."""

    quiet = True


class OccasionPlanned(Fact):
    quiet = True


class OccasionChanged(Fact):
    """Also whether provisional signatures show in public."""


class OccasionOpened(Fact): ...


class OccasionClosed(Fact): ...


class ProvisionallySigned(Fact):
    """On a phone, by nobody whom the portal knows. Where it shows at once, the service says so."""

    quiet = True


class ProvisionalAccepted(Fact):
    """`for_` is the partner whose signature it became."""


class ProvisionalDeclined(Fact):
    """`note` is the reason."""

"""What can have happened to a project. The quiet ones are nobody else's business."""

from dataclasses import dataclass
from typing import Any

from portal.core.facts import Fact


class ProjectDrafted(Fact):
    quiet = True


class ProjectSaved(Fact):
    quiet = True


class ProjectMediaChanged(Fact):
    """Pictures, documents, the video or links of a draft."""

    quiet = True


class ProjectSubmitted(Fact):
    quiet = True


class ProjectTakenBack(Fact):
    quiet = True


class ProjectReturned(Fact):
    quiet = True


class ProjectRejected(Fact):
    """`note` says why."""

    quiet = True


class ProjectDiscarded(Fact):
    """A revision that nobody will go on with; what is public stays."""

    quiet = True


class ProjectRestored(Fact):
    """An older text is the draft; `note` names its number."""

    quiet = True


class ProjectPublished(Fact):
    """For the first time."""


class ProjectUpdated(Fact):
    """A revision took the place of the text that was public."""


class ProjectConfirmed(Fact):
    """Its owner says that the public text is still right."""


class ProjectGrowsOld(Fact):
    """Its owner is asked whether the public text is still right."""

    quiet = True


class ProjectLapsed(Fact):
    """Nobody has confirmed it for too long."""


class ProjectArchived(Fact):
    """`note` says why; the address keeps answering."""


class ProjectReopened(Fact): ...


class ProjectUnpublished(Fact):
    """`note` says why; the address answers no more."""


class ProjectHidden(Fact):
    """It rests with its organisation; `for_` names it."""


class ProjectShownAgain(Fact):
    """Its organisation acts again."""


class CommentWritten(Fact):
    """Until it is sent, nobody but the office knows of it: `for_` stays empty."""

    quiet = True


class CommentChanged(Fact):
    quiet = True


class CommentRemoved(Fact):
    quiet = True


class CommentDone(Fact):
    """The authors have mended what it asks for; it is about the project."""

    quiet = True


class CommentReopened(Fact):
    quiet = True


class CommentResolved(Fact):
    quiet = True


class CommentRepeated(Fact):
    quiet = True


class CriteriaJudged(Fact):
    quiet = True


class CaseNoteWritten(Fact):
    quiet = True


@dataclass(frozen=True, kw_only=True)
class ParticipationFact(Fact):
    """Something about an organisation's `part` in the project that it is about."""

    part: Any = None


class ParticipationAsked(ParticipationFact):
    quiet = True


class ParticipationReminded(ParticipationFact):
    quiet = True


class ParticipationChanged(ParticipationFact):
    """What is asked for, before the answer."""

    quiet = True


class ParticipationTakenBack(ParticipationFact):
    """The request, before the answer."""

    quiet = True


class ParticipationExpired(ParticipationFact):
    quiet = True


class ParticipationRefused(ParticipationFact):
    quiet = True


class ParticipationConfirmed(ParticipationFact): ...


class ParticipationLeft(ParticipationFact):
    """The organisation takes its yes back."""


class ParticipationContested(ParticipationFact):
    """A public source named the organisation, and the organisation says that it is not so."""


class ParticipantRemoved(ParticipationFact):
    """By the authors; the name stood there."""


class RoleOffered(ParticipationFact):
    quiet = True


class RoleOfferTakenBack(ParticipationFact):
    quiet = True


class RoleDeclined(ParticipationFact):
    quiet = True


class RoleTaken(ParticipationFact):
    """A partner is co-owner now."""


class LeadHandedOver(ParticipationFact):
    """A co-owner leads now, and who led is co-owner."""


class RoleLowered(ParticipationFact):
    """A co-owner is partner now."""

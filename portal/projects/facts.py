"""What can have happened to a project. Only the last three show on a public page."""

from portal.core.facts import Fact


class ProjectDrafted(Fact):
    quiet = True


class ProjectSaved(Fact):
    quiet = True


class ProjectSubmitted(Fact):
    quiet = True


class ProjectTakenBack(Fact):
    quiet = True


class ProjectReturned(Fact):
    quiet = True


class ProjectPublished(Fact): ...


class ProjectHidden(Fact):
    """It rests with its organisation; `for_` names it."""


class ProjectShownAgain(Fact):
    """Its organisation acts again."""

"""What can have happened to a project. Only a publication shows on a public page."""

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

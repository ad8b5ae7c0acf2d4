"""What can have happened with decisions of two tied administrators."""

from portal.core.facts import Fact


class JointFact(Fact):
    """The decision itself is a fact of its feature, and that one raises the public generation."""

    quiet = True


class JointDecisionOpened(JointFact):
    """About the decision; nobody but the office knows of it."""


class JointDecisionRefused(JointFact):
    pass


class JointDecisionTakenBack(JointFact):
    pass


class JointDecisionTaken(JointFact):
    """About the case: the note names both and what they have disclosed."""

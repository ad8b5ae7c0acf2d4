"""What people do with letters themselves."""

from portal.core.facts import Fact


class LetterRetried(Fact):
    quiet = True

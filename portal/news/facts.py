"""What can have happened to an article. A draft shows on no public page."""

from portal.core.facts import Fact


class ArticleWritten(Fact):
    quiet = True


class ArticleChanged(Fact): ...


class ArticlePublished(Fact): ...


class ArticleWithdrawn(Fact): ...

"""draft or withdrawn -> published -> withdrawn."""

from portal.core.workflows import Step, Workflow
from portal.news.facts import ArticlePublished, ArticleWithdrawn
from portal.news.models import ArticleState
from portal.news.policies import may_write

WORKFLOW = Workflow(
    Step(
        name="publish",
        leaves=frozenset({ArticleState.DRAFT, ArticleState.WITHDRAWN}),
        reaches=ArticleState.PUBLISHED,
        may=may_write,
        tells=ArticlePublished,
    ),
    Step(
        name="withdraw",
        leaves=frozenset({ArticleState.PUBLISHED}),
        reaches=ArticleState.WITHDRAWN,
        may=may_write,
        tells=ArticleWithdrawn,
    ),
)

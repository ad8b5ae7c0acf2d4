"""Who may read and write news: published articles are everybody's, the rest is the office's."""

from portal.accounts.policies import is_office
from portal.core.rules import rule
from portal.news.models import Article, ArticleState


@rule
def is_published(_: object, article: Article) -> bool:
    return article.state is ArticleState.PUBLISHED


may_see = is_published | is_office
may_write = is_office

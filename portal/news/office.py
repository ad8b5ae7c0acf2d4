"""News for the Projektbüro: writing, changing, publishing and withdrawing."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import office_only
from portal.accounts.sessions import me
from portal.core.database import transaction
from portal.core.pages import page, shown_version
from portal.core.paging import page_number, paginate
from portal.core.times import today
from portal.news import queries, services
from portal.news.forms import ArticleForm, stored_in
from portal.news.models import Article, ArticleState
from portal.news.workflow import WORKFLOW

bp = Blueprint("news_office", __name__, url_prefix="/projektbuero/aktuelles")
PER_PAGE = 25


@bp.context_processor
def words() -> dict[str, Any]:
    return {"workflow": WORKFLOW}


@bp.get("", endpoint="index")
@office_only
def index() -> ResponseReturnValue:
    asked = request.args.get("stand", "")
    state = ArticleState(asked) if asked in set(ArticleState) else None
    listing = paginate(queries.all_articles(state), page=page_number(), per_page=PER_PAGE)
    return page("news/office/index.html", listing=listing, states=list(ArticleState), state=state)


@bp.get("/neu", endpoint="new")
@office_only
def new() -> ResponseReturnValue:
    return page("news/office/new.html", form=ArticleForm(formdata=None, data={"dated": today()}))


@bp.post("/neu")
@office_only
def write() -> ResponseReturnValue:
    form = ArticleForm()
    change = form.prepared() if form.validate_on_submit() else None
    if change is None:
        return page("news/office/new.html", form=form)
    article = services.write(form.content(), by=me(), picture=change)
    flash(_("Der Entwurf ist gespeichert. Nur das Projektbüro sieht ihn."))
    return redirect(url_for(".edit", slug=article.slug), 303)


@bp.get("/<slug>/bearbeiten", endpoint="edit")
@office_only
def edit(slug: str) -> ResponseReturnValue:
    article = queries.with_slug(slug, seen_by=me())
    return _edit(article, ArticleForm(formdata=None, data=stored_in(article)))


@bp.post("/<slug>/bearbeiten")
@office_only
def save(slug: str) -> ResponseReturnValue:
    with transaction(writing=False):
        article = queries.with_slug(slug, seen_by=me())
        form = ArticleForm(has_picture=article.picture is not None)
        fine = form.validate_on_submit()
    change = form.prepared() if fine else None
    article = queries.with_slug(slug, seen_by=me())
    if change is None:
        return _edit(article, form)
    services.change(article, form.content(), by=me(), seen_version=shown_version(), picture=change)
    flash(_("Die Änderungen sind gespeichert."))
    return redirect(url_for(".edit", slug=slug), 303)


@bp.post("/<slug>/veroeffentlichen", endpoint="publish")
@office_only
def publish(slug: str) -> ResponseReturnValue:
    article = queries.with_slug(slug, seen_by=me())
    services.publish(article, by=me(), seen_version=shown_version())
    flash(_("Die Meldung ist online."))
    return redirect(url_for("news.show", slug=slug), 303)


@bp.post("/<slug>/zurueckziehen", endpoint="withdraw")
@office_only
def withdraw(slug: str) -> ResponseReturnValue:
    article = queries.with_slug(slug, seen_by=me())
    services.withdraw(article, by=me(), seen_version=shown_version())
    flash(_("Die Meldung ist nicht mehr öffentlich. Sie können sie wieder veröffentlichen."))
    return redirect(url_for(".edit", slug=slug), 303)


def _edit(article: Article, form: ArticleForm) -> ResponseReturnValue:
    return page("news/office/edit.html", article=article, form=form)

"""The office's question, answered from the mail's link: GET shows, POST acts. Who is logged in
answers on the own page of the application."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guards import by_link, visitor_form
from portal.accounts.sessions import me
from portal.accounts.subjects import subject
from portal.core.errors import Hidden
from portal.core.limits import limiter
from portal.core.pages import page, shown_version
from portal.core.tokens import LinkExpired
from portal.partners import queries, services
from portal.partners.forms import AnswerForm
from portal.partners.models import ApplicationState
from portal.partners.views.applying import bp

LINK = "/rueckfrage/<int(max=2147483647):application_id>/<token>"


@bp.get(LINK, endpoint="answer")
@by_link
def answer_form(application_id: int, token: str) -> ResponseReturnValue:
    try:
        application = queries.with_link(application_id, token, queries.ANSWER)
    except LinkExpired:
        return _expired(application_id, token)
    except Hidden:
        question = ApplicationState.QUESTION
        if own := queries.after_the_link(application_id, but=question, seen_by=me()):
            return redirect(url_for("my_applications.show", number=own.number), 302)
        raise
    form = AnswerForm(formdata=None)
    return page("applications/answer.html", application=application, form=form)


@bp.post(LINK)
@by_link
@limiter.limit("20/minute")
def take_answer(application_id: int, token: str) -> ResponseReturnValue:
    try:
        application = queries.with_link(application_id, token, queries.ANSWER)
    except LinkExpired:
        return _expired(application_id, token)
    form = AnswerForm()
    if not form.validate_on_submit():
        return page("applications/answer.html", application=application, form=form)
    person = application.applicant
    text = form.values()["answer"]
    services.answer(application, by=person, text=text, seen_version=shown_version())
    return redirect(url_for(".answered"), 303)


@bp.get("/rueckfrage/danke", endpoint="answered")
@visitor_form
def thanks() -> ResponseReturnValue:
    return page("applications/answered.html")


@bp.post(f"{LINK}/neu", endpoint="new_answer_link")
@by_link
@limiter.limit("20/hour")
def new_link(application_id: int, token: str) -> ResponseReturnValue:
    """For an expired link: whoever holds it received it once."""
    application = queries.with_expired_link(application_id, token, queries.ANSWER)
    services.ask_for_answer_again(application, subject=subject(application.applicant.email))
    flash(_("Ein neuer Link ist unterwegs. Ältere Links gelten nicht mehr."))
    return redirect(url_for("home.start"), 303)


def _expired(application_id: int, token: str) -> ResponseReturnValue:
    again = url_for(".new_answer_link", application_id=application_id, token=token)
    told = _(
        "Links zu einer Rückfrage gelten 30 Tage. Lassen Sie sich einen neuen schicken, oder melden"
        " Sie sich an und antworten Sie in Ihrem Bereich."
    )
    return render_template("applications/expired.html", again=again, told=told), LinkExpired.status

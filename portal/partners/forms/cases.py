"""What the office asks and answers, and what it is answered."""

from flask_babel import lazy_gettext as _l

from portal.core.forms import Form, paragraphs

REASON = 2000


class AskForm(Form):
    question = paragraphs(
        _l("Rückfrage"),
        most=REASON,
        hint=_l("Die Organisation liest diesen Text in ihrer E-Mail und antwortet dort."),
        missing=_l("Schreiben Sie, was Sie wissen möchten."),
        rows=6,
    )


class AnswerForm(Form):
    answer = paragraphs(
        _l("Ihre Antwort"),
        most=REASON,
        missing=_l("Schreiben Sie Ihre Antwort."),
        rows=6,
    )


class AdmitForm(Form):
    message = paragraphs(_l("Nachricht an die Organisation"), most=REASON, rows=4)


class DeclineForm(Form):
    reason = paragraphs(
        _l("Begründung"),
        most=REASON,
        hint=_l("Die Organisation liest diesen Text in ihrer E-Mail."),
        missing=_l("Begründen Sie die Ablehnung."),
        rows=6,
    )

"""What people write when they ask for a seat, and what the team answers."""

from flask_babel import lazy_gettext as _l

from portal.core.forms import Form, paragraphs


class JoinForm(Form):
    motivation = paragraphs(
        _l("Was möchten Sie beitragen?"),
        most=1000,
        hint=_l("Zwei Sätze genügen. Die Leitung des Teams liest sie mit Ihrer Anfrage."),
        missing=_l("Schreiben Sie, was Sie beitragen möchten."),
        rows=4,
    )


class AcceptForm(Form):
    reason = paragraphs(_l("Nachricht an die Person"), most=1000, rows=2)


class RefuseForm(Form):
    reason = paragraphs(
        _l("Begründung"),
        most=1000,
        missing=_l("Begründen Sie die Absage. Die Person liest den Text in ihrer E-Mail."),
        rows=2,
    )

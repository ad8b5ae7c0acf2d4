"""What the office writes when it gives a presentation back."""

from flask_babel import lazy_gettext as _l

from portal.core.forms import Form, paragraphs


class ReturnForm(Form):
    note = paragraphs(
        _l("Hinweis an die Organisation"),
        most=2000,
        hint=_l("Sagen Sie, was geändert werden soll. Die Organisation liest den Text im Portal."),
        missing=_l("Schreiben Sie, was geändert werden soll."),
        rows=4,
    )

"""What the office writes when it gives a presentation back or turns it down."""

from flask_babel import lazy_gettext as _l

from portal.core.forms import Form, note_to_the_organisation, paragraphs


class RejectForm(Form):
    reason = paragraphs(
        _l("Grund der Ablehnung"),
        most=2000,
        hint=_l("Die Organisation liest ihn. Was schon öffentlich ist, bleibt."),
        missing=_l("Nennen Sie den Grund."),
        rows=3,
    )


class ReturnForm(Form):
    note = note_to_the_organisation()

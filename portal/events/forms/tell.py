"""Whether those who are coming hear of another time or place."""

from flask_babel import lazy_gettext as _l

from portal.core.forms import Form, choice

YES, NO = "ja", "nein"


class TellForm(Form):
    """Asked once, and only where somebody would be told; the answer is a button."""

    bescheid = choice(_l("Bescheid sagen?"), [(YES, _l("Ja")), (NO, _l("Nein"))])

    @property
    def is_answered(self) -> bool:
        return self.bescheid.data in (YES, NO)

    @property
    def tells(self) -> bool:
        return bool(self.bescheid.data == YES)

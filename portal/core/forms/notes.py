"""What the Projektbüro writes to an organisation about a text of theirs."""

from typing import Any

from flask_babel import lazy_gettext as _l

from portal.core.forms.fields import paragraphs

MENDED = _l("Sagen Sie, was geändert werden soll. Die Organisation liest den Text im Portal.")


def note_to_the_organisation(*, missing: Any = None, hint: Any = MENDED) -> Any:
    """Goes back with the text; required when there is a message `missing`."""
    return paragraphs(
        _l("Hinweis an die Organisation"), most=2000, hint=hint, missing=missing, rows=4
    )

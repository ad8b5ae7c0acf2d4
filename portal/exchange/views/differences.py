"""Two versions of one text, field by field: what is stored and what somebody typed."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from portal.exchange.forms import OfferForm, stored_in
from portal.exchange.models import OfferRevision


@dataclass(frozen=True)
class Difference:
    label: str
    stored: str
    typed: str


def differences(form: OfferForm, revision: OfferRevision) -> list[Difference]:
    """The fields that differ, in the order of the form, both as a person would read them."""
    stored = stored_in(revision)
    return [
        Difference(
            str(field.label.text),
            _in_words(field, stored[field.name]),
            _in_words(field, field.data),
        )
        for field in form
        if field.name in stored and not _same(stored[field.name], field.data)
    ]


def _same(one: Any, other: Any) -> bool:
    return (sorted(one) == sorted(other)) if isinstance(one, list) else (one or "") == (other or "")


def _in_words(field: Any, value: Any) -> str:
    if isinstance(value, bool):
        return str(_("ja") if value else _("nein"))
    if hasattr(field, "iter_choices"):
        wanted = value if isinstance(value, list) else [value]
        chosen = [one.label for one in field.choices if one.value in wanted and one.value != ""]
        return ", ".join(str(label) for label in chosen)
    return str(value or "")

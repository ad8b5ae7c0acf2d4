"""Forms: the base, the checks and the fields that all features share."""

from portal.core.forms.base import Form, complain, csrf
from portal.core.forms.berlin import Moment, Unfit, typed_moment, which
from portal.core.forms.checks import Printable, ProperAddress, WebAddress, is_invisible, tidy
from portal.core.forms.choices import checks, choice, consent, options, tick
from portal.core.forms.fields import file, line, mail, paragraphs
from portal.core.forms.moments import ClockField, DayField, clock, day
from portal.core.forms.notes import note_to_the_organisation
from portal.core.forms.numbers import NumberField, whole_number
from portal.core.forms.uploads import UploadForm

__all__ = [
    "ClockField",
    "DayField",
    "Form",
    "Moment",
    "NumberField",
    "Printable",
    "ProperAddress",
    "Unfit",
    "UploadForm",
    "WebAddress",
    "checks",
    "choice",
    "clock",
    "complain",
    "consent",
    "csrf",
    "day",
    "file",
    "is_invisible",
    "line",
    "mail",
    "note_to_the_organisation",
    "options",
    "paragraphs",
    "tick",
    "tidy",
    "typed_moment",
    "which",
    "whole_number",
]

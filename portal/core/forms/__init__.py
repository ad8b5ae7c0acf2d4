"""Forms: the base, the checks and the fields that all features share."""

from portal.core.forms.base import Form, csrf
from portal.core.forms.checks import Printable, ProperAddress, WebAddress, is_invisible, tidy
from portal.core.forms.choices import checks, choice, consent, options, tick
from portal.core.forms.fields import file, line, mail, paragraphs
from portal.core.forms.moments import ClockField, DayField, clock, day
from portal.core.forms.numbers import NumberField, whole_number

__all__ = [
    "ClockField",
    "DayField",
    "Form",
    "NumberField",
    "Printable",
    "ProperAddress",
    "WebAddress",
    "checks",
    "choice",
    "clock",
    "consent",
    "csrf",
    "day",
    "file",
    "is_invisible",
    "line",
    "mail",
    "options",
    "paragraphs",
    "tick",
    "tidy",
    "whole_number",
]

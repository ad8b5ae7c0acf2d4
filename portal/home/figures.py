"""The alliance's own figures, as sources report them: each with its year and where it stands. What
the portal counts itself is read live."""

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

SPECIAL_REPRESENTATIVE = (
    "https://nordstadtblogger.de/allianz-smart-city-dortmund-hat-mit-alexander-von-schweinitz"
    "-einen-ehrenamtlichen-sonderbeauftragten"
)
FIRST_REPORT = (
    "https://www.in-stadtmagazine.de/dortmund/wirtschaft-technik/1-sachstandsbericht-zur-smart"
    "-city-dortmund-es-geht-voran-58497"
)


@dataclass(frozen=True)
class Figure:
    """`label` carries the year, so that an old figure never sounds like today's."""

    value: Any
    label: Any
    source: str


PARTNERS = Figure("170", _l("Partner (2020)"), SPECIAL_REPRESENTATIVE)
TEAMS = Figure("7", _l("Expertenteams (2019)"), FIRST_REPORT)
GRANTS = Figure(
    _l("40+\u00a0Mio.\u00a0€"), _l("gemeinsame Fördermittel (2020)"), SPECIAL_REPRESENTATIVE
)
REPORTED = (PARTNERS, TEAMS, GRANTS)

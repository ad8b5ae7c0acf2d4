"""What can be wrong with a cell of an import, and how it is said to the person who has the file."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l

from portal.partners.models import OrganisationKind, Standing
from portal.topics.queries import districts, themes

LABELS = {
    "name": _l("Name"),
    "kind": _l("Art"),
    "website": _l("Webadresse"),
    "street": _l("Straße"),
    "postal_code": _l("PLZ"),
    "city": _l("Ort"),
    "district": _l("Stadtbezirk"),
    "register_court": _l("Registergericht"),
    "register_number": _l("Registernummer"),
    "standing": _l("Status"),
    "since": _l("Partner seit"),
    "themes": _l("Themen"),
    "summary": _l("Kurztext"),
    "source": _l("Quelle"),
}


class Complaint(StrEnum):
    MISSING = "missing"
    FORMULA = "formula"
    UNSEEN = "unseen"
    TOO_LONG = "too_long"
    UNKNOWN_KIND = "unknown_kind"
    UNKNOWN_STANDING = "unknown_standing"
    UNKNOWN_DISTRICT = "unknown_district"
    UNKNOWN_THEME = "unknown_theme"
    NO_ADDRESS = "no_address"
    NO_POSTAL_CODE = "no_postal_code"
    NO_NUMBER = "no_number"
    HALF_A_REGISTER = "half_a_register"
    NO_DAY = "no_day"
    TOO_EARLY = "too_early"
    IN_FUTURE = "in_future"
    NO_FOUNDER = "no_founder"
    TWICE = "twice"
    TOO_MANY_CELLS = "too_many_cells"


SAID = {
    Complaint.MISSING: _l("Diese Angabe fehlt."),
    Complaint.FORMULA: _l(
        "„%(given)s“ beginnt wie eine Formel. Löschen Sie das erste Zeichen der Zelle."
    ),
    Complaint.UNSEEN: _l("Die Zelle enthält ein unsichtbares Steuerzeichen. Tippen Sie sie neu."),
    Complaint.TOO_LONG: _l("Kürzen Sie den Text auf höchstens %(given)s Zeichen."),
    Complaint.UNKNOWN_KIND: _l("„%(given)s“ kennt das Portal nicht. Erlaubt sind %(allowed)s."),
    Complaint.UNKNOWN_STANDING: _l("„%(given)s“ kennt das Portal nicht. Erlaubt sind %(allowed)s."),
    Complaint.UNKNOWN_DISTRICT: _l("„%(given)s“ ist kein Stadtbezirk. Erlaubt sind %(allowed)s."),
    Complaint.UNKNOWN_THEME: _l("„%(given)s“ ist kein Thema. Erlaubt sind %(allowed)s."),
    Complaint.NO_ADDRESS: _l(
        "„%(given)s“ ist keine Webadresse. Sie sieht aus wie www.beispiel.de."
    ),
    Complaint.NO_POSTAL_CODE: _l("„%(given)s“ ist keine Postleitzahl. Sie sieht aus wie 44135."),
    Complaint.NO_NUMBER: _l(
        "„%(given)s“ ist keine Registernummer. Sie sieht aus wie HRB 12345 oder VR 1234."
    ),
    Complaint.HALF_A_REGISTER: _l(
        "Gericht und Nummer gehören zusammen. Ergänzen Sie diese Angabe, oder löschen Sie die"
        " andere."
    ),
    Complaint.NO_DAY: _l(
        "„%(given)s“ ist kein Tag. Erlaubt sind 30.04.2018, 2018-04-30, 04.2018 und 2018."
    ),
    Complaint.TOO_EARLY: _l("„%(given)s“ liegt vor der Gründung am 9. Dezember 2016."),
    Complaint.IN_FUTURE: _l("„%(given)s“ liegt in der Zukunft."),
    Complaint.NO_FOUNDER: _l(
        "Gründungspartner sind seit dem 9. Dezember 2016 dabei, nicht seit %(given)s."
    ),
    Complaint.TWICE: _l("Diese Organisation steht schon in Zeile %(given)s."),
    Complaint.TOO_MANY_CELLS: _l("Diese Zeile hat mehr Zellen als die Kopfzeile."),
}


@dataclass(frozen=True)
class Problem:
    """`column` is empty where the whole row is meant."""

    column: str
    complaint: Complaint
    given: str = ""

    def kept(self) -> list[str]:
        """As JSON."""
        return [self.column, self.complaint, self.given]

    @property
    def text(self) -> str:
        """Art: „Firma“ kennt das Portal nicht. Erlaubt sind …"""
        said = str(SAID[self.complaint]) % {"given": self.given, "allowed": self._allowed()}
        return f"{LABELS[self.column]}: {said}" if self.column else said

    def _allowed(self) -> str:
        names: dict[Complaint, Any] = {
            Complaint.UNKNOWN_KIND: (kind.label for kind in OrganisationKind),
            Complaint.UNKNOWN_STANDING: (standing.label for standing in Standing),
            Complaint.UNKNOWN_DISTRICT: (district.name for district in districts()),
            Complaint.UNKNOWN_THEME: (theme.name for theme in themes()),
        }
        return ", ".join(names.get(self.complaint, ()))


def problem_of(kept: list[str]) -> Problem:
    column, complaint, given = kept
    return Problem(column, Complaint(complaint), given)

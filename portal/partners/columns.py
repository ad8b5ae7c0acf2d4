"""The columns of an import: how their heads may be spelled, and what their cells may say."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from portal.core.forms.checks import OVERRIDES, is_invisible, tidy
from portal.core.search.analysis import fold
from portal.core.tables import starts_a_formula
from portal.core.text import clean_line
from portal.core.text.web_addresses import normalised_address
from portal.core.times import today
from portal.partners.models import DatePrecision, OrganisationKind, Standing
from portal.partners.problems import LABELS, Complaint, Problem
from portal.partners.queries.poster import FOUNDED
from portal.partners.registers import normalised_number

POSTAL_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z -]{2,9}")
SEPARATORS = re.compile(r"[,;|/\n]")
DAYS = {
    DatePrecision.DAY: ("%d.%m.%Y", "%Y-%m-%d", "%d.%m.%y"),
    DatePrecision.MONTH: ("%m.%Y", "%Y-%m"),
    DatePrecision.YEAR: ("%Y",),
}
FIRST = (FOUNDED.replace(day=1), FOUNDED.replace(month=1, day=1))
# The head that the template offers, and what else people write. All of it is compared folded.
HEADS = {
    "name": ("Name", "Organisation", "Name der Organisation", "Firma", "Partner"),
    "kind": ("Art", "Art der Organisation", "Typ", "Kategorie"),
    "website": ("Webadresse", "Website", "Webseite", "Internet", "Homepage", "URL"),
    "street": ("Straße", "Straße und Hausnummer", "Anschrift", "Adresse"),
    "postal_code": ("PLZ", "Postleitzahl"),
    "city": ("Ort", "Stadt"),
    "district": ("Stadtbezirk", "Bezirk"),
    "register_court": ("Registergericht", "Amtsgericht"),
    "register_number": ("Registernummer", "Register-Nr.", "Handelsregister"),
    "standing": ("Status", "Mitgliedschaft"),
    "since": ("Partner seit", "Seit", "Mitglied seit", "Beitritt", "Beitrittsdatum"),
    "themes": ("Themen", "Thema"),
    "summary": ("Kurztext", "Kurzbeschreibung", "Beschreibung"),
    "source": ("Quelle", "Quellen"),
}
REQUIRED = ("name", "kind")
LIMITS = {
    "name": 200, "website": 300, "street": 200, "postal_code": 10, "city": 120, "district": 60,
    "register_court": 120, "register_number": 40, "standing": 60, "since": 20, "themes": 300,
    "kind": 60, "summary": 400, "source": 500,
}  # fmt: skip


def _plain(text: str) -> str:
    return fold(text).replace(" ", "")


COLUMNS = {_plain(head): column for column, heads in HEADS.items() for head in heads}
KINDS = {
    _plain(word): kind
    for kind in OrganisationKind
    for word in {
        OrganisationKind.COMPANY: ("Unternehmen",),
        OrganisationKind.SCIENCE: ("Wissenschaft",),
        OrganisationKind.ASSOCIATION: ("Verband oder Kammer", "Verband", "Kammer"),
        OrganisationKind.ADMINISTRATION: ("Verwaltung oder Kommune", "Verwaltung", "Kommune"),
        OrganisationKind.CIVIL_SOCIETY: ("Zivilgesellschaft",),
    }[kind]
}
STANDINGS = {
    _plain(word): standing
    for standing, words in {
        Standing.FOUNDER: ("Gründungspartner", "Gründungspartnerin", "Gründer"),
        Standing.PARTNER: ("Partner", "Partnerin"),
        Standing.SUPPORTER: ("Unterstützer", "Unterstützerin", "Unterstützer*in"),
    }.items()
    for word in words
}


def column_of(head: str) -> str | None:
    """Which column a head names, in German or in the language of who sends the file; None for one
    that the portal does not know."""
    plain = _plain(head)
    named = (column for column, label in LABELS.items() if _plain(str(label)) == plain)
    return COLUMNS.get(plain) or next(named, None)


def known_columns(heads: list[str]) -> int:
    return len({column_of(head) for head in heads} - {None})


@dataclass(frozen=True)
class Words:
    """Names that the office may change: folded name or slug, and the id they stand for."""

    themes: dict[str, int]
    districts: dict[str, int]


@dataclass
class Cells:
    """One row while it is read: what it says, and what is wrong with it."""

    typed: dict[str, str]
    words: Words
    problems: list[Problem] = field(default_factory=list)

    def complain(self, column: str, complaint: Complaint, given: str = "") -> None:
        self.problems.append(Problem(column, complaint, given[:60]))


Labelled = TypeVar("Labelled", OrganisationKind, Standing)
Reader = Callable[[Cells, str], Any]


def read_row(typed: dict[str, str], words: Words) -> tuple[dict[str, Any], list[Problem]]:
    """The values of one row, ready to be kept as JSON, and everything that is wrong with it."""
    cells = Cells(typed, words)
    fit = {column: _checked(cells, column, typed.get(column, "")) for column in HEADS}
    values = {column: READERS.get(column, _text)(cells, fit[column]) for column in HEADS}
    values["since"], values["precision"] = _since(cells, fit["since"], values["standing"])
    if bool(values["register_court"]) != bool(values["register_number"]) and not cells.problems:
        missing = "register_number" if values["register_court"] else "register_court"
        cells.complain(missing, Complaint.HALF_A_REGISTER)
    return values, cells.problems


def _checked(cells: Cells, column: str, cell: str) -> str:
    """Tidy text without traps; nothing, where it has one."""
    text = tidy(cell)
    trap = _trap(column, cell, text) if cell else None
    if trap is None and column in REQUIRED and is_invisible(text):
        trap = (Complaint.MISSING, "")
    if trap:
        cells.complain(column, *trap)
        return ""
    return text if column == "themes" else " ".join(text.split())


def _trap(column: str, cell: str, text: str) -> tuple[Complaint, str] | None:
    if starts_a_formula(cell):
        return Complaint.FORMULA, cell
    if clean_line(text) != " ".join(text.split()) or any(char in OVERRIDES for char in text):
        return Complaint.UNSEEN, ""
    if len(text) > LIMITS[column]:
        return Complaint.TOO_LONG, str(LIMITS[column])
    return None


def _text(cells: Cells, text: str) -> str:
    return text


def _labelled(kinds: type[Labelled], text: str) -> Labelled | None:
    """By what the pages call it."""
    return next((kind for kind in kinds if _plain(kind.label) == _plain(text)), None)


def _kind(cells: Cells, text: str) -> str | None:
    found = KINDS.get(_plain(text)) or _labelled(OrganisationKind, text)
    if text and found is None:
        cells.complain("kind", Complaint.UNKNOWN_KIND, text)
    return found


def _standing(cells: Cells, text: str) -> str:
    found = STANDINGS.get(_plain(text)) or _labelled(Standing, text)
    if text and found is None:
        cells.complain("standing", Complaint.UNKNOWN_STANDING, text)
    return found or Standing.PARTNER


def _address(column: str) -> Reader:
    def read(cells: Cells, text: str) -> str:
        found = normalised_address(text) if text else ""
        if found is None or len(found) > LIMITS[column]:
            cells.complain(column, Complaint.NO_ADDRESS, text)
        return found or ""

    return read


def _postal_code(cells: Cells, text: str) -> str:
    if text and not POSTAL_CODE.fullmatch(text):
        cells.complain("postal_code", Complaint.NO_POSTAL_CODE, text)
    return text


def _number(cells: Cells, text: str) -> str:
    found = normalised_number(text) if text else ""
    if found is None:
        cells.complain("register_number", Complaint.NO_NUMBER, text)
    return found or ""


def _district(cells: Cells, text: str) -> int | None:
    found = cells.words.districts.get(_plain(text))
    if text and found is None:
        cells.complain("district", Complaint.UNKNOWN_DISTRICT, text)
    return found


def _themes(cells: Cells, text: str) -> list[int]:
    found = []
    for word in filter(None, (part.strip() for part in SEPARATORS.split(text))):
        known = cells.words.themes.get(_plain(word))
        if known is None:
            cells.complain("themes", Complaint.UNKNOWN_THEME, word)
        elif known not in found:
            found.append(known)
    return found


def _since(cells: Cells, text: str, standing: str) -> tuple[str | None, str]:
    """The first day that fits. Founders joined on the day of the foundation, also where the file
    says nothing; for others nothing means that nobody knows."""
    if not text:
        if standing == Standing.FOUNDER:
            return FOUNDED.isoformat(), DatePrecision.DAY
        return None, DatePrecision.UNKNOWN
    first, precision = _day(text)
    if first is None:
        cells.complain("since", Complaint.NO_DAY, text)
        return None, DatePrecision.UNKNOWN
    if precision in {DatePrecision.MONTH, DatePrecision.YEAR} and first in FIRST:
        first = FOUNDED  # the first day of that month or year on which anybody could join
    if first < FOUNDED:
        cells.complain("since", Complaint.TOO_EARLY, text)
    elif first > today():
        cells.complain("since", Complaint.IN_FUTURE, text)
    elif standing == Standing.FOUNDER and first != FOUNDED:
        cells.complain("since", Complaint.NO_FOUNDER, text)
    return first.isoformat(), DatePrecision.DAY if standing == Standing.FOUNDER else precision


def _day(text: str) -> tuple[date | None, DatePrecision]:
    for precision, shapes in DAYS.items():
        for shape in shapes:
            try:
                return datetime.strptime(text, shape).date(), precision
            except ValueError:
                continue
    return None, DatePrecision.UNKNOWN


READERS: dict[str, Reader] = {
    "kind": _kind,
    "website": _address("website"),
    "postal_code": _postal_code,
    "district": _district,
    "register_number": _number,
    "standing": _standing,
    "themes": _themes,
    "source": _address("source"),
}

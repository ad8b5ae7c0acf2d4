"""The kinds of cases in the order of their chips, and what the office reads about their age."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from portal.core.cases import Case
from portal.core.times import show_day, today
from portal.desk.queries import Way

KINDS: dict[str, Any] = {
    "applications": _l("Partneranträge"),
    "claims": _l("Profilübernahmen"),
    "orphans": _l("Ohne Verwaltung"),
    "projects": _l("Projekte"),
    "offers": _l("Kooperationen"),
    "seats": _l("Beitritte"),
    "provisional": _l("Unterschriften"),
}
WAYS: dict[Way, Any] = {
    Way.ALONE: "",
    Way.OTHERS: _l("Sie sind beteiligt"),
    Way.PROPOSES: _l("zu zweit zu entscheiden"),
    Way.CONFIRMS: _l("von Ihnen zu bestätigen"),
    Way.WAITS: _l("wartet auf die zweite Person"),
}


def way(how: Way) -> str:
    """What the person at the desk has to do with it; nothing where it is theirs alone."""
    return str(WAYS[how])


def age(case: Case) -> str:
    """heute, 1 Tag, 3 Tage: how long it has waited."""
    if case.days == 0:
        return str(_("heute"))
    return str(ngettext("%(num)s Tag", "%(num)s Tage", case.days))


def promise(case: Case) -> str:
    """What was promised, in words; nothing where nothing was."""
    if case.promised_by is None:
        return ""
    left = (case.promised_by - today()).days
    if left < 0:
        return str(_("Zusage war %(day)s", day=show_day(case.promised_by)))
    if left == 0:
        return str(_("heute fällig"))
    return str(_("zugesagt bis %(day)s", day=show_day(case.promised_by)))

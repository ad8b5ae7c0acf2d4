"""What the office looks at: the criteria of the field (domain.md, section 5) and what a text says
to each. Hints only, nobody counts points."""

from dataclasses import dataclass

from flask_babel import gettext as _

from portal.projects.models import Phase, Revision


@dataclass(frozen=True)
class Hint:
    """kind: ok, warn or info, as the list of hints shows them."""

    kind: str
    criterion: str
    text: str


def hints(revision: Revision, district_counts: dict[str, int]) -> list[Hint]:
    found = [
        Hint("info", _("innovativ"), _("Was ist neu daran? Lesen Sie Problem und Lösung.")),
        _transferable(revision),
        _concrete(revision),
        _useful(revision),
    ]
    if _is_in_districts_with_few(revision, district_counts):
        found.append(
            Hint("ok", _("wenige Projekte hier"), _("In diesem Stadtbezirk gibt es bisher wenige."))
        )
    return found


def _transferable(revision: Revision) -> Hint:
    if revision.transfer:
        return Hint("ok", _("nachhaltig"), _("Die Übertragbarkeit ist beschrieben."))
    return Hint("warn", _("nachhaltig"), _("Zur Übertragbarkeit steht nichts da."))


def _concrete(revision: Revision) -> Hint:
    if revision.begins and revision.phase is not Phase.IDEA:
        return Hint("ok", _("konkret"), _("Beginn und Phase sind genannt."))
    return Hint("warn", _("konkret"), _("Es ist eine Idee, oder der Beginn fehlt."))


def _useful(revision: Revision) -> Hint:
    if revision.benefit:
        return Hint("ok", _("nutzenstiftend"), _("Der Nutzen ist beschrieben."))
    return Hint("warn", _("nutzenstiftend"), _("Zum Nutzen steht nichts da."))


def _is_in_districts_with_few(revision: Revision, counts: dict[str, int]) -> bool:
    """Each of them has fewer public projects than the districts have on average."""
    average = sum(counts.values()) / max(1, len(counts))
    return bool(revision.districts) and all(
        counts.get(district.slug, 0) < average for district in revision.districts
    )

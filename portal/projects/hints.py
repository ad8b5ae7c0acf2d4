"""What the office looks at: the criteria of the field (domain.md, section 5) and what a text says
to each. Hints only, nobody counts points."""

from dataclasses import dataclass

from flask_babel import gettext as _

from portal.projects.models import Criterion, Phase, Revision


@dataclass(frozen=True)
class Hint:
    """kind: ok, warn or info, as the list of hints shows them."""

    kind: str
    text: str


def hints(revision: Revision) -> dict[Criterion, Hint]:
    return {
        Criterion.INNOVATIVE: Hint("info", _("Was ist neu daran? Lesen Sie Problem und Lösung.")),
        Criterion.SUSTAINABLE: _transferable(revision),
        Criterion.CONCRETE: _concrete(revision),
        Criterion.USEFUL: _useful(revision),
    }


def bonus(revision: Revision, district_counts: dict[str, int]) -> Hint | None:
    """Each of its districts has fewer public projects than the districts have on average."""
    average = sum(district_counts.values()) / max(1, len(district_counts))
    slugs = [district.slug for district in revision.districts]
    if not slugs or any(district_counts.get(slug, 0) >= average for slug in slugs):
        return None
    return Hint("ok", _("Pluspunkt: Wo das Projekt liegt, gibt es bisher wenige."))


def _transferable(revision: Revision) -> Hint:
    if revision.transfer:
        return Hint("ok", _("Die Übertragbarkeit ist beschrieben."))
    return Hint("warn", _("Zur Übertragbarkeit steht nichts da."))


def _concrete(revision: Revision) -> Hint:
    if revision.begins and revision.phase is not Phase.IDEA:
        return Hint("ok", _("Beginn und Phase sind genannt."))
    return Hint("warn", _("Es ist eine Idee, oder der Beginn fehlt."))


def _useful(revision: Revision) -> Hint:
    if revision.benefit:
        return Hint("ok", _("Der Nutzen ist beschrieben."))
    return Hint("warn", _("Zum Nutzen steht nichts da."))

"""Where a project stands in its life (phase), and where a text stands with the Projektbüro."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l


class Phase(StrEnum):
    """decisions.md, "The model"."""

    IDEA = "idea"
    PREPARATION = "preparation"
    PILOT = "pilot"
    IMPLEMENTATION = "implementation"
    OPERATION = "operation"
    COMPLETED = "completed"

    @property
    def label(self) -> str:
        return str(PHASE_LABELS[self])

    @property
    def slug(self) -> str:
        """As it stands in the address of a filtered list."""
        return PHASE_SLUGS[self]

    @property
    def fill(self) -> str:
        """The kind of hexagon that shows it (components/state.html)."""
        return PHASE_FILLS[self]


PHASE_LABELS = {
    Phase.IDEA: _l("Idee"),
    Phase.PREPARATION: _l("in Vorbereitung"),
    Phase.PILOT: _l("Pilot"),
    Phase.IMPLEMENTATION: _l("in Umsetzung"),
    Phase.OPERATION: _l("in Betrieb"),
    Phase.COMPLETED: _l("abgeschlossen"),
}
PHASE_SLUGS = {
    Phase.IDEA: "idee",
    Phase.PREPARATION: "in-vorbereitung",
    Phase.PILOT: "pilot",
    Phase.IMPLEMENTATION: "in-umsetzung",
    Phase.OPERATION: "in-betrieb",
    Phase.COMPLETED: "abgeschlossen",
}
PHASE_FILLS = {
    Phase.IDEA: "idea",
    Phase.PREPARATION: "plan",
    Phase.PILOT: "plan",
    Phase.IMPLEMENTATION: "run",
    Phase.OPERATION: "live",
    Phase.COMPLETED: "done",
}


class ReviewState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    PUBLISHED = "published"
    REJECTED = "rejected"
    DISCARDED = "discarded"

    @property
    def label(self) -> str:
        return str(REVIEW_STATE_LABELS[self])

    @property
    def slug(self) -> str:
        return REVIEW_STATE_SLUGS[self]

    @property
    def fill(self) -> str:
        return REVIEW_STATE_FILLS[self]


REVIEW_STATE_LABELS = {
    ReviewState.DRAFT: _l("Entwurf"),
    ReviewState.SUBMITTED: _l("in Prüfung"),
    ReviewState.RETURNED: _l("Änderungen erbeten"),
    ReviewState.PUBLISHED: _l("veröffentlicht"),
    ReviewState.REJECTED: _l("abgelehnt"),
    ReviewState.DISCARDED: _l("verworfen"),
}
REVIEW_STATE_SLUGS = {
    ReviewState.DRAFT: "entwurf",
    ReviewState.SUBMITTED: "in-pruefung",
    ReviewState.RETURNED: "aenderungen-erbeten",
    ReviewState.PUBLISHED: "veroeffentlicht",
    ReviewState.REJECTED: "abgelehnt",
    ReviewState.DISCARDED: "verworfen",
}
REVIEW_STATE_FILLS = {
    ReviewState.DRAFT: "draft",
    ReviewState.SUBMITTED: "review",
    ReviewState.RETURNED: "change",
    ReviewState.PUBLISHED: "live",
    ReviewState.REJECTED: "change",
    ReviewState.DISCARDED: "draft",
}

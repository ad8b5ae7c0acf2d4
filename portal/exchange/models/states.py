"""What kind of entry it is, whether the public sees it, where its text stands, what came of it."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l


class OfferKind(StrEnum):
    OFFER = "offer"
    REQUEST = "request"
    PILOT_SITE = "pilot_site"
    FUNDING_PARTNER = "funding_partner"

    @property
    def label(self) -> str:
        return str(OFFER_KIND_LABELS[self])

    @property
    def slug(self) -> str:
        """As it stands in the address of a filtered list."""
        return OFFER_KIND_SLUGS[self]


OFFER_KIND_LABELS = {
    OfferKind.OFFER: _l("Angebot"),
    OfferKind.REQUEST: _l("Gesuch"),
    OfferKind.PILOT_SITE: _l("Pilotfläche"),
    OfferKind.FUNDING_PARTNER: _l("Förderpartner"),
}
OFFER_KIND_SLUGS = {
    OfferKind.OFFER: "angebot",
    OfferKind.REQUEST: "gesuch",
    OfferKind.PILOT_SITE: "pilotflaeche",
    OfferKind.FUNDING_PARTNER: "foerderpartner",
}


class OfferState(StrEnum):
    """Of the entry as the public knows it. Only ONLINE is in lists, feeds, search and counts."""

    NEW = "new"
    ONLINE = "online"
    EXPIRED = "expired"
    ENDED = "ended"
    REMOVED = "removed"

    @property
    def label(self) -> str:
        return str(OFFER_STATE_LABELS[self])

    @property
    def fill(self) -> str:
        """The kind of hexagon that shows it (components/state.html)."""
        return OFFER_STATE_FILLS[self]


OFFER_STATE_LABELS = {
    OfferState.NEW: _l("noch nicht öffentlich"),
    OfferState.ONLINE: _l("online"),
    OfferState.EXPIRED: _l("abgelaufen"),
    OfferState.ENDED: _l("beendet"),
    OfferState.REMOVED: _l("vom Projektbüro offline genommen"),
}
OFFER_STATE_FILLS = {
    OfferState.NEW: "draft",
    OfferState.ONLINE: "live",
    OfferState.EXPIRED: "idea",
    OfferState.ENDED: "done",
    OfferState.REMOVED: "no",
}


class OfferReview(StrEnum):
    """Of one text: where it stands with the Projektbüro."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    PUBLISHED = "published"

    @property
    def label(self) -> str:
        return str(OFFER_REVIEW_LABELS[self])

    @property
    def slug(self) -> str:
        return OFFER_REVIEW_SLUGS[self]

    @property
    def fill(self) -> str:
        return OFFER_REVIEW_FILLS[self]


OFFER_REVIEW_LABELS = {
    OfferReview.DRAFT: _l("Entwurf"),
    OfferReview.SUBMITTED: _l("in Prüfung"),
    OfferReview.RETURNED: _l("Änderungen erbeten"),
    OfferReview.PUBLISHED: _l("veröffentlicht"),
}
OFFER_REVIEW_SLUGS = {
    OfferReview.DRAFT: "entwurf",
    OfferReview.SUBMITTED: "in-pruefung",
    OfferReview.RETURNED: "aenderungen-erbeten",
    OfferReview.PUBLISHED: "veroeffentlicht",
}
OFFER_REVIEW_FILLS = {
    OfferReview.DRAFT: "draft",
    OfferReview.SUBMITTED: "review",
    OfferReview.RETURNED: "change",
    OfferReview.PUBLISHED: "live",
}


class Outcome(StrEnum):
    """What came of it (features.md, G4)."""

    OPEN = "open"
    IN_TALKS = "in_talks"
    FOUND = "found"
    NO_MATCH = "no_match"

    @property
    def label(self) -> str:
        return str(OUTCOME_LABELS[self])


OUTCOME_LABELS = {
    Outcome.OPEN: _l("noch offen"),
    Outcome.IN_TALKS: _l("im Gespräch"),
    Outcome.FOUND: _l("jemanden gefunden"),
    Outcome.NO_MATCH: _l("niemanden gefunden"),
}

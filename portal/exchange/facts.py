"""What can have happened to an entry of the Projektbörse, and between two who write about it. What
a thread says stands in no fact: the history is read by people whom it does not concern."""

from portal.core.facts import Fact


class OfferDrafted(Fact):
    quiet = True


class OfferSaved(Fact):
    quiet = True


class OfferSubmitted(Fact):
    quiet = True


class OfferTakenBack(Fact):
    quiet = True


class OfferReturned(Fact):
    quiet = True


class OfferPublished(Fact): ...


class OfferRenewed(Fact): ...


class OfferReminded(Fact):
    """Its term ends soon."""

    quiet = True


class OfferExpired(Fact): ...


class OfferEnded(Fact):
    """By its owner; `note` is the outcome in German words."""


class OfferRemoved(Fact):
    """By the office; `note` is the reason."""


class OffersHidden(Fact):
    """All that an organisation shows, because it rests; `about` is the organisation."""


class OffersShownAgain(Fact):
    """The organisation acts again; `about` is the organisation."""


class InquirySent(Fact):
    quiet = True


class InquiryContinued(Fact):
    """Another message, from either side."""

    quiet = True


class InquiryAnswered(Fact):
    """The first message of the asked side."""

    quiet = True


class InquiryClosed(Fact):
    quiet = True

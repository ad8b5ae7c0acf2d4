"""Entries of the Projektbörse that two tied administrators can decide together (joint/cases.py)."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from portal.accounts.models import User
from portal.core.rules import Rule
from portal.exchange import queries, services
from portal.exchange.models import Offer, OfferReview
from portal.exchange.policies import ties
from portal.joint.cases import Act, JointCase, decides_jointly


class _Offers:
    word, desk, table = "kooperationen", "offers", "offer"
    endpoint, place = "exchange_office.show", "key"
    acts: Mapping[str, Act] = {
        "publish": Act(_l("Veröffentlichen")),
        "give_back": Act(_l("Zurückgeben"), asks=True),
    }

    def load(self, key: str, *, seen_by: User, to_change: bool) -> Offer:
        return queries.with_key(key, seen_by=seen_by, to_change=to_change)

    def case_of(self, offer: Offer) -> JointCase:
        return JointCase(
            kind=self,
            key=offer.key,
            about=offer,
            for_=offer.organisation,
            title=offer.name,
            version=offer.version,
            waits=offer.latest.state is OfferReview.SUBMITTED,
            tied=ties(offer),
        )

    def decide(
        self, offer: Offer, act: str, *, by: User, note: str, may: Rule, seen_version: int
    ) -> None:
        if act == "publish":
            services.publish(offer, by=by, may=may, seen_version=seen_version)
        else:
            services.give_back(offer, by=by, note=note, may=may, seen_version=seen_version)


decides_jointly(_Offers())

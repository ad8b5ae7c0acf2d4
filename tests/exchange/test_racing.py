"""Two people at the same moment: one wins, the other hears Conflict and changes nothing. Each race
is run again without its guard, and then has two winners."""

from dataclasses import replace
from unittest.mock import patch

from sqlalchemy import func, select

from portal.accounts.models import User
from portal.core import workflows
from portal.core.database import db
from portal.exchange import queries, services
from portal.exchange.models import Inquiry, Message, Offer, OfferReview, OfferState, Outcome
from portal.exchange.workflow import LIFE, REVIEW
from portal.partners.models import Organisation
from tests.exchange.making import a_draft, in_review, review_of, shown, state_of
from tests.letters import history
from tests.partners.acting import race, without_guard

ONE_WINNER = ["Conflict", "done"]


def acting(user_id: int, offer_id: int, act, **more):
    """An act as a request does it: it loads the person and, with its row held, the entry."""

    def run() -> None:
        by = db.session.get_one(User, user_id)
        key = db.session.get_one(Offer, offer_id).key
        act(queries.with_key(key, seen_by=by, to_change=True), by=by, **more)

    return run


def unguarded(app, *acts):
    """The same acts where neither version nor state is compared."""
    free = {
        workflow: {
            name: replace(step, leaves=frozenset([*OfferReview, *OfferState]))
            for name, step in workflow.steps.items()
        }
        for workflow in (REVIEW, LIFE)
    }
    with (
        patch.object(workflows, "check_version", lambda *_: None),
        patch.dict(REVIEW.steps, free[REVIEW]),
        patch.dict(LIFE.steps, free[LIFE]),
    ):
        without_guard(app, *((lambda: None, act) for act in acts))


def facts(*names: str) -> list[str]:
    return sorted(fact for fact, *_ in history() if fact in names)


def test_publish_against_return_has_one_winner(app, draft, olga, ada):
    seen = {"seen_version": in_review(draft, OfferReview.SUBMITTED)["version"]}
    publish = acting(olga.id, draft.id, services.publish, **seen)
    give_back = acting(ada.id, draft.id, services.give_back, note="Nein.", **seen)

    assert race(app, publish, give_back) == ONE_WINNER
    assert len(facts("OfferPublished", "OfferReturned")) == 1

    in_review(draft, OfferReview.SUBMITTED)
    unguarded(app, publish, give_back)
    assert len(facts("OfferPublished", "OfferReturned")) == 3


def test_two_entries_of_one_title_published_at_once_get_two_addresses(
    app, windwerk, petra, olga, ada
):
    offers = [a_draft(windwerk, petra, title="Wärme") for _ in range(2)]
    acts = [
        acting(
            clerk.id,
            offer.id,
            services.publish,
            seen_version=in_review(offer, OfferReview.SUBMITTED)["version"],
        )
        for offer, clerk in zip(offers, (olga, ada), strict=True)
    ]

    assert race(app, *acts) == ["done", "done"]
    db.session.rollback()
    assert sorted(db.session.scalars(select(Offer.slug))) == ["waerme", "waerme-2"]


def test_publish_against_taking_back_has_one_winner(app, draft, olga, petra):
    seen = {"seen_version": in_review(draft, OfferReview.SUBMITTED)["version"]}
    publish = acting(olga.id, draft.id, services.publish, **seen)
    take_back = acting(petra.id, draft.id, services.take_back, **seen)

    assert race(app, publish, take_back) == ONE_WINNER
    is_online = state_of(draft) is OfferState.ONLINE
    assert review_of(draft) is (OfferReview.PUBLISHED if is_online else OfferReview.DRAFT)
    assert len(facts("OfferPublished", "OfferTakenBack")) == 1

    in_review(draft, OfferReview.SUBMITTED)
    unguarded(app, publish, take_back)
    assert len(facts("OfferPublished", "OfferTakenBack")) == 3


def test_two_renewals_at_once_are_one(app, live, petra, erik):
    seen = {"seen_version": shown(live)["version"]}
    renewals = [acting(who.id, live.id, services.renew, **seen) for who in (petra, erik)]

    assert race(app, *renewals) == ONE_WINNER
    assert facts("OfferRenewed") == ["OfferRenewed"]

    unguarded(app, *renewals)
    assert facts("OfferRenewed") == ["OfferRenewed"] * 3


def test_end_against_publication_of_a_new_text_has_one_winner(app, live, petra, olga):
    content = services.Content(title="Neu", kind=live.live.kind)
    services.save(live, by=petra, seen_version=live.version, content=content)
    db.session.commit()
    seen = {"seen_version": in_review_waiting(live)}
    end = acting(petra.id, live.id, services.end, outcome=Outcome.FOUND, **seen)
    publish = acting(olga.id, live.id, services.publish, **seen)

    assert race(app, end, publish) == ONE_WINNER
    ended = state_of(live) is OfferState.ENDED
    assert review_of(live) is (OfferReview.DRAFT if ended else OfferReview.PUBLISHED)


def in_review_waiting(offer: Offer) -> int:
    offer.latest.state = OfferReview.SUBMITTED
    db.session.commit()
    return shown(offer)["version"]


def test_one_message_sent_twice_at_once_is_one(app, live, stefan, solarhof):
    def sending(key: str):
        ids = live.id, stefan.id, solarhof.id

        def run() -> None:
            offer = db.session.get_one(Offer, ids[0])
            by = db.session.get_one(User, ids[1])
            organisation = db.session.get_one(Organisation, ids[2])
            said = {"text": "Hallo", "shows_address": False}
            services.ask(offer, by=by, organisation=organisation, key=key, **said)

        return run

    assert race(app, sending("k" * 16), sending("k" * 16)) == ["done", "done"]
    assert counted(Inquiry) == counted(Message) == 1

    race(app, sending("a" * 16), sending("b" * 16))
    assert (counted(Inquiry), counted(Message)) == (1, 3)


def counted(model) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count(model.id)))


def test_worker_that_runs_twice_at_once_tells_once(app, live, petra):
    live.expires_on = live.expires_on.replace(year=2020)
    db.session.commit()

    assert race(app, services.expire_offers, services.expire_offers) == ["done", "done"]
    assert facts("OfferExpired") == ["OfferExpired"]

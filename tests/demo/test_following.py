"""What follows from the loaded rows is what follows from the office's own acts: counters, search,
history, letters, pages."""

import re
from collections import Counter as Tally

import pytest
from sqlalchemy import func, select

from portal.core.counters import counters
from portal.core.database import db
from portal.core.search.models import SearchEntry
from portal.events.models import Audience, Event
from portal.exchange.models import Offer, OfferState
from portal.history.models import Entry
from portal.news.models import Article, ArticleState
from portal.notifications.models import Letter
from portal.partners.models import Membership, Organisation
from portal.projects.models import Project
from portal.projects.queries import overview
from portal.teams.models import Team
from tests.letters import letters

pytestmark = pytest.mark.usefixtures("alliance")


def live() -> list[Project]:
    """On the public lists."""
    listed = select(Project).where(Project.live_revision_id.is_not(None))
    return list(db.session.scalars(listed.where(Project.archived_at.is_(None))))


def test_project_counters_equal_the_live_counts() -> None:
    revisions = [project.live for project in live()]

    counted = counters("projects")

    assert counted["all"] == {"all": len(revisions)}
    assert overview().current == sum(not project.lapsed for project in live())
    assert counted["theme"] == Tally(r.theme.slug for r in revisions)
    assert counted["phase"] == Tally(r.phase.value for r in revisions)
    assert counted["citywide"] == {"citywide": sum(r.citywide for r in revisions)}
    assert counted["district"] == Tally(d.slug for r in revisions for d in r.districts)


def test_partner_counters_equal_the_live_counts() -> None:
    members = db.session.scalars(select(Organisation).join(Organisation.memberships)).all()

    counted = counters("partners")

    assert counted["kind"] == Tally(str(member.kind) for member in members)
    assert counted["theme"] == Tally(theme.slug for m in members for theme in m.themes)
    assert counted["standing"] == Tally(
        str(standing) for standing in db.session.scalars(select(Membership.standing))
    )


def test_search_knows_what_is_public_and_no_draft() -> None:
    rows = select(SearchEntry.kind, func.count()).group_by(SearchEntry.kind)
    published = Article.state == ArticleState.PUBLISHED
    online = Offer.state == OfferState.ONLINE
    all_of = {
        "project": len(live()),
        "partner": db.session.scalar(select(func.count(Membership.id))),
        "team": db.session.scalar(select(func.count(Team.id))),
        "event": db.session.scalar(select(func.count(Event.id))),
        "article": db.session.scalar(select(func.count(Article.id)).where(published)),
        "offer": db.session.scalar(select(func.count(Offer.id)).where(online)),
    }

    public = SearchEntry.is_public.is_(True)
    assert dict(db.session.execute(rows).all()) == all_of
    not_for_all = select(Event.slug).where(Event.audience == Audience.TEAM)
    hidden = select(SearchEntry.slug).where(~public)
    assert set(db.session.scalars(hidden)) == set(db.session.scalars(not_for_all))


def test_history_is_written_in_the_order_in_which_it_happened() -> None:
    at = list(db.session.scalars(select(Entry.at).order_by(Entry.id)))

    assert len(at) > 100
    assert at == sorted(at)


def test_every_project_has_the_history_of_its_state() -> None:
    for project in db.session.scalars(select(Project)):
        facts = list(
            db.session.scalars(
                select(Entry.fact)
                .where(Entry.about == "project", Entry.about_id == project.id)
                .where(Entry.fact.startswith("Project"))
                .where(Entry.fact != "CommentDone")
                .order_by(Entry.id)
            )
        )
        ending = {
            "draft": ["ProjectDrafted"],
            "submitted": ["ProjectDrafted", "ProjectSubmitted"],
            "returned": ["ProjectDrafted", "ProjectSubmitted", "ProjectReturned"],
            "published": ["ProjectDrafted", "ProjectSubmitted", "ProjectPublished"],
        }[project.revisions[0].state]
        further = ["ProjectSaved", "ProjectSubmitted"] if len(project.revisions) > 1 else []
        further += ["ProjectArchived"] if project.archived_at else []
        further += ["ProjectLapsed"] if project.lapsed else []
        assert facts == (ending if project.author else ["ProjectPublished"]) + further


def test_mailbox_holds_few_letters() -> None:
    found = letters()

    assert 5 <= len(found) <= 20
    assert ("partner@demo.example", "projects/project_returned") in found
    assert len({kind for _, kind in found}) >= 4


def test_link_to_confirm_is_only_sent_to_who_has_not_confirmed() -> None:
    sent = select(Letter.recipient_id).where(Letter.kind == "partners/application_sent")

    assert [letter for letter in db.session.scalars(sent)] != []
    for address, kind in letters():
        if kind == "partners/application_sent":
            assert address == "charlie.probe@beispielgarten.example"


def test_all_addresses_of_the_sitemap_answer(alliance) -> None:
    client = alliance.test_client()
    sitemap = client.get("/sitemap.xml").get_data(as_text=True)
    addresses = re.findall("<loc>(.*?)</loc>", sitemap)

    answers = {address: client.get(address).status_code for address in addresses}

    assert len(addresses) > 250
    assert {address: status for address, status in answers.items() if status != 200} == {}

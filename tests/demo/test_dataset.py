"""What is loaded, how much of it, and that nothing invented passes for real."""

import pytest
from sqlalchemy import func, select

from portal.core.database import Base, db
from portal.events.models import Audience, Event, EventState
from portal.exchange.models import Inquiry, InquiryState, Offer, OfferReview, OfferState
from portal.news.models import Article, ArticleState
from portal.partners import queries as partners
from portal.partners.models import (
    Application,
    ApplicationState,
    CompetenceClaim,
    Membership,
    Organisation,
    Standing,
)
from portal.projects.models import Basis, Participation, Project, ReviewState, Revision
from portal.teams.models import Joining, Seat, SeatState, Team

pytestmark = pytest.mark.usefixtures("alliance")

# Whom the alliance's own texts name as founder, partner or supporter (docs: domain, section 11).
PROVEN = {
    "stadt-dortmund", "ihk-zu-dortmund", "cisco", "leitstelle-energiewende-dortmund", "adesso",
    "deutsche-telekom", "hitachi", "innogy", "materna", "microsoft", "schneider-electric",
    "siemens", "t-systems", "die-urbanisten", "kitanoff", "nrw-bank", "deutscher-staedtetag",
}  # fmt: skip
FICTITIOUS_WORDS = ("muster", "modell", "probe", "beispiel")


def number_of(model: type[Base], *conditions: object) -> int:
    return db.session.scalar(select(func.count(model.id)).where(*conditions)) or 0


def test_alliance_has_170_partners_and_62_founders() -> None:
    standings = db.session.execute(
        select(Membership.standing, func.count()).group_by(Membership.standing)
    )

    assert {standing: count for standing, count in standings} == {
        Standing.FOUNDER: 62,
        Standing.PARTNER: 108,
        Standing.SUPPORTER: 2,
    }
    assert partners.partner_count() == 170


def test_seven_teams_of_seven_themes_with_a_way_in_of_each_kind() -> None:
    teams = db.session.scalars(select(Team)).all()

    assert len(teams) == len({team.theme_id for team in teams}) == 7
    assert {team.joining for team in teams} == {
        Joining.OPEN,
        Joining.ON_REQUEST,
        Joining.INVITATION,
    }


def test_only_invented_organisations_claim_competences_and_gaps_are_left() -> None:
    claims = db.session.scalars(select(CompetenceClaim)).all()

    assert len(claims) == 44
    assert all(claim.organisation.fictitious for claim in claims)
    assert sum(bool(claim.evidence_key) for claim in claims) == 3
    assert len({(claim.theme_id, claim.competence_id) for claim in claims}) < 16 * 7 // 2


def test_31_recorded_projects_and_invented_ones_in_every_state() -> None:
    assert number_of(Revision, Revision.source_url != "") == 31
    invented = db.session.scalars(select(Revision.state).where(Revision.source_url == ""))
    assert set(invented) == set(ReviewState) - {ReviewState.REJECTED, ReviewState.DISCARDED}


def test_newest_projects_are_those_with_the_newest_facts_and_of_different_themes() -> None:
    rows = select(Project).where(Project.live_revision_id.is_not(None))
    newest = db.session.scalars(rows.order_by(Project.published_at.desc()).limit(3)).all()

    assert [project.slug for project in newest] == [
        "brueckensensorik",
        "digitaler-zwilling",
        "projektor",
    ]
    assert len({project.live.theme_id for project in newest}) == 3


def test_only_published_projects_have_an_address() -> None:
    for project in db.session.scalars(select(Project)):
        published = [one for one in project.revisions if one.state is ReviewState.PUBLISHED]
        assert (bool(project.slug), [project.live]) == (bool(published), published or [None])


@pytest.mark.parametrize(
    ("model", "states"),
    [
        (Application, set(ApplicationState)),
        (Seat, set(SeatState)),
        (Event, set(EventState)),
        (Article, set(ArticleState)),
    ],
)
def test_something_stands_in_every_state(model, states) -> None:
    assert set(db.session.scalars(select(model.state))) == states


def test_no_real_organisation_is_without_a_source() -> None:
    rows = select(Organisation.slug).where(
        Organisation.fictitious.is_(False), Organisation.source_url == ""
    )

    assert list(db.session.scalars(rows)) == []


def test_unproven_organisations_have_no_membership() -> None:
    rows = (
        select(Organisation.slug)
        .join(Organisation.memberships)
        .where(Organisation.fictitious.is_(False))
    )

    assert set(db.session.scalars(rows)) == PROVEN


def test_invented_organisations_say_so_in_their_names() -> None:
    names = db.session.scalars(
        select(Organisation.name).where(Organisation.fictitious.is_(True))
    ).all()

    assert names
    assert [n for n in names if not any(word in n.lower() for word in FICTITIOUS_WORDS)] == []


def test_real_names_in_projects_stand_with_their_source() -> None:
    rows = (
        select(Participation)
        .join(Participation.organisation)
        .where(Organisation.fictitious.is_(False))
    )

    for found in db.session.scalars(rows):
        assert found.basis is Basis.SOURCE and found.source_url


def test_who_is_named_in_an_unpublished_project_is_still_to_be_asked() -> None:
    rows = (
        select(Participation)
        .join(Participation.project)
        .where(Project.live_revision_id.is_(None), Project.organisation_id.is_not(None))
    )

    for found in db.session.scalars(rows):
        itself = found.organisation_id == found.project.organisation_id
        assert found.basis is (Basis.CONFIRMED if itself else Basis.PENDING)


@pytest.mark.parametrize("model", [Event, Article])
def test_what_is_recorded_has_a_source_and_what_is_invented_has_none(model) -> None:
    rows = select(model.slug, model.fictitious, model.source_url)

    for slug, fictitious, source_url in db.session.execute(rows):
        assert bool(source_url) is not fictitious, slug


def test_project_belongs_to_the_team_of_its_theme() -> None:
    rows = select(Revision.theme_id, Team.theme_id).join(Revision.team)
    themes = db.session.execute(rows).all()

    assert len(themes) == number_of(Revision)
    assert [pair for pair in themes if pair[0] != pair[1]] == []


def test_markdown_is_rendered_beside_its_source() -> None:
    for event in db.session.scalars(select(Event)):
        assert bool(event.text) == bool(event.text_html)
        assert bool(event.documentation) == bool(event.documentation_html)
    for article in db.session.scalars(select(Article)):
        assert bool(article.text) == bool(article.text_html)
    for revision in db.session.scalars(select(Revision)):
        assert bool(revision.solution) == ("solution" in revision.html)


def test_visitors_find_two_pages_of_dates_before_and_behind_today() -> None:
    public = Event.audience != Audience.TEAM

    assert number_of(Event, public, Event.ends_at > func.now()) > 12
    assert number_of(Event, public, Event.ends_at <= func.now()) > 12


@pytest.mark.parametrize(
    "address",
    [
        "/projekte",
        "/partner",
        "/termine",
        "/termine?zeit=vergangen",
        "/aktuelles",
    ],
)
def test_long_lists_fill_two_pages(alliance, address) -> None:
    client = alliance.test_client()
    join = "&" if "?" in address else "?"

    assert client.get(address).status_code == 200
    assert client.get(f"{address}{join}seite=2").status_code == 200


def test_exchange_has_a_page_of_entries_every_state_and_threads_of_invented_organisations() -> None:
    offers = db.session.scalars(select(Offer)).all()
    threads = db.session.scalars(select(Inquiry)).all()
    states = [offer.state for offer in offers]

    assert states.count(OfferState.ONLINE) >= 12
    assert set(states) == set(OfferState) - {OfferState.REMOVED}
    assert {offer.latest.state for offer in offers} == set(OfferReview)
    assert {thread.state for thread in threads} == {InquiryState.NEW, InquiryState.ANSWERED}
    assert all(offer.organisation.fictitious for offer in offers)
    assert all(thread.organisation.fictitious for thread in threads)

"""Between two Allianztagungen: the figures equal what was told in between, and the names are those
that the public sees now."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from random import Random

import pytest
import time_machine
from sqlalchemy import delete

from portal.charter.models import Declaration, DeclarationState, Signature, SignatureState, Way
from portal.core.database import db
from portal.core.facts import tell
from portal.core.generation import raise_generation
from portal.events import services as dates
from portal.events.content import Content
from portal.events.models import Audience, Event, EventKind
from portal.events.periods import Period
from portal.history.models import Entry
from portal.history.since import Change, Span, changes
from portal.partners import services as partners
from portal.partners.models import Membership, Organisation, Standing
from portal.projects import services as projects
from portal.projects.facts import ProjectUpdated
from portal.projects.models import Phase, Project, ReviewState, Revision
from portal.teams.models import Team
from tests.cast import a_user, an_organisation, saved, theme
from tests.projects.making import content, published

FIRST, SECOND = date(2026, 3, 10), date(2026, 9, 10)
SPAN = Span(datetime(2026, 3, 9, 23, tzinfo=UTC), datetime(2026, 9, 9, 22, tzinfo=UTC))


@contextmanager
def on(month: int, day: int = 1) -> Iterator[None]:
    with time_machine.travel(datetime(2026, month, day, 12, tzinfo=UTC), tick=False):
        yield


def meeting(ada, day: date, title: str, **more) -> Event:
    said = {"kind": EventKind.ALLIANCE_MEETING, "period": Period.of_days(day), **more}
    event = dates.plan(Content(title=title, **said), by=ada)
    db.session.commit()
    return event


def joined(slug: str, since: date | None, until: date | None = None, **more) -> Organisation:
    more.setdefault("standing", Standing.PARTNER)
    standing = more.pop("standing")
    organisation = an_organisation(slug, slug.title(), member=False, **more)
    organisation.memberships = [Membership(standing=standing, since=since, until=until)]
    saved(organisation)
    raise_generation()  # as its admission does
    db.session.commit()
    return organisation


def with_new_text(project: Project, phase: Phase, ada) -> None:
    """As an approved revision does it."""
    number = len(project.revisions) + 1
    text = Revision(number=number, state=ReviewState.PUBLISHED, changed_at=datetime.now(UTC))
    text.decided_at = datetime.now(UTC)
    project.revisions.append(text)
    projects.write(text, content(title=project.revisions[0].title, phase=phase))
    db.session.flush()
    projects.go_live(project, text, at=datetime.now(UTC))
    tell(ProjectUpdated(by=ada, for_=project.organisation, about=project))
    db.session.commit()


def offline(project: Project, ada) -> None:
    projects.unpublish(project, by=ada, note="Weg", seen_version=project.latest.version)
    db.session.commit()


def names(change: Change) -> list[str]:
    return [title for _, title in change.named]


def figures(change: Change) -> tuple[int, int, int, int]:
    return change.before, change.after, change.gained, change.lost


def test_partners_are_those_who_belonged_on_either_day(app):
    joined("schon", date(2018, 4, 1))
    joined("unbekannt", None)
    joined("neu", date(2026, 3, 10))
    joined("zuletzt", date(2026, 9, 9))
    joined("am-tag", date(2026, 9, 10))
    joined("kam-und-ging", date(2026, 5, 1), date(2026, 7, 1))
    joined("ging", date(2020, 1, 1), date(2026, 7, 1))
    joined("ging-spaeter", date(2026, 5, 1), date(2026, 10, 1))
    joined("ruht", date(2026, 5, 1), suspended_at=datetime(2026, 10, 1, tzinfo=UTC))
    joined("hilft", date(2026, 5, 1), standing=Standing.SUPPORTER)
    wieder = joined("wieder", date(2019, 1, 1), date(2020, 1, 1))
    wieder.memberships.append(Membership(standing=Standing.PARTNER, since=date(2026, 6, 1)))
    db.session.commit()

    found = changes(SPAN)["partners"]

    assert (figures(found), found.undated) == ((2, 6, 5, 1), 1)
    assert names(found) == ["Neu", "Wieder", "Zuletzt"]
    assert found.unnamed == 2  # who left since, and who rests: counted, not named


def test_projects_are_counted_as_their_history_tells_it(app, windwerk, ada):
    with on(1):
        old, gone, back, hidden = (
            published(windwerk, title) for title in ("Alt", "Geht", "Kommt wieder", "Im Archiv")
        )
    with on(2):
        offline(back, ada)
    with on(4):
        published(windwerk, "Neu")
        short = published(windwerk, "Kurz")
        filed = published(windwerk, "Neu im Archiv")
        taken = published(windwerk, "Später offline")
    with on(6):
        offline(short, ada)
        offline(gone, ada)
        for one in (hidden, filed):
            projects.archive(one, by=ada, note="Zu", seen_version=one.latest.version)
        with_new_text(back, Phase.PILOT, ada)
    with on(10):
        offline(taken, ada)
        published(windwerk, "Danach")
        projects.bring_back(hidden, by=ada, seen_version=hidden.latest.version)
        db.session.commit()

    found = changes(SPAN)["projects"]

    # before: Alt, Geht, Im Archiv; after: Alt, Kommt wieder, Neu, Später offline
    assert figures(found) == (3, 4, 3, 2)
    assert names(found) == ["Kommt wieder", "Neu"]
    assert found.unnamed == 1
    assert old.is_public


def test_resting_projects_leave_the_figures_and_come_back(app, windwerk, ada):
    with on(1):
        published(windwerk, "Ruht und kommt")
    with on(5):
        projects.hide_projects(windwerk, by=ada)
        db.session.commit()

    assert figures(changes(SPAN)["projects"]) == (1, 0, 0, 1)
    with on(8):
        projects.show_projects(windwerk, by=ada)
        db.session.commit()
    assert figures(changes(SPAN)["projects"]) == (1, 1, 0, 0)


def test_completed_is_what_the_public_text_of_that_day_says(app, windwerk, ada):
    with on(1):
        published(windwerk, "War fertig", phase=Phase.COMPLETED)
        runs = published(windwerk, "Läuft")
        later = published(windwerk, "Später fertig")
    with on(6):
        with_new_text(runs, Phase.COMPLETED, ada)
        published(windwerk, "Fertig vorgestellt", phase=Phase.COMPLETED)
    with on(10):
        with_new_text(later, Phase.COMPLETED, ada)

    found = changes(SPAN)["completed"]

    assert figures(found) == (1, 3, 2, 0)
    assert names(found) == ["Fertig vorgestellt", "Läuft"]


ON = ("ProjectPublished", "ProjectUpdated", "ProjectShownAgain")
OFF = ("ProjectUnpublished", "ProjectHidden")
FILED = ("ProjectArchived", "ProjectReopened")


@pytest.mark.parametrize("seed", range(12))
def test_figures_equal_the_history_whatever_it_tells(app, seed):
    random = Random(seed)  # noqa: S311 - the same lines each time
    moments = sorted(datetime(2026, random.randint(1, 12), 5, tzinfo=UTC) for _ in range(60))
    told = [
        (random.randint(1, 8), random.choice((*ON, *ON, *OFF, *FILED, "ProjectSaved")), moment)
        for moment in moments
    ]
    for about_id, fact, moment in told:
        db.session.add(Entry(fact=fact, about="project", about_id=about_id, at=moment))
        db.session.flush()
    db.session.commit()

    def public(before: datetime | None) -> set[int]:
        online: set[int] = set()
        filed: set[int] = set()
        for about_id, fact, moment in told:
            if before is None or moment >= before:
                break
            if fact in ON:
                online.add(about_id)
            elif fact in OFF:
                online.discard(about_id)
            elif fact == "ProjectArchived":
                filed.add(about_id)
            elif fact == "ProjectReopened":
                filed.discard(about_id)
        return online - filed

    for span in (SPAN, Span(None, SPAN.until)):
        was, is_ = public(span.since), public(span.until)
        found = changes(span)["projects"]
        assert (found.before, found.after, found.gained) == (len(was), len(is_), len(is_ - was))
    db.session.execute(delete(Entry))
    db.session.commit()


def test_teams_count_from_their_foundation_to_their_end(app):
    ended = datetime(2026, 5, 1, tzinfo=UTC)
    rows: list[tuple[str, date | None, datetime | None]] = [
        ("alt", date(2019, 1, 1), None),
        ("unbekannt", None, None),
        ("neu", date(2026, 6, 1), None),
        ("am-tag", SECOND, None),
        ("endet", date(2019, 1, 1), ended),
        ("endet-spaeter", date(2026, 6, 1), datetime(2026, 10, 1, tzinfo=UTC)),
    ]
    for slug, since, gone in rows:
        saved(Team(slug=slug, name=slug.title(), theme=theme(), since=since, archived_at=gone))

    found = changes(SPAN)["teams"]

    assert (figures(found), names(found), found.undated) == ((2, 3, 2, 1), ["Neu"], 1)


def test_signatures_count_organisations_and_declarations_their_versions(app):
    signer = a_user("kim@example.test", "Kim", "Muster")
    versions = [
        saved(
            Declaration(
                number=number,
                state=DeclarationState.PUBLISHED,
                title=f"Fassung {number}",
                text="x",
                text_html="<p>x</p>",
                created_at=day,
                changed_at=day,
                published_at=day,
            )
        )
        for number, day in ((1, moment(1)), (2, moment(5)), (3, moment(10)))
    ]
    rows = [
        ("alt", 0, moment(2), None),
        ("alt", 1, moment(6), None),  # the same organisation signs again
        ("neu", 1, moment(6), None),
        ("zieht-zurueck", 0, moment(2), moment(7)),
        ("kurz", 1, moment(6), moment(7)),
        ("danach", 2, moment(11), None),
    ]
    known: dict[str, Organisation] = {}
    for place, (slug, version, signed, ended) in enumerate(rows):
        organisation = known[slug] if slug in known else joined(slug, None)
        known[slug] = organisation
        state = SignatureState.WITHDRAWN if ended else SignatureState.STANDS
        saved(
            Signature(
                declaration=versions[version], number=version + 1, sha256="x",
                organisation=organisation, organisation_name=slug, signer=signer,
                signer_name="Kim Muster", function="x", way=Way.PORTAL, code=f"code{place}",
                signed_at=signed, ended_at=ended, state=state,
            )
        )  # fmt: skip

    found = changes(SPAN)

    assert figures(found["signatures"]) == (2, 2, 1, 1)
    assert figures(found["declarations"]) == (1, 2, 1, 0)
    assert found["declarations"].named == [("2", "Fassung 2")]


def moment(month: int) -> datetime:
    return datetime(2026, month, 1, tzinfo=UTC)


PAGE = "/termine/zweite"


def block_of(client, address: str = PAGE) -> str:
    html = client.get(address).text.partition('id="seither"')[2].partition("</section>")[0]
    return " ".join(re.sub("<[^>]+>", " ", html).split())


@pytest.fixture
def two_meetings(ada) -> Event:
    meeting(ada, date(2025, 3, 1), "Vorerste")
    meeting(ada, FIRST, "Erste")
    meeting(ada, date(2026, 5, 5), "Workshop", kind=EventKind.WORKSHOP)
    return meeting(ada, SECOND, "Zweite")


@pytest.fixture(autouse=True)
def in_november():
    with time_machine.travel(datetime(2026, 11, 20, 12, tzinfo=UTC), tick=True):
        yield


def test_page_names_the_meeting_before_and_what_came_since(client, two_meetings):
    joined("neuwerk", date(2026, 5, 1))

    html, words = client.get(PAGE).text, block_of(client)

    assert words.startswith("Seit der letzten Allianztagung") or "Zuletzt tagte" in words
    assert 'href="/termine/erste"' in html and "10. März 2026" in words
    assert 'href="/partner/neuwerk"' in html and "Partner 0 1 +1 Neuwerk" in words


def test_first_meeting_counts_from_the_foundation(client, two_meetings):
    joined("alt", date(2018, 4, 1))

    assert "Seit der Gründung" in client.get("/termine/vorerste").text
    assert "Partner 1 +1 Alt" in block_of(client, "/termine/vorerste")


@pytest.mark.parametrize("day", [date(2026, 11, 20), date(2027, 3, 1)], ids=["today", "to come"])
def test_meeting_that_is_not_over_says_nothing_yet(client, ada, two_meetings, day):
    joined("neuwerk", date(2026, 5, 1))
    meeting(ada, day, "Dritte")

    assert block_of(client, "/termine/dritte") == ""


def test_other_dates_cancelled_ones_and_empty_histories_say_nothing(client, ada, two_meetings):
    assert block_of(client) == ""
    joined("neuwerk", date(2026, 5, 1))
    dates.cancel(two_meetings, by=ada, reason="Sturm", seen_version=two_meetings.version)
    db.session.commit()

    assert (block_of(client), block_of(client, "/termine/workshop")) == ("", "")


def test_teams_meetings_and_cancelled_ones_are_never_the_one_before(client, ada, two_meetings):
    joined("neuwerk", date(2026, 5, 1))
    team = saved(Team(slug="it", name="IT", theme=theme()))
    meeting(ada, date(2026, 7, 1), "Geheim", audience=Audience.TEAM, team=team)
    off = meeting(ada, date(2026, 8, 1), "Fiel aus")
    dates.cancel(off, by=ada, reason="Sturm", seen_version=off.version)
    db.session.commit()

    html = client.get(PAGE).text

    assert "Geheim" not in html and "Fiel aus" not in html and 'href="/termine/erste"' in html


def test_cached_page_learns_of_an_organisation_that_rests(client, ada, two_meetings):
    neuwerk = joined("neuwerk", date(2026, 5, 1))
    etag = client.get(PAGE).headers["ETag"]
    assert client.get(PAGE, headers={"If-None-Match": etag}).status_code == 304

    partners.suspend(neuwerk, by=ada, reason="x", projects_rest=False, seen_version=neuwerk.version)
    db.session.commit()

    again = client.get(PAGE, headers={"If-None-Match": etag})
    assert again.status_code == 200
    assert "Neuwerk" not in again.text and "Partner 0 1 +1" in block_of(client)


def test_block_costs_seven_statements_at_first_and_then_one(
    client, windwerk, two_meetings, statements
):
    def page() -> int:
        with statements() as sent:
            assert client.get(PAGE).status_code == 200
        return sent.number

    joined("neuwerk", date(2026, 5, 1))
    few = page()
    for number in range(15):
        joined(f"werk-{number:02}", date(2026, 5, 1))
    with on(5):
        for number in range(3):
            published(windwerk, f"Projekt {number}")

    assert (page(), few) == (13, 13)
    assert page() == 7  # of which six are the date's own
    assert "und 4 weitere" in block_of(client)

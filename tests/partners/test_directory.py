"""The directory shows members, by name, in pages; the filters count; nobody else has a page."""

import re
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.core.database import db
from portal.core.search.models import SearchEntry
from portal.core.times import today
from portal.partners import services
from portal.partners.models import DatePrecision, Membership, OrganisationKind, Standing
from tests.cast import district, theme
from tests.partners.conftest import add_organisation

INDEX = "/partner"


def a_member(name, *, standing=Standing.PARTNER, since=date(2018, 4, 1), **more):
    more.setdefault("kind", OrganisationKind.COMPANY)
    more.setdefault("themes", [])
    organisation = add_organisation(name=name, standing=standing, since=since, **more)
    db.session.commit()
    return organisation


def a_stranger(name, **more):
    organisation = add_organisation(name=name, kind=OrganisationKind.SCIENCE, **more)
    db.session.commit()
    return organisation


def names(page):
    return re.findall(r'<h3><a href="/partner/[^"]+">([^<]+)</a></h3>', page.text)


def facet(page):
    """{label: (count, current, href)} of all choices."""
    found = re.findall(
        r'<li><a href="([^"]+)"( aria-current="true")?><span>([^<]+)</span>'
        r'<span class="num">(\d+)</span>',
        page.text,
    )
    return {label: (int(n), bool(now), href) for href, now, label, n in found}


def titles(page):
    return re.search(r'<h2 id="liste"[^>]*>([^<]+)</h2>', page.text)[1]


@pytest.fixture
def four(app):
    """Three members and one who is none."""
    energie, it = theme("energie"), theme("it")
    a_member("Ärztehaus", city="Hörde", themes=[it])
    a_member("Solarwerk", city="Dortmund", themes=[energie, it], kind=OrganisationKind.SCIENCE)
    a_member("Zuse Bank", standing=Standing.SUPPORTER, since=None, themes=[energie])
    a_stranger("Fremdwerk")


def test_members_stand_in_it_by_name_and_nobody_else(client, four):
    page = client.get(INDEX)

    assert names(page) == ["Ärztehaus", "Solarwerk", "Zuse Bank"]
    assert titles(page) == "3 Organisationen"


def test_ended_membership_leaves_the_directory(client, four):
    membership = db.session.scalars(select(Membership).order_by(Membership.id)).first()
    membership.until = today()
    db.session.commit()

    assert client.get("/partner/aerztehaus").status_code == 404
    assert names(client.get(f"{INDEX}?art=unternehmen")) == ["Zuse Bank"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=solar", ["Solarwerk"]),
        ("q=aerztehaus", ["Ärztehaus"]),
        ("q=Horde", ["Ärztehaus"]),
        ("q=Energie", ["Solarwerk", "Zuse Bank"]),
        ("q=%25%25", []),
        ("q=%00", ["Ärztehaus", "Solarwerk", "Zuse Bank"]),
        ("q=++", ["Ärztehaus", "Solarwerk", "Zuse Bank"]),
        ("q=Fremdwerk", []),
        ("q=" + "x" * 5000, []),
        ("art=wissenschaft", ["Solarwerk"]),
        ("art=unternehmen", ["Ärztehaus", "Zuse Bank"]),
        ("art=verband", []),
        ("thema=it", ["Ärztehaus", "Solarwerk"]),
        ("art=unternehmen&thema=it", ["Ärztehaus"]),
        ("art=unternehmen&thema=it&q=solar", []),
        ("art=nichts&thema=nichts", ["Ärztehaus", "Solarwerk", "Zuse Bank"]),
        ("art=a%00b&thema=a%00b", ["Ärztehaus", "Solarwerk", "Zuse Bank"]),
    ],
)
def test_filters_narrow_it(client, four, query, found):
    page = client.get(f"{INDEX}?{query}")

    assert (page.status_code, names(page)) == (200, found)


def test_choices_carry_the_number_that_they_would_show(client, four):
    assert {k: v[0] for k, v in facet(client.get(INDEX)).items()} == {
        "Unternehmen": 2,
        "Wissenschaft": 1,
        "Energie": 2,
        "IT-Plattformen und Bürgerservices": 2,
    }
    assert {k: v[0] for k, v in facet(client.get(f"{INDEX}?art=unternehmen")).items()} == {
        "Unternehmen": 2,
        "Wissenschaft": 1,
        "Energie": 1,
        "IT-Plattformen und Bürgerservices": 1,
    }
    assert {k: v[0] for k, v in facet(client.get(f"{INDEX}?q=solar&thema=it")).items()} == {
        "Wissenschaft": 1,
        "Energie": 1,
        "IT-Plattformen und Bürgerservices": 1,
    }


def test_every_choice_leads_to_as_many_as_it_says_and_back(client, four):
    for start in (INDEX, f"{INDEX}?q=solar"):
        for count, current, href in facet(client.get(start)).values():
            page = client.get(href.replace("&amp;", "&"))
            if not current:
                assert len(names(page)) == count, href
                assert any(chosen for _, chosen, _ in facet(page).values())


def test_second_value_of_a_facet_adds_to_the_first(client, four):
    page = client.get(f"{INDEX}?art=wissenschaft")
    (count, _, href) = facet(page)["Unternehmen"]

    both = client.get(href.replace("&amp;", "&"))

    assert href == "/partner?art=wissenschaft&amp;art=unternehmen"
    assert (count, names(both)) == (2, ["Ärztehaus", "Solarwerk", "Zuse Bank"])
    assert '<a class="chip chip--on" href="/partner?art=wissenschaft">' in both.text
    assert '<input type="hidden" name="art" value="unternehmen">' in both.text


def test_district_narrows_and_counts(client, app):
    a_member("Hafenwerk", district_id=district("hoerde").id)
    a_member("Solarwerk", district_id=district("eving").id, kind=OrganisationKind.SCIENCE)
    a_member("Zuse Bank")

    page = client.get(f"{INDEX}?stadtbezirk=hoerde")

    assert names(page) == ["Hafenwerk"]
    assert facet(page)["Eving"][0] == 1
    assert names(client.get(f"{INDEX}?stadtbezirk=hoerde&stadtbezirk=eving")) == [
        "Hafenwerk",
        "Solarwerk",
    ]
    assert names(client.get(f"{INDEX}?stadtbezirk=eving&art=unternehmen")) == []


def test_hits_in_the_name_come_first(client, app):
    a_member("Alpha", text="Solar auf dem Dach")
    a_member("Zeta Solar")

    assert names(client.get(f"{INDEX}?q=solar")) == ["Zeta Solar", "Alpha"]


def test_chosen_filters_can_be_taken_out_one_by_one(client, four):
    page = client.get(f"{INDEX}?q=solar&art=wissenschaft&thema=it").text

    assert '<a class="chip chip--on" href="/partner?art=wissenschaft&amp;thema=it">' in page
    assert '<a class="chip chip--on" href="/partner?q=solar&amp;thema=it">' in page
    assert '<a class="chip chip--on" href="/partner?q=solar&amp;art=wissenschaft">' in page
    assert '<input type="hidden" name="art" value="wissenschaft">' in page


@pytest.mark.parametrize(
    ("more", "shown"),
    [
        ({"standing": Standing.FOUNDER, "since": date(2016, 12, 9)}, "Gründungspartner"),
        ({"since": date(2019, 1, 8)}, "Partner seit 8. Januar 2019"),
        ({"since": date(2018, 4, 1), "precision": DatePrecision.MONTH}, "Partner seit April 2018"),
        ({"since": date(2020, 1, 1), "precision": DatePrecision.YEAR}, "Partner seit 2020"),
        ({"since": None}, "Partner"),
        (
            {"standing": Standing.SUPPORTER, "since": date(2018, 12, 5)},
            "Unterstützer seit 5. Dezember 2018",
        ),
    ],
)
def test_standing_is_said_as_precisely_as_it_is_known(client, app, more, shown):
    a_member("Solarwerk", **more)

    assert f'<p class="note">{shown}</p>' in client.get(INDEX).text
    assert shown in client.get("/partner/solarwerk").text


def test_fictitious_organisation_is_marked_everywhere(client, app):
    a_member("Musterwerk", fictitious=True)
    a_member("Solarwerk")

    assert client.get(INDEX).text.count("Demo-Organisation") == 1
    assert "Diese Organisation ist erfunden." in client.get("/partner/musterwerk").text
    assert "Demo-Organisation" not in client.get("/partner/solarwerk").text


def test_empty_directory_and_empty_choice_say_what_goes_next(client, app):
    assert "Noch steht hier niemand." in client.get(INDEX).text
    assert "Keine Organisation passt zu dieser Auswahl." in client.get(f"{INDEX}?q=solar").text


@pytest.fixture
def fifty(app):
    for number in range(50):
        add_organisation(
            name=f"Werk {number:03d}",
            kind=OrganisationKind.COMPANY,
            standing=Standing.PARTNER,
            themes=[],
        )
    db.session.commit()


@pytest.mark.parametrize(
    ("asked", "first", "count"),
    [
        ("", "Werk 000", 24),
        ("1", "Werk 000", 24),
        ("2", "Werk 024", 24),
        ("3", "Werk 048", 2),
        *[(asked, "Werk 000", 24) for asked in ("0", "-1", "abc", "1.5", "١", str(10**30), "%00")],
    ],
)
def test_pages_hold_twenty_four_and_nonsense_is_the_first(client, fifty, asked, first, count):
    page = client.get(f"{INDEX}?seite={asked}")

    assert (page.status_code, names(page)[0], len(names(page))) == (200, first, count)


@pytest.mark.parametrize("asked", ["4", "999999"])
def test_page_behind_the_last_one_is_not_there(client, fifty, asked):
    assert client.get(f"{INDEX}?seite={asked}").status_code == 404


def test_next_page_keeps_the_filters(client, fifty):
    page = client.get(f"{INDEX}?q=werk&art=unternehmen").text

    assert 'href="/partner?q=werk&amp;art=unternehmen&amp;seite=2" rel="next"' in page


@pytest.mark.parametrize("query", ["", "?q=werk", "?art=unternehmen&thema=energie&q=werk"])
def test_number_of_statements_does_not_grow_with_the_members(client, statements, query):
    def sent():
        with statements() as counted:
            assert client.get(INDEX + query).status_code == 200
        return counted.number

    def add(count):
        for number in range(count):
            add_organisation(
                name=f"Werk {number} von {count}",
                kind=OrganisationKind.COMPANY,
                standing=Standing.PARTNER,
                themes=[theme()],
            )
        db.session.commit()

    add(3)
    few = sent()
    add(297)
    many = sent()

    assert few == many
    assert many <= 6


def test_indexing_twice_counts_once(client, app):
    member = a_member("Solarwerk", themes=[theme()])

    services.index_partner(member)
    db.session.commit()

    assert {k: v[0] for k, v in facet(client.get(INDEX)).items()} == {
        "Unternehmen": 1,
        "Energie": 1,
    }
    assert titles(client.get(INDEX)) == "1 Organisation"


def test_who_is_no_member_is_not_indexed(app):
    stranger = a_stranger("Fremdwerk")

    services.index_partner(stranger)
    db.session.commit()

    assert db.session.scalars(select(SearchEntry.slug)).all() == []


def test_nobody_has_two_open_memberships(app):
    member = a_member("Solarwerk")
    db.session.add(Membership(organisation_id=member.id, standing=Standing.SUPPORTER))

    with pytest.raises(IntegrityError):
        db.session.commit()
    db.session.rollback()


def test_page_of_a_member_shows_what_is_known(client, app):
    a_member(
        "Solarwerk",
        city="Hörde",
        website="https://www.solarwerk.example/start",
        summary="Strom vom Dach.",
        text="Wir **messen** <script>alert(1)</script>Licht.",
        themes=[theme("energie")],
        source_url="https://quelle.example/liste",
    )

    page = client.get("/partner/solarwerk").text

    for shown in [
        "<h1>Solarwerk</h1>",
        "Strom vom Dach.",
        "<strong>messen</strong>",
        'href="https://www.solarwerk.example/start" rel="noopener nofollow">solarwerk.example</a>',
        '<a href="/partner?thema=energie">Energie</a>',
        "Hörde",
        "Unternehmen",
        "Partner seit 1. April 2018",
        '<a href="https://quelle.example/liste" rel="noopener nofollow">quelle.example</a>',
    ]:
        assert shown in page, shown
    assert "<script" not in page


@pytest.mark.parametrize("slug", ["fremdwerk", "nichts", "%00", "a" * 5000, "ä", "Solarwerk"])
def test_others_have_no_page(client, client_of, ada, four, slug):
    codes = [one.get(f"/partner/{slug}").status_code for one in (client, client_of(ada))]

    assert codes == [404, 404]


def test_public_pages_set_no_cookie_and_answer_from_what_the_visitor_has(client, four):
    for address in (INDEX, "/partner/solarwerk", "/allianzposter"):
        page = client.get(address)
        assert "Set-Cookie" not in page.headers
        again = client.get(address, headers={"If-None-Match": page.headers["ETag"]})
        assert again.status_code == 304

    a_member("Neuwerk")

    assert client.get(INDEX, headers={"If-None-Match": page.headers["ETag"]}).status_code == 200

"""The Allianzposter: the youngest layer on top, 62 founders at the bottom, whatever happens."""

import re
from datetime import date

from portal.core import generation
from portal.core.database import db
from portal.core.times import today
from portal.partners import queries
from portal.partners.models import DatePrecision, OrganisationKind, Standing
from tests.partners.conftest import add_organisation

POSTER = "/allianzposter"


def signed(name, since, standing=Standing.PARTNER, **more):
    organisation = add_organisation(
        name=name, kind=OrganisationKind.COMPANY, standing=standing, since=since, **more
    )
    db.session.commit()
    return organisation


def founded(name, **more):
    return signed(name, date(2016, 12, 9), Standing.FOUNDER, **more)


def wall():
    """(year, count, total, depth, names) of each layer, from the top."""
    db.session.rollback()
    return [
        (x.year, x.count, x.total, x.depth, [name.text for name in x.names])
        for x in queries.layers()
    ]


def test_foundation_stands_alone_with_its_62_before_anybody_is_known(client, app):
    assert wall() == [(2016, 62, 62, 5, [])]
    page = client.get(POSTER).text
    assert "Fundament: 62 Gründungspartner" in page
    assert "Von den 62 Gründungspartnern sind 0 mit Namen belegt" in page


def test_layers_lie_by_year_with_running_totals_and_the_undated_loose_on_top(app):
    founded("Gründerwerk")
    signed("Späte Bank", date(2020, 10, 1))
    signed("Aprilwerk", date(2018, 4, 1))
    signed("Ährenhof", date(2018, 12, 31))
    signed("Irgendwann", None)

    assert wall() == [
        (None, 1, 66, 1, ["Irgendwann"]),
        (2020, 1, 65, 3, ["Späte Bank"]),
        (2018, 2, 64, 4, ["Ährenhof", "Aprilwerk"]),
        (2016, 62, 62, 5, ["Gründerwerk"]),
    ]


def test_figure_of_the_founders_never_changes(app):
    for number in range(70):
        founded(f"Gründer {number}")
    leaving = founded("Abschied")
    leaving.memberships[0].until = today()
    db.session.commit()

    ((year, count, total, _, names),) = wall()

    assert (year, count, total, len(names)) == (2016, 62, 62, 70)


def test_supporters_and_strangers_are_no_signatories(app):
    signed("Hilfsbank", date(2018, 12, 5), Standing.SUPPORTER)
    add_organisation(name="Fremdwerk", kind=OrganisationKind.COMPANY)
    db.session.commit()

    assert wall() == [(2016, 62, 62, 5, [])]


def test_partner_of_the_founding_year_lies_above_the_foundation(client, app):
    signed("Nachzügler", date(2016, 12, 20))

    assert [(year, total) for year, _, total, *_ in wall()] == [(2016, 63), (2016, 62)]
    page = client.get(POSTER).text
    assert len(set(re.findall(r' id="([^"]+)"', page))) == len(re.findall(r' id="([^"]+)"', page))


def test_many_years_share_the_shades_between_paper_and_foundation(app):
    for year in range(2017, 2027):
        signed(f"Werk {year}", date(year, 5, 1))

    assert [depth for *_, depth, _ in wall()] == [1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 5]


def test_round_is_named_as_precisely_as_all_of_it_is_known(client, app):
    signed("Juniwerk", date(2017, 6, 8))
    signed("Aprilwerk", date(2018, 4, 1), precision=DatePrecision.MONTH)
    signed("Herbstwerk", date(2019, 10, 1))
    signed("Maiwerk", date(2019, 5, 1))

    page = client.get(POSTER).text

    found = re.findall(r'<li><a href="#[^"]+">([^<]+)</a>', page)
    assert found == ["2019", "April 2018", "8. Juni 2017", "9. Dezember 2016"]


def test_proven_names_lead_to_their_pages_and_fictitious_ones_nowhere(client, app):
    founded("Stadtwerk")
    founded("Musterwerk", fictitious=True)

    page = client.get(POSTER).text

    assert '<a class="first" href="/partner/stadtwerk">Stadtwerk</a>' in page
    assert "<li>Musterwerk</li>" in page
    assert "Alle anderen sind Demo-Namen" in page
    assert "Demo-Namen" not in _page_without_fictitious(client)


def _page_without_fictitious(client):
    for organisation, _ in [queries.member_with_slug("musterwerk")]:
        organisation.memberships[0].until = today()
    generation.raise_generation()
    db.session.commit()
    return client.get(POSTER).text


def test_statements_do_not_grow_with_the_names(client, app, statements):
    def sent():
        with statements() as counted:
            client.get(POSTER)
        return counted.number

    def add(count):
        for number in range(count):
            add_organisation(
                name=f"Werk {number} von {count}",
                kind=OrganisationKind.COMPANY,
                standing=Standing.PARTNER,
                since=date(2018, 1, 1),
            )
        db.session.commit()

    add(3)
    few = sent()
    add(297)
    assert few == sent() == 2


def test_partner_count_is_founders_and_partners_without_supporters(app):
    founded("Gründerwerk")
    signed("Aprilwerk", date(2018, 4, 1))
    signed("Hilfsbank", None, Standing.SUPPORTER)

    assert queries.partner_count() == 2

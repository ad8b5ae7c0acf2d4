"""What the office is told before it decides: found by comparing, never by asking the world."""

import pytest

from portal.core.text import normalised_address
from portal.core.times import now
from portal.partners.hints import hints_for
from portal.partners.likeness import look_alike, skeleton
from portal.partners.models import ApplicationState
from portal.partners.websites import belong_together, domain_of
from tests.cast import a_user, an_organisation
from tests.partners.conftest import an_application


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Probelabor Emscher gGmbH", "Probelabor Emscher e. V."),
        ("Windwerk eG", "WINDWERK"),
        ("Wärmewerk", "Waermewerk GmbH & Co. KG"),
        ("Windwerk", "Wіndwеrk"),  # і and е are Cyrillic
        ("Windwerk", "VVindwerk"),
        ("Modern", "Modem"),
        ("Solar 1", "Solar l"),
        ("Windwerk Dortmund", "Windwerke Dortmund"),
        ("Ｗｉｎｄｗｅｒｋ", "Windwerk"),  # full width
    ],
)
def test_names_that_look_alike(one, other):
    assert look_alike(skeleton(one), skeleton(other))
    assert look_alike(skeleton(other), skeleton(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Windwerk", "Solarhof"),
        ("Musterlicht", "Musterbau"),
        ("AG", "eG"),
        ("ABC", "ABD"),
        ("★", "✿"),
        ("Windwerk", ""),
    ],
)
def test_names_that_do_not(one, other):
    assert not look_alike(skeleton(one), skeleton(other))


@pytest.mark.parametrize(
    ("mail", "site", "together"),
    [
        ("windwerk.example", "windwerk.example", True),
        ("buero.windwerk.example", "windwerk.example", True),
        ("windwerk.example", "shop.windwerk.example", True),
        ("Windwerk.Example", "windwerk.example", True),
        ("indwerk.example", "windwerk.example", False),
        ("windwerk.example.elsewhere.example", "windwerk.example", False),
        ("", "windwerk.example", False),
        ("windwerk.example", "", False),
    ],
)
def test_mail_and_website_belong_together(mail, site, together):
    assert belong_together(mail, site) is together


@pytest.mark.parametrize(
    ("website", "domain"),
    [
        ("https://www.windwerk.example/start", "windwerk.example"),
        ("http://windwerk.example:8080", "windwerk.example"),
        ("", ""),
        ("https://[", ""),
    ],
)
def test_domain_of_a_website(website, domain):
    assert domain_of(website) == domain


def test_normal_spelling_is_normal_already():
    for typed in ("www.Windwerk.example/a b", "windwerk.example/?x=1", "https://prüfwerk.example/"):
        if (once := normalised_address(typed)) is not None:
            assert normalised_address(once) == once


def test_everything_in_order_says_so(kim):
    hints = hints_for(an_application(kim))

    assert (hints.mail_domain, hints.website_domain) == ("probewerk.example", "probewerk.example")
    assert (hints.domains_fit, hints.address_confirmed) == (True, True)
    assert hints.same_name == hints.similar_name == hints.same_website == []
    assert hints.earlier == hints.similar == []


def test_foreign_mail_domain_is_said(kim, client_of, olga):
    application = an_application(kim, website="https://elsewhere.example")

    page = client_of(olga).get(f"/projektbuero/antraege/{application.number}").text

    assert "Mail-Domain probewerk.example und Webadresse elsewhere.example sind versch" in page


def test_known_organisations_are_compared_by_name_and_website(kim):
    an_organisation("eins", "probewerk GGMBH", website="https://elsewhere.example")
    an_organisation("zwei", "Probewerk e. V.", member=False)
    an_organisation("drei", "Solarhof", website="http://www.probewerk.example/start")
    an_organisation("vier", "Windwerk", website="https://windwerk.example")

    hints = hints_for(an_application(kim))

    assert [k.slug for k in hints.same_name] == ["eins"]
    assert [(k.slug, k.standing) for k in hints.similar_name] == [("zwei", None)]
    assert [k.slug for k in hints.same_website] == ["drei"]


def test_other_applications_are_compared_and_unproven_ones_are_not(kim):
    lee = a_user("lee@elsewhere.example", "Lee", "Probe")
    elsewhere = {"website": "https://elsewhere.example"}
    own = an_application(kim, state=ApplicationState.DECLINED, name="Anderes", **elsewhere)
    same = an_application(lee, state=ApplicationState.WITHDRAWN, **elsewhere)
    alike = an_application(lee, name="Probewerk e. V.", **elsewhere)
    site = an_application(lee, name="Ganz anders")
    an_application(lee, name="Solarhof", **elsewhere)
    an_application(lee, state=ApplicationState.UNCONFIRMED)

    hints = hints_for(an_application(kim))

    assert [(e.number, e.state) for e in hints.earlier] == [
        (same.number, ApplicationState.WITHDRAWN),
        (own.number, ApplicationState.DECLINED),
    ]
    assert [e.number for e in hints.similar] == [site.number, alike.number]


def test_organisation_that_came_from_the_application_is_no_hint_on_it(kim):
    organisation = an_organisation("probewerk", "Probewerk gGmbH")
    application = an_application(
        kim, state=ApplicationState.ADMITTED, organisation=organisation, decided_at=now()
    )

    assert hints_for(application).same_name == []


def test_hints_say_what_it_is_and_lead_there(client_of, olga, kim):
    an_organisation("probewerk", "Probewerk gGmbH")
    an_organisation("verein", "Probewerk e. V.", member=False)
    earlier = an_application(kim, state=ApplicationState.DECLINED)
    application = an_application(kim)

    page = client_of(olga).get(f"/projektbuero/antraege/{application.number}").text

    assert 'Gleicher Name: <a href="/partner/probewerk">Probewerk gGmbH</a>, Partner seit' in page
    assert "Ähnlicher Name: Probewerk e. V. (ohne Mitgliedschaft)" in page
    assert f'<a href="/projektbuero/antraege/{earlier.number}">{earlier.number}</a>' in page
    assert "E-Mail-Adresse ist bestätigt." in page


def test_number_of_statements_does_not_grow_with_what_is_compared(kim, statements):
    def sent():
        with statements() as counted:
            hints_for(application)
        return counted.number

    application = an_application(kim)
    an_organisation("eins", "Probewerk 1")
    few = sent()
    for number in range(30):
        an_organisation(f"werk-{number}", f"Probewerk {number}")
        an_application(kim, name=f"Probewerk {number}")

    assert few == sent() <= 4  # two of them read the application itself again
    assert len(hints_for(application).similar_name) == 5

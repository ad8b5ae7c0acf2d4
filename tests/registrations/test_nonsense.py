"""Whatever somebody puts into the addresses of the office's pages, nothing of it is an error of
ours."""

import pytest

from tests.registrations.cast import all_register, an_allocation, people
from tests.registrations.office import office

WORDS = ["", " ", "%", "_", "\\", "'", "\x00", "\u202e", "٣", "😀", "-1", "9" * 400, "a" * 5000]
ADDRESSES = [
    "/anmeldungen?q={}",
    "/anmeldungen?stand={}",
    "/anmeldungen?seite={}",
    "/anmeldungen?q=a&seite={}",
    "/anmeldungen/nachtragen?weg={}",
    "/anmeldungen/nachtragen?tag={}",
    "/einlass?q={}",
    "/platzvergabe?regeln={}",
]


@pytest.fixture
def allocation(ada):
    allocation = an_allocation(ada)
    all_register(allocation, people(3))
    return allocation


@pytest.mark.parametrize("address", ADDRESSES)
def test_nonsense_in_an_address_does_no_harm(client_of, olga, allocation, address):
    client = client_of(olga)
    path, _, name = address.format("").rstrip("=").partition("?")
    name = name.rpartition("&")[2]

    answers = {
        word: client.get(office(allocation, path), query_string={name: word}).status_code
        for word in WORDS
    }

    assert set(answers.values()) <= {200, 404}, answers


@pytest.mark.parametrize(
    "rest",
    [
        "/platzvergabe",
        "/anmeldungen/nachtragen",
        "/anmeldungen/1/abmelden",
        "/anmeldungen/nachruecken",
        "/teilnahmeliste.pdf",
        "/anmeldungen.xlsx",
    ],
)
@pytest.mark.parametrize("word", ["", "\x00", "\ud83d", "x" * 20_000, "=1+1", "9" * 30])
def test_nonsense_in_every_field_does_no_harm(client_of, olga, allocation, rest, word):
    typed = {name: word.encode("utf-8", "surrogatepass") for name in NAMES}

    reply = client_of(olga).post(office(allocation, rest), data=typed)

    assert reply.status_code in {200, 303, 409, 422}


PARTS = ("day", "clock", "which")
MOMENTS = ("opens", "closes", "cancel", "offers", "moves", "arrived")
NAMES = [
    "capacity", "per_organisation", "question", "offer_hours", "version", "first_name", "last_name",
    "email", "organisation_name", "municipality", "way", "note", "seen", "reason", "who", "weiter",
    *(f"{moment}_{part}" for moment in MOMENTS for part in PARTS),
]  # fmt: skip

"""The same file, and the same button, from two processes at once: one import. Each race is run
again without its guard, and then has two."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from sqlalchemy import func, select

from config import Settings
from portal.accounts import services as accounts
from portal.core.counters import counters
from portal.core.database import db
from portal.partners.models import Organisation, PartnerImport
from tests.indexes import without_index
from tests.partners.test_importing import GOOD, IMPORT, checked, told
from tests.projects.racers import Post, Racers, two_racers

ROUNDS = 3


@pytest.fixture(scope="module")
def racers(settings: Settings, portal: object) -> Iterator[Racers]:
    with two_racers(settings) as racers:
        yield racers


def key_of(user):
    key = accounts.open_session(user, browser="Test")
    db.session.commit()
    return key


def count(model):
    db.session.rollback()
    return db.session.scalar(select(func.count(model.id)))


def sending(ada):
    return Post(IMPORT, {"file": GOOD.encode()}, key_of(ada))


def carrying_out(client, ada):
    record = checked(client)
    return Post(f"{IMPORT}/{record.id}", {"version": record.version}, key_of(ada))


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_same_file_sent_twice_at_once_waits_once(racers, ada, round_):
    answers = racers.race(sending(ada), sending(ada))

    assert [answer.status for answer in answers] == [303, 303]
    assert count(PartnerImport) == 1


def test_without_the_index_it_would_wait_twice(racers, ada):
    with without_index("uq_partner_import_digest_checked"):
        answers = racers.without_guards(sending(ada), sending(ada))
        assert [answer.status for answer in answers] == [303, 303]
        assert count(PartnerImport) == 2
        db.session.execute(sa.delete(PartnerImport))
        db.session.commit()


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_button_pressed_twice_at_once_imports_once(racers, client_of, ada, round_):
    post = carrying_out(client_of(ada), ada)

    answers = racers.race(post, post)

    assert sorted(answer.status for answer in answers) == [303, 409]
    assert count(Organisation) == 2
    assert counters("partners")["standing"] == {"partner": 2}
    assert [fact for fact, *_ in told()] == ["PartnersImported"]


def test_without_version_state_and_comparison_everybody_would_come_twice(racers, client_of, ada):
    post = carrying_out(client_of(ada), ada)

    answers = racers.without_guards(post, post)

    assert [answer.status for answer in answers] == [303, 303]
    assert count(Organisation) == 4
    assert [fact for fact, *_ in told()] == ["PartnersImported"] * 2


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_two_files_with_one_name_at_once_enter_it_once(racers, client_of, ada, round_):
    client = client_of(ada)
    posts = []
    for other in ("Anderswerk", "Fernwerk"):
        record = checked(client, f"Name;Art\nMusterwerk;Unternehmen\n{other};Kammer\n")
        data = {"version": record.version}
        posts.append(Post(f"{IMPORT}/{record.id}", data, key_of(ada)))

    answers = racers.race(*posts)

    assert [answer.status for answer in answers] == [303, 303]
    assert count(Organisation) == 3
    assert counters("partners")["standing"] == {"partner": 3}

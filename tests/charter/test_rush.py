"""A hundred phones at once, through HTTP: none is lost, none counts twice."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Thread
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from werkzeug.serving import make_server

from portal.charter.models import ProvisionalSignature
from portal.charter.services import occasions
from portal.core.database import db
from tests.charter.conftest import PHONE, a_provisional, all_of, an_occasion, race
from tests.letters import history

PHONES = 100


class Stays(HTTPRedirectHandler):
    """Shows where it was sent to, and does not go there."""

    def redirect_request(self, *_: object) -> None:
        return None


@pytest.fixture
def occasion(declaration):
    return an_occasion(declaration, shows_provisional=True)


@pytest.fixture
def hall(app, occasion):
    """The portal behind a real socket."""
    db.session.rollback()
    hosts, app.config["TRUSTED_HOSTS"] = app.config["TRUSTED_HOSTS"], None
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/vor-ort/b2345"
    server.shutdown()
    thread.join()
    app.config["TRUSTED_HOSTS"] = hosts


def phones(address, names):
    """All from the same moment: status and where each was sent to."""
    barrier = Barrier(len(names))

    def sign(name):
        data = urlencode(PHONE | {"organisation_name": name}).encode()
        request = Request(address, data, {"Sec-Fetch-Site": "same-origin"})
        barrier.wait(timeout=30)
        try:
            with build_opener(Stays).open(request, timeout=60) as reply:
                return reply.status, reply.headers.get("Location")
        except OSError as error:
            return getattr(error, "code", 0), getattr(error, "headers", {}).get("Location")

    with ThreadPoolExecutor(len(names)) as threads:
        return list(threads.map(sign, names))


def test_a_hundred_organisations_at_once_are_all_there(hall):
    names = [f"Musterwerk {number:03}" for number in range(PHONES)]

    answers = phones(hall, names)

    assert Counter(answers) == {(303, "/vor-ort/b2345/danke"): PHONES}
    kept = [one.organisation_name for one in all_of(ProvisionalSignature)]
    assert sorted(kept) == names
    told = [fact for fact, *_ in history() if fact == "ProvisionallySigned"]
    assert len(told) == PHONES


def test_a_hundred_phones_of_ten_organisations_count_ten(hall):
    names = [f"Musterwerk {number % 10}" for number in range(PHONES)]

    answers = phones(hall, names)

    assert Counter(answers) == {
        (303, "/vor-ort/b2345/danke"): 10,
        (303, "/vor-ort/b2345/danke?schon=da"): PHONES - 10,
    }
    assert sorted({one.organisation_name for one in all_of(ProvisionalSignature)}) == names[:10]
    assert len(all_of(ProvisionalSignature)) == 10


def test_two_phones_that_both_looked_first_still_count_once(app, occasion, meet, monkeypatch):
    look = occasions.find_given

    def look_and_meet(*args):
        found = look(*args)
        meet()
        return found

    monkeypatch.setattr(occasions, "find_given", look_and_meet)
    clients = [app.test_client() for _ in range(2)]

    ways = race(app, *(lambda c=c: c.post("/vor-ort/b2345", data=PHONE).location for c in clients))

    assert sorted(ways) == ["/vor-ort/b2345/danke", "/vor-ort/b2345/danke?schon=da"]
    assert len(all_of(ProvisionalSignature)) == 1


def test_without_the_index_both_would_count(app, occasion, meet):
    def look():
        with db.engine.begin() as connection:
            count = connection.scalar(sa.text("SELECT count(*) FROM provisional_signature"))
        meet()
        return count

    assert race(app, look, look) == [0, 0]


def test_index_refuses_a_second_row_of_one_name(occasion):
    a_provisional(occasion)

    with pytest.raises(IntegrityError):
        a_provisional(occasion)
    db.session.rollback()

"""Two second persons at the same moment, in two processes: one wins; without its guard both do."""

from collections.abc import Iterator

import pytest

from config import Settings
from portal.accounts import services as accounts
from portal.accounts.models import OfficeRole, User
from portal.core.database import db
from portal.projects.models import Project, ReviewState
from tests.cast import a_user
from tests.joint.acting import ALSO, WHY, address_of, joints, notes, proposed, states, version_of
from tests.joint.conftest import tie
from tests.letters import history
from tests.projects.making import state_of
from tests.projects.racers import Post, Racers, two_racers

ROUNDS = 3


@pytest.fixture(scope="module")
def racers(settings: Settings, portal: object) -> Iterator[Racers]:
    with two_racers(settings) as racers:
        yield racers


@pytest.fixture
def clara(windwerk, office) -> User:
    """A third administrator, tied as well."""
    leads = OfficeRole.ADMINISTRATOR
    return tie(a_user("clara@office.example", "Clara", "Chef", office_role=leads), windwerk)


def key_of(user: User) -> str:
    key = accounts.open_session(user, browser="Test")
    db.session.commit()
    return key


def confirmations(client, project: Project, *users: User) -> list[Post]:
    assert proposed(client, project).status_code == 303
    data = ALSO | {"version": joints()[-1].version}
    return [Post(f"{address_of(project)}/bestaetigen", data, key_of(user)) for user in users]


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_of_two_confirmations_one_wins(racers, client_of, ada, berta, clara, project, round_):
    posts = confirmations(client_of(ada), project, berta, clara)

    answers = [answer.status for answer in racers.race(*posts)]

    assert sorted(answers) == [303, 409]
    assert (state_of(project), states()) == (ReviewState.PUBLISHED, ["confirmed"])
    assert len(notes("ProjectPublished")) == len(notes("JointDecisionTaken")) == 1
    winner = (berta, clara)[answers.index(303)]
    assert history()[-1][:2] == ("ProjectPublished", winner.id)


def test_without_their_guard_both_confirmations_count(
    racers, client_of, ada, berta, clara, project
):
    posts = confirmations(client_of(ada), project, berta, clara)

    answers = [answer.status for answer in racers.without_guards(*posts)]

    assert answers == [303, 303]
    assert len(notes("JointDecisionTaken")) == 2


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_of_two_proposals_one_waits(racers, client_of, berta, clara, project, round_):
    data = version_of(project) | {"act": "publish"} | WHY
    posts = [Post(address_of(project), data, key_of(user)) for user in (berta, clara)]

    answers = [answer.status for answer in racers.race(*posts)]

    assert sorted(answers) == [303, 409]
    assert states() == ["open"]

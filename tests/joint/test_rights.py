"""Who of the office may do what, while everybody is tied and while somebody is not."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from portal.accounts.models import OfficeRole
from portal.core.database import db
from portal.core.times import now
from portal.joint.cases import case_of
from portal.joint.policies import is_left_to_the_tied, may_answer, may_open, may_take_back
from portal.partners.models import Affiliation
from portal.projects.models import ReviewState
from tests.cast import a_user
from tests.joint.acting import ALSO, WHY, address_of, joints, proposed, states, version_of
from tests.letters import history
from tests.partners.acting import an_invitation
from tests.projects.making import OFFICE, in_state, state_of


def nothing_else(**_):
    pass


def a_locked_moderator_is_untied(**_):
    a_user("l@x.example", "L", "X", office_role=OfficeRole.MODERATOR, locked_at=now())


def an_unconfirmed_moderator_is_untied(**_):
    a_user("u@x.example", "U", "X", office_role=OfficeRole.MODERATOR, confirmed_at=None)


def somebody_outside_is_untied(**_):
    a_user("s@x.example", "S", "X")


def somebody_invited_is_tied_too(windwerk, petra, **_):
    max_ = a_user("m@x.example", "M", "X", office_role=OfficeRole.MODERATOR)
    an_invitation(windwerk, max_, petra)


def the_author_is_tied_too(project, **_):
    project.author = a_user("m@x.example", "M", "X", office_role=OfficeRole.MODERATOR)


def a_moderator_is_untied(**_):
    a_user("m@x.example", "M", "X", office_role=OfficeRole.MODERATOR)


def an_administrator_is_untied(**_):
    a_user("m@x.example", "M", "X", office_role=OfficeRole.ADMINISTRATOR)


def a_tie_is_older_than_a_year(olga, **_):
    rows = update(Affiliation).where(Affiliation.user_id == olga.id)
    db.session.execute(rows.values(until=now() - timedelta(days=366)))


def there_is_one_administrator_only(berta, **_):
    berta.office_role = OfficeRole.MODERATOR


@pytest.mark.parametrize(
    ("given", "left"),
    [
        (nothing_else, True),
        (a_locked_moderator_is_untied, True),
        (an_unconfirmed_moderator_is_untied, True),
        (somebody_outside_is_untied, True),
        (somebody_invited_is_tied_too, True),
        (the_author_is_tied_too, True),
        (a_moderator_is_untied, False),
        (an_administrator_is_untied, False),
        (a_tie_is_older_than_a_year, False),
        (there_is_one_administrator_only, False),
    ],
)
def test_case_is_left_to_the_tied_when_nobody_else_is_there(
    windwerk, petra, olga, berta, project, given, left
):
    given(windwerk=windwerk, petra=petra, olga=olga, berta=berta, project=project)
    db.session.commit()

    assert is_left_to_the_tied(None, case_of(project)) is left


@pytest.mark.parametrize(
    ("person", "opens", "answers", "takes_back"),
    [
        ("ada", True, False, True),
        ("berta", True, True, False),
        ("olga", False, False, False),
        ("petra", False, False, False),
    ],
)
def test_administrators_open_and_another_one_answers(
    client_of, request, ada, project, person, opens, answers, takes_back
):
    user = request.getfixturevalue(person)
    case = case_of(project)
    assert may_open(user, case) is opens

    proposed(client_of(ada), project)

    (joint,) = joints()
    assert (may_answer(user, joint), may_take_back(user, joint)) == (answers, takes_back)


FORGED = [
    ("olga", "", {"act": "publish"} | WHY),
    ("olga", "/bestaetigen", ALSO),
    ("olga", "/widersprechen", {"widerspruch-reason": "Nein."}),
    ("ada", "/bestaetigen", ALSO),
    ("ada", "/widersprechen", {"widerspruch-reason": "Nein."}),
    ("berta", "/zuruecknehmen", {}),
    ("olga", "/zuruecknehmen", {}),
]


@pytest.mark.parametrize(("person", "act", "data"), FORGED)
def test_forged_act_is_refused_and_written_down(
    client_of, request, ada, project, person, act, data
):
    proposed(client_of(ada), project)
    user = request.getfixturevalue(person)
    version = version_of(project) if not act else {"version": joints()[-1].version}

    answer = client_of(user).post(f"{address_of(project)}{act}", data=version | data)

    assert answer.status_code == 403
    assert history()[-1] == ("ActDenied", user.id, None)
    assert (state_of(project), states()) == (ReviewState.SUBMITTED, ["open"])


@pytest.mark.parametrize("act", ["veroeffentlichen", "zurueckgeben", "ablehnen"])
def test_nobody_decides_alone_also_while_a_proposal_waits(client_of, ada, berta, project, act):
    proposed(client_of(ada), project)
    data = version_of(project) | {"note": "Bitte.", "ablehnen-reason": "Nein."}

    for user in (ada, berta):
        answer = client_of(user).post(f"{OFFICE}/{project.key}/{act}", data=data)
        assert answer.status_code == 403
    assert state_of(project) is ReviewState.SUBMITTED


def test_second_proposal_is_refused_while_one_waits(client_of, ada, berta, project):
    proposed(client_of(ada), project)

    assert proposed(client_of(berta), project).status_code == 409
    assert proposed(client_of(ada), project).status_code == 409
    assert states() == ["open"]


def test_proposal_for_a_changed_text_takes_the_place_of_the_old_one(client_of, ada, project):
    proposed(client_of(ada), project)
    in_state(project, ReviewState.DRAFT)
    in_state(project, ReviewState.SUBMITTED)

    assert proposed(client_of(ada), project).status_code == 303
    assert states() == ["outdated", "open"]


def test_draft_has_nothing_to_propose(client_of, ada, project):
    in_state(project, ReviewState.DRAFT)

    assert proposed(client_of(ada), project).status_code == 409
    assert client_of(ada).get(address_of(project)).status_code == 302


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"act": ""}, "Wählen Sie, was entschieden werden soll."),
        ({"act": "admit"}, "Wählen Sie"),
        ({"act": "reject", "note": ""}, "Schreiben Sie der Organisation, warum."),
        ({"act": "give_back", "note": " "}, "Schreiben Sie der Organisation, warum."),
        ({"disclosure": ""}, "Sagen Sie, was Sie mit der Organisation verbindet."),
        ({"disclosure": "\u200b"}, "Sagen Sie"),
        ({"disclosure": "x" * 1001}, "höchstens 1000 Zeichen"),
        ({"note": "x" * 2001}, "höchstens 2000 Zeichen"),
    ],
)
def test_form_says_what_to_do(client_of, ada, project, data, message):
    answer = proposed(client_of(ada), project, **({"act": "publish"} | data))

    assert answer.status_code == 422
    assert message in answer.text
    assert states() == []


@pytest.mark.parametrize("word", ["projekte", "kooperationen", "antraege", "unsinn", "%00"])
@pytest.mark.parametrize("key", ["nichts", "2026-001", "x" * 300, "2026-99999999999"])
def test_address_of_nothing_is_not_found(client_of, ada, word, key):
    assert client_of(ada).get(f"/projektbuero/gemeinsam/{word}/{key}").status_code == 404

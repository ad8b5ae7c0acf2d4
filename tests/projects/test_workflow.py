"""Every step in every state: it is taken, or refused and nothing happens."""

import pytest

from portal.core.database import db
from portal.core.errors import Conflict, Denied
from portal.projects.models import ReviewState
from portal.projects.workflow import WORKFLOW
from tests.letters import history
from tests.projects.making import a_draft, published

OFFICE = {"publish", "update", "give_back", "reject"}
BESIDE = {"update", "discard"}  # only where another text is or was public
CASES = [(step, state) for step in WORKFLOW.steps for state in ReviewState]


@pytest.mark.parametrize(("name", "state"), CASES, ids=lambda value: str(value))
def test_step_is_taken_from_its_own_states_only(windwerk, petra, olga, name, state):
    beside = name in BESIDE
    project = published(windwerk, "W", author=petra) if beside else a_draft(windwerk, petra)
    revision = project.latest
    revision.state = state
    db.session.commit()
    step, before = WORKFLOW.steps[name], history()
    by = olga if name in OFFICE else petra

    def take() -> None:
        seen = revision.version
        WORKFLOW.take(name, revision, by=by, for_=windwerk, about=project, seen_version=seen)
        db.session.commit()

    if state in step.leaves:
        take()
        assert revision.state is step.reaches
        assert [fact for fact, *_ in history()][len(before) :] == [step.tells.__name__]
    else:
        with pytest.raises(Conflict):
            take()
        db.session.rollback()
        assert (revision.state, history()) == (state, before)


@pytest.mark.parametrize("name", sorted(WORKFLOW.steps))
def test_nobody_else_takes_a_step(windwerk, petra, paul, stefan, olga, tilda, name):
    project = published(windwerk, "W", author=petra) if name in BESIDE else a_draft(windwerk, petra)
    step, revision = WORKFLOW.steps[name], project.latest
    revision.state = next(iter(step.leaves))
    db.session.commit()
    others = [paul, stefan, tilda, petra if name in OFFICE else olga]

    for person in others:
        with pytest.raises(Denied):
            WORKFLOW.take(name, revision, by=person, seen_version=revision.version)
        db.session.rollback()

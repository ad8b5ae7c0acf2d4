"""Mixed operations against a plain model: no place oversold, doubled or stranded. `make bench` does
a hundred thousand of them."""

import random

import pytest

from portal.core.database import db
from portal.registrations.services import seats
from tools.bench.seats import Differs, Run

OPERATIONS = 500


def test_portal_and_model_agree_after_each_operation(app):
    seed = random.randrange(10**6)
    print(f"seed {seed}")

    run = Run(seed)
    run.operations(OPERATIONS)

    assert sum(run.done.values()) > OPERATIONS * 0.9
    assert {name.partition(":")[0] for name in run.done} >= {"register", "withdraw", "accept"}


def test_model_would_notice_that_a_place_stays_free(app, monkeypatch):
    monkeypatch.setattr(seats, "move_up", lambda *_, **__: iter(()))

    with pytest.raises(Differs):
        Run(1).operations(OPERATIONS)
    db.session.rollback()

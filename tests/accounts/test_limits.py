"""Limits by network address."""

import pytest

from portal.core.limits import limiter


@pytest.fixture
def counting(app):
    limiter.enabled = True
    limiter.reset()
    yield
    limiter.reset()
    limiter.enabled = False


def test_log_in_of_one_address_is_slowed_down(client, counting) -> None:
    statuses = [
        client.post("/konto/anmelden", data={"email": f"k{i}@windwerk.example", "password": ""})
        .status_code
        for i in range(61)
    ]  # fmt: skip

    assert statuses == [422] * 60 + [429]


def test_reading_is_not_counted(client, counting) -> None:
    assert {client.get("/konto/anmelden").status_code for _ in range(70)} == {200}

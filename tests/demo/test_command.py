"""flask --app portal demo: once, or again on demand, and never in production."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.accounts.models import User
from portal.core import generation
from portal.core.database import db
from portal.demo import past
from portal.demo import services as demo
from portal.partners.models import Organisation
from tests.cast import a_user


def run(app: Flask, *arguments: str):
    db.session.rollback()
    return app.test_cli_runner().invoke(args=["demo", *arguments])


def people() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count(User.id))) or 0


def test_it_says_what_it_loads(app: Flask) -> None:
    answer = run(app)

    assert answer.exit_code == 0, answer.output
    assert "170 partners" in answer.output and "31 recorded projects" in answer.output
    assert people() > 14


def test_loading_twice_is_refused_and_changes_nothing(app: Flask) -> None:
    run(app)
    before = people()

    again = run(app)

    assert again.exit_code == 1 and "--replace" in again.output
    assert people() == before


def test_if_empty_leaves_a_single_account_alone(app: Flask) -> None:
    a_user("first@office.example", "Erste", "Person")

    answer = run(app, "--if-empty")

    assert answer.exit_code == 0 and answer.output == ""
    assert people() == 1


def test_if_empty_loads_into_an_empty_database(app: Flask) -> None:
    assert run(app, "--if-empty").exit_code == 0
    assert people() > 14


def test_replace_empties_everything_first_and_old_pages_count_as_old(app: Flask) -> None:
    run(app)
    a_user("later@windwerk.example", "Petra", "Probe")
    organisations, seen = organisation_count(), generation.generation()

    answer = run(app, "--replace")

    assert answer.exit_code == 0, answer.output
    db.session.rollback()
    assert db.session.scalar(select(User.id).where(User.first_name == "Petra")) is None
    assert organisation_count() == organisations
    assert generation.generation() > seen


def test_replace_clears_the_mailbox_too(app: Flask) -> None:
    mail = app.config["DATA_DIR"] / "mail" / "20261122T100000-000001.eml"
    mail.parent.mkdir(exist_ok=True)
    mail.write_text("Subject: Alt")

    run(app, "--replace")

    assert not mail.exists()


def organisation_count() -> int:
    return db.session.scalar(select(func.count(Organisation.id))) or 0


@pytest.mark.parametrize("option", [None, "--if-empty", "--replace"])
def test_production_refuses(app: Flask, monkeypatch: pytest.MonkeyPatch, option) -> None:
    monkeypatch.setitem(app.config, "DEMO", False)
    a_user("first@office.example", "Erste", "Person")

    answer = run(app, *([option] if option else []))

    assert answer.exit_code == 1 and "production" in answer.output
    assert people() == 1


def test_what_fails_leaves_nothing_behind(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(past, "load", lambda world: 1 / 0)

    answer = run(app)

    assert isinstance(answer.exception, ZeroDivisionError)
    assert people() == 0


def test_options_exclude_each_other(app: Flask) -> None:
    assert run(app, "--if-empty", "--replace").exit_code == 2
    assert people() == 0


def test_it_has_a_help_text(app: Flask) -> None:
    answer = run(app, "--help")

    assert answer.exit_code == 0 and "--if-empty" in answer.output


def test_without_tables_it_says_what_to_do(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "has_tables", lambda: False)

    answer = run(app)

    assert answer.exit_code == 1 and "make migrate" in answer.output

"""A whole number, as people write it."""

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from portal.core.forms import Form, whole_number


class AmountForm(Form):
    amount = whole_number("Betrag", most=2_000_000_000)


def asked(app: Flask, typed: str) -> tuple[object, list[str]]:
    with app.test_request_context(method="POST", data={"amount": typed}):
        form = AmountForm(formdata=MultiDict({"amount": typed}))
        form.validate()
        return form.amount.data, [str(error) for error in form.amount.errors]


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("", None),
        ("  ", None),
        ("0", 0),
        ("1500000", 1_500_000),
        ("1.500.000", 1_500_000),
        ("1 500 000", 1_500_000),
        ("2.000.000.000", 2_000_000_000),
    ],
)
def test_numbers_are_read_as_they_are_written(app: Flask, typed, number) -> None:
    assert asked(app, typed) == (number, [])


@pytest.mark.parametrize(
    "typed", ["1,5", "1.50", "-1", "1e3", "zwei", "٣", "1.2345", "9" * 21, "1_000"]
)
def test_what_is_no_whole_number_is_refused_in_words(app: Flask, typed) -> None:
    number, (message,) = asked(app, typed)

    assert number is None
    assert "ganze Zahl" in message


def test_more_than_the_field_takes_is_refused_with_the_limit(app: Flask) -> None:
    assert asked(app, "2000000001") == (None, ["Geben Sie höchstens 2.000.000.000 ein."])

"""What pages are made of: page(), slots for features above, and the words that templates know."""

import json
from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol, TypeVar

from flask import Flask, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal
from jinja2 import StrictUndefined
from markupsafe import Markup

from portal.core import times
from portal.core.languages import language

ASSETS = Path(__file__).parent.parent.parent / "static" / "build"


class Filling(Protocol):
    def __call__(self, thing: Any, /, *, seen_by: Any) -> Markup: ...


F = TypeVar("F", bound=Filling)
_fillings: dict[str, list[Filling]] = defaultdict(list)


def fills(slot: str) -> Callable[[F], F]:
    """Registers what a feature above adds to a page below."""

    def register(filling: F) -> F:
        _fillings[slot].append(filling)
        return filling

    return register


def slot(name: str, thing: Any, *, seen_by: Any) -> Markup:
    return Markup("").join(filling(thing, seen_by=seen_by) for filling in _fillings[name])


def fragment(template: str, **values: Any) -> Markup:
    """The one way to make the Markup of a filling."""
    return Markup(render_template(template, **values))  # noqa: S704 - rendered, hence escaped


def page(template: str, **values: Any) -> ResponseReturnValue:
    """Renders; answers 422 when a form with errors is among the values."""
    broken = any(getattr(value, "errors", None) for key, value in values.items() if "form" in key)
    return render_template(template, **values), 422 if broken else 200


def shown_version() -> int:
    """The version that the form showed; none counts as an old one."""
    return request.form.get("version", 0, type=int)


def absolute(endpoint: str, **values: Any) -> str:
    """A full address from the operator's base address, never from what a request claims (R11)."""
    base: str | None = current_app.config["BASE_URL"]
    path = url_for(endpoint, **values, _external=False)
    return f"{base or request.url_root.rstrip('/')}{path}"


def is_local(target: str) -> bool:
    """May a log-in lead there? A strict pattern, because parsing guesses (R13)."""
    return (
        target.startswith("/")
        and not target.startswith(("//", "/\\"))
        and len(target) <= 512
        and all("!" <= c <= "~" and c != "\\" for c in target)
    )


@lru_cache
def _manifest() -> dict[str, str]:
    file = ASSETS / "manifest.json"
    return json.loads(file.read_text()) if file.exists() else {}


def asset(name: str) -> str:
    """The address of a built file; its name carries a hash, so it is cached for ever."""
    return f"/static/{_manifest().get(name, name)}"


@lru_cache
def build() -> str:
    """Changes when the templates' assets change; part of every ETag."""
    return sha256(json.dumps(_manifest(), sort_keys=True).encode()).hexdigest()[:8]


@lru_cache(maxsize=4096)
def variant(text: str, count: int) -> int:
    """A stable number below `count`, drawn from the text."""
    return sha256(text.encode()).digest()[0] % count


def number(value: float) -> str:
    """1.234 in German. Small whole numbers look the same in every language, and a list of facets
    is full of them."""
    return (
        str(value) if isinstance(value, int) and 0 <= value < 1000 else str(format_decimal(value))
    )


def iso(value: date | datetime) -> str:
    """For machines: HTML knows no microseconds."""
    return value.isoformat("T", "seconds") if isinstance(value, datetime) else value.isoformat()


def init_app(app: Flask) -> None:
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.add_extension("jinja2.ext.do")
    app.jinja_env.globals.update(slot=slot, asset=asset, language=language, today=times.today)
    app.jinja_env.filters.update(
        day=times.show_day,
        short_day=times.show_short_day,
        weekday=times.show_weekday,
        month=times.show_month,
        clock=times.show_clock,
        moment=times.show_moment,
        local=times.local,
        iso=iso,
        number=number,
        variant=variant,
    )

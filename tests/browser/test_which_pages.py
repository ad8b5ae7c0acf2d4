"""A page is left out of the walk only where the same route was seen with the same markup."""

from flask import Flask

from tests.browser.pages import unlike

PAGE = '<nav>{}</nav><main><a href="/{}">{}</a><img src="/{}.png" {}></main>'


def test_only_what_is_marked_up_alike_on_the_same_route_is_left_out() -> None:
    app = Flask(__name__)
    app.add_url_rule("/a/<slug>", "a")
    app.add_url_rule("/b", "b")
    pages = {
        "/a/1": PAGE.format("Anmelden", "x", "Eins", "x", 'alt="Ein Bild"'),
        "/a/2": PAGE.format("Abmelden", "y", "Zwei", "y", 'alt="Noch eins"'),
        "/a/3": PAGE.format("Abmelden", "y", "Zwei", "y", 'alt=""'),
        "/a/4": PAGE.format("Abmelden", "y", "Zwei", "y", ""),
        "/a/5": PAGE.format("Abmelden", "y", "", "y", 'alt="Bild"'),
        "/b": PAGE.format("Abmelden", "y", "Zwei", "y", 'alt="Bild"'),
    }
    seen: set[tuple[str, str]] = set()

    assert unlike(app, pages, seen) == ["/a/1", "/a/3", "/a/4", "/a/5", "/b"]
    assert unlike(app, pages, seen) == ["/a/1"]  # the next person's first page

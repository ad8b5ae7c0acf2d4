"""Pages for everybody, for partners, for named people and for phones."""

from portal.charter.views import by_link, mine, on_the_day, proof, reading

BLUEPRINTS = [reading.bp, mine.bp, on_the_day.bp]

__all__ = ["BLUEPRINTS", "by_link", "proof"]

"""What a browser calls itself, in a word that people know."""

from flask_babel import gettext as _

# The first that is found counts: Edge and Opera also say Chrome, Chrome also says Safari.
BROWSERS = [("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome")]
BROWSERS += [("Safari", "Safari")]
SYSTEMS = [("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad")]
SYSTEMS += [("Mac OS", "macOS"), ("Linux", "Linux")]


def browser(words: str) -> str:
    """ "Firefox, Windows" for a long line of versions."""
    found = [
        next((name for mark, name in marks if mark in words), None) for marks in (BROWSERS, SYSTEMS)
    ]
    return ", ".join(name for name in found if name) or _("unbekannter Browser")

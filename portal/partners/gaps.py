"""Where nobody can do what is needed: a request, filled in already."""

from urllib.parse import urlencode

REQUEST = "/kooperationen/neu"  # contract.md; the page of a floor above


def request_address(theme: str, competence: str) -> str:
    """By their slugs. Whoever is not logged in comes back there after the log-in."""
    return f"{REQUEST}?{urlencode({'art': 'gesuch', 'thema': theme, 'kompetenz': competence})}"

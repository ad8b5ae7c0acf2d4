"""Do a website and an e-mail address belong together?"""

from urllib.parse import urlsplit


def domain_of(website: str) -> str:
    """The name that an e-mail address would carry: windwerk.example for www.windwerk.example."""
    try:
        host = urlsplit(website).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def belong_together(mail_domain: str, website_domain: str) -> bool:
    """Equal, or one lies below the other: office.windwerk.example and windwerk.example."""
    one, other = mail_domain.lower(), website_domain.lower()
    if not one or not other:
        return False
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")

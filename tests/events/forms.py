"""What a browser would send of a form that it shows."""

from html.parser import HTMLParser

Attributes = list[tuple[str, str | None]]


class Fields(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.within = ""
        self.tag = ""

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        known = dict(attrs)
        name = known.get("name") or ""
        if tag == "input" and (known.get("type") != "radio" or "checked" in known):
            self.found[name] = known.get("value") or ""
        elif tag in {"select", "textarea"}:
            self.within, self.tag = name, tag
            self.found[name] = ""
        elif tag == "option" and "selected" in known:
            self.found[self.within] = known.get("value") or ""

    def handle_data(self, data: str) -> None:
        if self.tag == "textarea":
            self.found[self.within] += data.replace("\r\n", "\n").removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"select", "textarea"}:
            self.tag = ""


def fields_of(page: str) -> dict[str, str]:
    """The fields of the page's main part."""
    fields = Fields()
    fields.feed(page.partition("<main")[2])
    return fields.found

"""What a page says, and what its buttons do."""

import re

from werkzeug.test import TestResponse

EVENT = "/termine/fuenfte-allianztagung"
FORM = f"{EVENT}/anmelden"
LEDGER = f"{EVENT}/platzvergabe"
MINE = "/mein/termine"


def words(answer: TestResponse) -> str:
    """The page's own, without the frame and the tags."""
    html = answer.text.partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def buttons(answer: TestResponse) -> list[tuple[str, str]]:
    """(where it leads, what it says) of every form on the page."""
    main = answer.text.partition("<main")[2]
    found = re.findall(r'<form[^>]*action="([^"]+)"(.*?)</form>', main, re.DOTALL)
    labels = [re.findall(r'<span class="kern-label">([^<]+)</span>', body)[-1] for _, body in found]
    return [(action, label) for (action, _), label in zip(found, labels, strict=True)]


def labels(answer: TestResponse) -> list[str]:
    return [label for _, label in buttons(answer)]

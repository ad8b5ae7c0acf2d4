"""Showing where a query hit: pieces to mark in a text, and the passage around the first hit."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, groupby

from portal.core.search.analysis import CONNECTORS, Term, spread, terms

Piece = tuple[str, bool]
Reading = tuple[str, list[int], list[int]]  # a folded text; where each character began and ended
ELLIPSIS = "…"
MARKS = "[\u0300-\u036f\u00ad\u200b-\u200f\u2060]"  # drawn on a letter, or unseen behind it
UNUSUAL = re.compile(f"(?:[^\x00-\x7f]|(?s:.)(?={MARKS})){MARKS}*")
UMLAUTS = "äöüÄÖÜ\u0308"
SIGN = re.compile(r"[\W_]")
WORDS = re.compile("[^ ]+")


def mark(text: str, query: str) -> list[Piece]:
    """The text in pieces, each with whether it hit; joined they are the text again."""
    hit = _hit_places(text, query)
    runs = groupby(range(len(text)), key=hit.__contains__)
    return [("".join(text[place] for place in places), marked) for marked, places in runs]


def excerpt(text: str, query: str, width: int = 200) -> str:
    """About `width` characters around the first hit, cut between words; else the beginning."""
    text = " ".join(text.split())
    if len(text) <= width:
        return text
    first = min(_hit_places(text, query), default=0)
    start = max(0, min(first - width // 4, len(text) - width))
    end = start + width
    if start:
        start = text.find(" ", start, first) + 1 or start
    if end < len(text):
        end = max(text.rfind(" ", first, end), start) or end
    head, tail = ELLIPSIS if start else "", ELLIPSIS if end < len(text) else ""
    return f"{head}{text[start:end]}{tail}"


def _hit_places(text: str, query: str) -> set[int]:
    wanted = terms(query)
    places: set[int] = set()
    for folded, begins, ends in _readings(text) if wanted else ():
        for start, end in chain.from_iterable(_hits_of(term, folded) for term in wanted):
            places.update(range(begins[start], ends[end - 1]))
    return places


def _hits_of(term: Term, folded: str) -> Iterator[tuple[int, int]]:
    for found in WORDS.finditer(folded):
        start, word = found.start(), found[0]
        if word in term.exact:
            yield start, found.end()
        for pattern in term.patterns:
            for hit in re.finditer(pattern, word):
                begin, end = (start + place for place in hit.span(hit.lastindex or 0))
                yield begin, max(end, _as_far_as_typed(term.word, folded, begin))


def _as_far_as_typed(word: str, folded: str, start: int) -> int:
    """Who typed "strassen" found "strass" and sees "Straßen" marked."""
    length = 0
    while length < len(word) and folded[start + length] == word[length]:
        length += 1
    return start + length


def _readings(text: str) -> Iterator[Reading]:
    """The text in each way in which it is indexed: waerme and warme, e-mail and email."""
    parted = any(connector in text for connector in CONNECTORS)
    for umlauts in (True, False) if any(umlaut in text for umlaut in UMLAUTS) else (True,):
        reading = _reading(text, umlauts=umlauts)
        yield reading
        if parted:
            yield _joined(reading, text)


def _reading(text: str, *, umlauts: bool) -> Reading:
    folded, begins, ends = [" "], [0], [0]
    done = 0
    for match in chain(UNUSUAL.finditer(text), [None]):
        start, end = match.span() if match else (len(text), len(text))
        folded.append(text[done:start].lower())  # ASCII, letter by letter
        begins += range(done, start)
        ends += range(done + 1, start + 1)
        part = _folded(text[start:end], umlauts)
        folded.append(part)
        begins += [start] * len(part)
        ends += [end] * len(part)
        done = end
    return SIGN.sub(" ", "".join([*folded, " "])), [*begins, done], [*ends, done]


def _joined(reading: Reading, text: str) -> Reading:
    folded, begins, ends = reading
    kept = [
        place
        for place, begin in enumerate(begins)
        if folded[place] != " " or begin >= len(text) or text[begin] not in CONNECTORS
    ]
    return (
        "".join(folded[place] for place in kept),
        [begins[place] for place in kept],
        [ends[place] for place in kept],
    )


@lru_cache(maxsize=1024)
def _folded(cluster: str, umlauts: bool) -> str:
    return spread(cluster, umlauts=umlauts)

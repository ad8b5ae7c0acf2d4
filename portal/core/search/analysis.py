"""German analysis: what a text is indexed as, and what a query looks for in it.

It runs in Python, so that both engines only compare words with plain patterns and answer alike.

A stem of six letters is found anywhere in a word. A shorter one stands in many words by chance
("rad" in "Grad", "bus" in "Busch", "ampel" in "Exampel"), so it has to be a part of a compound:
at least three letters, or none, stand before it, and an ending or at least three letters behind
it. So "Rad" finds Radweg, Lastenrad and Fahrradstraße.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain

import snowballstemmer

MOST_TERMS = 8
LONGEST_TERM = 50
LONGEST_QUERY = 1000
LONGEST_WORD = 120  # of a text
SHORTEST_PART = 3  # an index of trigrams finds nothing shorter
SHORTEST_ANYWHERE = 6
# What may follow a short stem so that it is the same word. "se" is for Busse.
ENDINGS = ("e", "em", "en", "er", "ern", "es", "in", "n", "ns", "s", "se", "sen", "ses")
BEFORE, BEHIND = "^(?:.{3,})?", f"(?:{'|'.join(ENDINGS)}|.{{3,}})?$"

UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
LETTERS = str.maketrans(  # what Unicode does not take apart
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i"}
)
CONNECTORS = "-‐‑*:_·’'"  # Klima-Allianz, Bürger*innen: also found as one word
WORD = re.compile(r"[^\W_]+")
CHUNK = re.compile(rf"[^\W_]+(?:[{CONNECTORS}]+[^\W_]+)*")
GENDERED = re.compile(r"(?<=[^\W_])[*:_·/]-?(?=in(?:nen)?\b)", re.IGNORECASE)
DIGRAPH = re.compile("[ao]e|(?<![aeq])ue")  # waerme, but not neue, bauen, Quelle
UNSEEN = re.compile(
    "[\0-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
# They part questions ("Projekte in der Innenstadt") and narrow nothing.
# fmt: off
STOP_WORDS = frozenset({
    "am", "an", "auf", "aus", "bei", "das", "dem", "den", "der", "des", "die", "ein", "eine",
    "einem", "einen", "einer", "eines", "fuer", "gegen", "im", "in", "ist", "mit", "nach", "oder",
    "ueber", "um", "und", "von", "vom", "vor", "was", "wie", "wo", "zu", "zum", "zur",
})
# fmt: on


@dataclass(frozen=True)
class Term:
    """One word of a query. A text has it where one of its words is among `exact`, or fits one of
    the `patterns`; what fits a pattern contains one of the `parts`, which an index can look up.
    The first group of a pattern is what hit."""

    word: str
    exact: tuple[str, ...]
    parts: tuple[str, ...]
    patterns: tuple[str, ...]

    def finds(self, word: str) -> bool:
        return word in self.exact or any(re.search(pattern, word) for pattern in self.patterns)


def spread(text: str, *, umlauts: bool) -> str:
    """Lower case without diacritics; an umlaut becomes two letters (waerme) or one (warme)."""
    text = unicodedata.normalize("NFC", UNSEEN.sub("", text)).casefold()
    if umlauts:
        text = text.translate(UMLAUTS)
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFKD", text.translate(LETTERS)).casefold()
    return "".join(char for char in apart if unicodedata.category(char)[0] != "M")


def fold(text: str) -> str:
    """The words of a text, one blank between them: "Wärme & Straße" becomes "waerme strasse"."""
    return " ".join(WORD.findall(spread(text, umlauts=True)))


def words_of(*texts: str) -> dict[str, str]:
    """Every word of the texts in each way to write it, with how it was written first."""
    whole = "\n".join(texts)
    readings = [_words(spread(whole, umlauts=umlauts)) for umlauts in (True, False)]
    shown = _as_written(whole)
    return {
        word[:LONGEST_WORD]: shown.get(word, word)[:LONGEST_WORD]
        for word in dict.fromkeys(chain.from_iterable(readings))
    }


def _as_written(text: str) -> dict[str, str]:
    """How folded words were written: "waermenetz" as "Wärmenetz"."""
    found: dict[str, str] = {}
    for written in dict.fromkeys(CHUNK.findall(unicodedata.normalize("NFC", UNSEEN.sub("", text)))):
        parts = WORD.findall(written)
        for umlauts in (True, False):
            if len(parts) > 1:
                found.setdefault("".join(WORD.findall(spread(written, umlauts=umlauts))), written)
            for part in parts:
                found.setdefault(spread(part, umlauts=umlauts), part)
    return found


def _words(text: str) -> list[str]:
    chunks = [WORD.findall(chunk) for chunk in CHUNK.findall(text)]
    joined = ["".join(parts) for parts in chunks if len(parts) > 1]
    return [*chain.from_iterable(chunks), *joined]


def is_blank(query: str) -> bool:
    """Nothing was asked. A query of signs alone is not blank: it asks for what nobody has."""
    return not query or query.isspace()


def terms(query: str) -> tuple[Term, ...]:
    """What the query asks for: at most eight words, all of which a text must have."""
    return _terms(query[:LONGEST_QUERY])


@lru_cache(maxsize=256)
def _terms(query: str) -> tuple[Term, ...]:
    query = GENDERED.sub("", query)
    found = dict.fromkeys(
        term
        for short, long in zip(*(_chunks(query, umlauts=way) for way in (False, True)), strict=True)
        for term in _chunk_terms(WORD.findall(short), WORD.findall(long))
    )
    telling = [term for term in found if term.word not in STOP_WORDS]
    return tuple((telling or list(found))[:MOST_TERMS])


def _chunks(query: str, *, umlauts: bool) -> list[str]:
    return CHUNK.findall(spread(query, umlauts=umlauts))


def _chunk_terms(short: list[str], long: list[str]) -> list[Term]:
    """E-Mail asks for its two words, or for the one word that others write: Email."""
    joined = "".join(long)[:LONGEST_TERM]
    together = len(long) > 1 and len(joined) >= SHORTEST_PART
    return [
        _term(word[:LONGEST_TERM], letters=len(plain), joined=joined if together else "")
        for plain, word in zip(short, long, strict=True)
    ]


def _term(word: str, *, letters: int, joined: str) -> Term:
    needles = {stem: _inside(stem) for stem in map(_stem, filter(None, [joined]))}
    if letters < SHORTEST_PART or word in STOP_WORDS:
        exact: tuple[str, ...] = (word,)  # KI, 5G, Öl: whole words
    else:
        exact = ()
        stem = _stem(word)
        needles |= {plain: _at_end(plain) for plain in _singular(word, stem)}
        needles[stem] = _cut(stem) if len(stem) == SHORTEST_PART < len(word) else _inside(stem)
    return Term(word, exact, tuple(needles), tuple(needles.values()))


def _inside(stem: str) -> str:
    if len(stem) >= SHORTEST_ANYWHERE:
        return f"({stem})"
    return f"{BEFORE}({stem}){BEHIND}"


def _at_end(stem: str) -> str:
    """Fahrräder asks for Fahrradstraße, too; a short one stands at the end or is the word."""
    return f"({stem})(?:.{{3,}})?$" if len(stem) >= SHORTEST_ANYWHERE else f"{BEFORE}({stem})$"


def _cut(stem: str) -> str:
    """ "ide" of Ideen begins a word, or ends one as it does in Projektidee, but not as in beide."""
    return f"^({stem}){BEHIND}|^.{{3,}}({stem})en?$"


def _singular(word: str, stem: str) -> list[str]:
    """Dächer asks for Dach, too, Gärten for Garten, and Nachtbusse for Nachtbus, but only where a
    word ends with them, or goes on behind a long one."""
    if stem.endswith("ss") and len(stem) > SHORTEST_ANYWHERE:
        return [stem[:-1]]
    if not DIGRAPH.search(word) or word[len(stem) :] not in {"e", "er", "en", "ern"}:
        return []
    candidates = [stem, word] if word.endswith("en") else [stem]
    plain = [DIGRAPH.sub(lambda match: match[0][0], candidate) for candidate in candidates]
    return [candidate for candidate in plain if len(candidate) >= SHORTEST_PART]


@cache
def _stemmer() -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer("german")


def _stem(word: str) -> str:
    """The stem in the word's own spelling: Snowball makes "warm" of "waerme", we need "waerm"."""
    position = 0
    stem = _stemmer().stemWord(word)
    for letter, following in zip(stem, stem[1:] + " ", strict=True):
        if word[position : position + 1] != letter:
            return word
        digraph = DIGRAPH.match(word, position) and following != "e"
        position += 2 if digraph else 1
    if word.startswith("end", position):  # a Verkehrswende is no participle
        position += len("end")
    return word[: max(position, SHORTEST_PART)]

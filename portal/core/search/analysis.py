"""German analysis: what a text is indexed as, and what a query looks for in it.

It runs in Python, so that both engines only compare plain substrings and answer alike.
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
SHORTEST_PART = 3  # an index of trigrams finds nothing shorter

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
    """One word of a query. A text has it where any of the needles stands; a blank at the end of
    a needle is the border of a word."""

    word: str
    needles: tuple[str, ...]


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


def index_text(*texts: str) -> str:
    """Every word once in each way to write it, with a blank on both sides of each."""
    whole = "\n".join(texts)
    words = dict.fromkeys(
        word for umlauts in (True, False) for word in _words(spread(whole, umlauts=umlauts))
    )
    return f" {' '.join(words)} "


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
    together = (_stem(joined),) if len(long) > 1 and len(joined) >= SHORTEST_PART else ()
    return [
        Term(word[:LONGEST_TERM], _needles(word[:LONGEST_TERM], letters=len(plain)) + together)
        for plain, word in zip(short, long, strict=True)
    ]


def _needles(word: str, *, letters: int) -> tuple[str, ...]:
    if letters < SHORTEST_PART or word in STOP_WORDS:
        return (f" {word} ",)  # KI, 5G, Öl: whole words
    stem = _stem(word)
    needles = [stem]
    if len(stem) == SHORTEST_PART < len(word):  # "ide" of Ideen also stands in "beide"
        needles = [f" {stem}", word]
    return tuple(dict.fromkeys(needles + _singular(word, stem)))


def _singular(word: str, stem: str) -> list[str]:
    """Dächer asks for Dach, too, and Gärten for Garten, but only where a word ends with them."""
    if not DIGRAPH.search(word) or word[len(stem) :] not in {"e", "er", "en", "ern"}:
        return []
    candidates = [stem, word] if word.endswith("en") else [stem]
    plain = [DIGRAPH.sub(lambda match: match[0][0], candidate) for candidate in candidates]
    return [f"{candidate} " for candidate in plain if len(candidate) >= SHORTEST_PART]


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

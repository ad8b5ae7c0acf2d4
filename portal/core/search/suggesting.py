"""Help with typing errors: near words of the index, where a search found nothing.

What is not visible to the person is never suggested: a word of a draft would tell of it."""

from collections.abc import Iterable

import sqlalchemy as sa

from portal.core.database import db
from portal.core.search import index
from portal.core.search.analysis import WORD, Term, spread, terms
from portal.core.search.models import POSTING, SearchEntry, SearchWord

SHORTEST, LONGEST = 4, 40  # letters of a word that is worth a guess
MOST_CANDIDATES = 3_000
MOST_NEAR = 12  # of each word, to be looked up


def suggestion(
    query: str, kind: str | None = None, *, visible: sa.ColumnElement[bool] | None = None
) -> str:
    """The query with near words in the place of those that nothing has, if that finds something;
    else nothing. At most four statements."""
    visible = index.visible_to() if visible is None else visible
    of_kind = [visible] if kind is None else [visible, SearchEntry.kind == kind]
    wanted = terms(query)
    unknown = [term for term in _unknown(wanted, of_kind) if SHORTEST <= len(term.word) <= LONGEST]
    near = _near(unknown)
    shown = _shown({word for words in near.values() for word in words}, of_kind)
    best = {term: next((shown[w] for w in words if w in shown), "") for term, words in near.items()}
    better = _replaced(query, {term: word for term, word in best.items() if word})
    if better == query or not (len(wanted) == 1 or _finds(better, kind, visible)):
        return ""
    return better


def _unknown(wanted: Iterable[Term], of_kind: list[sa.ColumnElement[bool]]) -> list[Term]:
    found = [_is_found(term, of_kind) for term in wanted]
    known = db.session.execute(sa.select(*found)).one() if found else ()
    return [term for term, is_known in zip(wanted, known, strict=True) if not is_known]


def _is_found(term: Term, of_kind: list[sa.ColumnElement[bool]]) -> sa.Exists:
    """Gathers who has the word first: PostgreSQL thinks that they are many, and would read all
    entries to meet one soon, which nothing found never lets it."""
    had = index.entries_with(term).cte().prefix_with("MATERIALIZED")
    return sa.exists().where(SearchEntry.id == had.c.entry_id, *of_kind)


def _near(unknown: list[Term]) -> dict[str, list[str]]:
    """The nearest words of the index, the nearest first. One error leaves the beginning or the end
    of a word as it is."""
    if not unknown:
        return {}
    alike = [_alike(term.word) for term in unknown]
    rows = sa.select(SearchWord.word).where(sa.or_(*alike)).order_by(SearchWord.id)
    words = list(db.session.scalars(rows.limit(MOST_CANDIDATES)))
    found = {}
    for term in unknown:
        most = 1 if len(term.word) < 6 else 2
        near = [(d, word) for word in words if 0 < (d := distance(term.word, word, most)) <= most]
        found[term.word] = [word for _, word in sorted(near)[:MOST_NEAR]]
    return found


def _alike(word: str) -> sa.ColumnElement[bool]:
    kept, length = max(2, len(word) // 3), sa.func.length(SearchWord.word)
    same_end = sa.or_(
        SearchWord.word.like(f"{word[:kept]}%"), SearchWord.word.like(f"%{word[-kept:]}")
    )
    return sa.and_(length.between(len(word) - 2, len(word) + 2), same_end)


def _shown(words: set[str], of_kind: list[sa.ColumnElement[bool]]) -> dict[str, str]:
    """How those of the words are written that somebody may see."""
    if not words:
        return {}
    seen = sa.exists().where(
        POSTING.c.word_id == SearchWord.id, POSTING.c.entry_id == SearchEntry.id, *of_kind
    )
    rows = sa.select(SearchWord.word, SearchWord.shown).where(
        SearchWord.word.in_(sorted(words)), seen
    )
    return {word: shown for word, shown in db.session.execute(rows)}


def _replaced(query: str, better: dict[str, str]) -> str:
    """In the query as it was typed."""
    return WORD.sub(lambda word: better.get(spread(word[0], umlauts=True), word[0]), query)


def _finds(query: str, kind: str | None, visible: sa.ColumnElement[bool]) -> bool:
    rows = index.matching(query, kind, visible=visible).with_only_columns(sa.literal(1))
    return db.session.execute(rows.limit(1)).first() is not None


def distance(one: str, other: str, most: int) -> int:
    """Letters left out, added, taken for others, or two that changed places; more than `most` is
    `most` + 1."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        before, last, row = row, before, [i]
        for j, its in enumerate(other, start=1):
            cost = min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != its))
            swapped = i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == its
            row.append(min(cost, last[j - 2] + 1) if swapped else cost)
        if min(row) > most:
            return most + 1
    return row[-1]

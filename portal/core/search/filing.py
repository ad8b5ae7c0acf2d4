"""Putting things into the index and taking them out. Features call it through `index`."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from hashlib import blake2b
from typing import Any

import sqlalchemy as sa

from portal.core.database import INSERTS, db
from portal.core.search.analysis import words_of
from portal.core.search.models import POSTING, TITLE_LENGTH, SearchEntry, SearchWord
from portal.core.text import clean_line, clean_text
from portal.core.times import now

AT_ONCE = 500  # ids in one condition
Words = dict[str, str]
WordsOf = tuple[Words, Words]  # those of the title, and the others


def put(kind: str, object_id: int, **said: Any) -> None:
    """Makes a thing findable, or findable as it is now; `_fill` says what is asked for."""
    entry = _entry(kind, object_id)
    if entry:
        db.session.execute(sa.delete(POSTING).where(POSTING.c.entry_id == entry.id))
    else:
        entry = SearchEntry(kind=kind, object_id=object_id)
        db.session.add(entry)
    words = _fill(entry, **said)
    db.session.flush()
    _file({entry.id: words})


def put_new(kind: str, things: Mapping[int, dict[str, Any]]) -> None:
    """Like `put` for thousands of things, by their ids, that were never findable: it does not look
    for them first, and sends few statements."""
    entries = {i: SearchEntry(kind=kind, object_id=i) for i in things}
    words = {i: _fill(entries[i], **said) for i, said in things.items()}
    columns = [column.key for column in sa.inspect(SearchEntry).column_attrs if column.key != "id"]
    rows = [{c: getattr(entry, c) for c in columns} for entry in entries.values()]
    if rows:
        db.session.execute(sa.insert(SearchEntry), rows)
    numbers: dict[int, WordsOf] = {}
    for some in _some(list(things)):
        ids = sa.select(SearchEntry.object_id, SearchEntry.id).where(
            SearchEntry.kind == kind, SearchEntry.object_id.in_(some)
        )
        numbers |= {entry_id: words[i] for i, entry_id in db.session.execute(ids)}
    _file(numbers)


def _fill(
    entry: SearchEntry,
    *,
    slug: str,
    title: str,
    summary: str,
    body: str,
    is_public: bool,
    organisation_id: int | None = None,
    at: datetime | None = None,
) -> WordsOf:
    """`at` says how new it counts: now. Gives the words of the title, and those of the rest."""
    title, summary = clean_line(title)[:TITLE_LENGTH], clean_text(summary)
    entry.slug = slug
    entry.title = title
    entry.summary = summary
    entry.is_public = is_public
    entry.organisation_id = organisation_id
    entry.changed_at = at or now()
    in_title = words_of(title)
    rest = {w: shown for w, shown in words_of(summary, body).items() if w not in in_title}
    return in_title, rest


def _file(words_by_entry: Mapping[int, WordsOf]) -> None:
    """New words in a fixed order, so that writers never cross; then who has which."""
    known: Words = {}
    postings = []
    for entry_id, both in words_by_entry.items():
        for words, in_title in zip(both, (True, False), strict=True):
            known = words | known
            postings += [
                {"word_id": number_of(word), "in_title": in_title, "entry_id": entry_id}
                for word in words
            ]
    rows = [{"id": number_of(word), "word": word, "shown": known[word]} for word in sorted(known)]
    if rows:
        new: Any = INSERTS[db.engine.dialect.name](SearchWord)
        db.session.execute(new.on_conflict_do_nothing(), rows)
        db.session.execute(sa.insert(POSTING), postings)


def number_of(word: str) -> int:
    """63 bits of the word's hash: a number that both engines keep."""
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest()) >> 1


def remove(kind: str, object_id: int) -> None:
    """Takes a thing out of the index; what is not in it stays out."""
    entry = _entry(kind, object_id)
    if entry:
        db.session.delete(entry)


def remove_all(kind: str, object_ids: Collection[int]) -> None:
    """Some hundred at once; what is not in the index stays out."""
    gone = sa.delete(SearchEntry).where(
        SearchEntry.kind == kind, SearchEntry.object_id.in_(object_ids)
    )
    db.session.execute(gone.execution_options(synchronize_session=False))


def _entry(kind: str, object_id: int) -> SearchEntry | None:
    return db.session.scalar(
        sa.select(SearchEntry).where(SearchEntry.kind == kind, SearchEntry.object_id == object_id)
    )


def _some(ids: list[int]) -> Iterable[list[int]]:
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))

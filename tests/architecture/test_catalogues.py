"""Each language says everything: its catalogue holds the texts of the sources, no fewer, no others.
`make messages` brings it up to date and lists what is missing."""

import re
from collections import Counter
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

from tools import catalogues, messages

FILES = catalogues.files()
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sd%]|</?\w[^>]*>|https?://[^\s)…]*|\*\*|\[\w+\]\(")
# Words and names that are the same in both languages.
SAME = """
Phase: %(phase)s.
(PDF)|Code|Cookies|Demo|Link|Logo|Name|Organisation|Partner|Person|Phase|Pilot|Problem
Register|Status|Team|Team %(team)s|Teams|Text|Workshop|nordwärts|%(name)s: %(role)s.
Video|Video: %(address)s|Links|Link %(number)s|Link %(number)s: %(text)s
"""


def catalogue(file: Path) -> Catalog:
    return messages.read(file, file.parents[1].name)


def pairs(file: Path) -> list[tuple[str, str]]:
    """(German, translated), each form on its own."""
    found = []
    for message in catalogue(file):
        if message.id:
            found += list(zip(forms(message.id), forms(message.string), strict=True))
    return found


def forms(text: str | list[str] | tuple[str, ...]) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


@pytest.fixture(scope="module")
def texts() -> Catalog:
    return messages.marked()


def test_there_is_english() -> None:
    assert [file.parents[1].name for file in FILES] == ["en"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parents[1].name)
def test_catalogue_is_what_make_messages_writes(file, texts) -> None:
    """Sorted, without places in files and without dates; nothing new, nothing obsolete."""
    updated = messages.updated(catalogue(file), texts)

    assert messages.written(updated) == file.read_text("utf-8"), "run: make messages"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parents[1].name)
def test_every_text_is_translated(file) -> None:
    missing = messages.untranslated(catalogue(file))

    assert [message.id for message in missing] == [], "make messages lists what is missing"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parents[1].name)
def test_translations_keep_placeholders_links_and_markup(file) -> None:
    different = [
        (german, translated)
        for german, translated in pairs(file)
        if parts(german) != parts(translated)
    ]

    assert different == []


def parts(text: str) -> Counter[str]:
    return Counter("[](" if found.startswith("[") else found for found in PLACEHOLDER.findall(text))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parents[1].name)
def test_translations_are_none_of_the_german_texts(file) -> None:
    same = {german for german, translated in pairs(file) if german == translated}

    assert same == set(re.split(r"[|\n]", SAME.strip()))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parents[1].name)
def test_translations_begin_end_and_quote_as_the_text_does(file) -> None:
    """No German quotation marks; a sentence stays a sentence, a question a question."""
    wrong = [
        (german, translated)
        for german, translated in pairs(file)
        if "„" in translated
        or translated != translated.strip()
        or (german[-1] in ".?…") != (translated[-1] in ".?…")
    ]

    assert wrong == []


def test_what_is_new_comes_in_empty_and_what_is_gone_goes() -> None:
    known, found = Catalog(locale="en"), Catalog()
    known.add("Alle Projekte", "All projects")
    known.add("Alter Text", "Old text")
    found.add("Alle Projekte")
    found.add("Alle Projekte.")
    found.add(("%(num)s Tag", "%(num)s Tage"))

    updated = messages.updated(known, found)

    assert [message.id for message in messages.untranslated(updated)] == [
        "Alle Projekte.",
        ("%(num)s Tag", "%(num)s Tage"),
    ]
    assert updated["Alle Projekte"].string == "All projects"
    assert "Alter Text" not in messages.written(updated)


@pytest.mark.parametrize(
    "message",
    [
        Message("Tag", ""),
        Message("Tag", "Day", flags=["fuzzy"]),
        Message(("Tag", "Tage"), ("day", "")),
        Message(("Tag", "Tage"), ("", "")),
    ],
)
def test_half_a_translation_is_none(message) -> None:
    half = Catalog(locale="en")
    half[message.id] = message

    assert [one.id for one in messages.untranslated(half)] == [message.id]

"""`make messages`: the catalogue of each language holds exactly the texts that are marked in the
sources, and what is still to be translated is listed; the exit status says whether something is."""

import io
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from tools import catalogues
from tools.console import say

BABEL = Path(sys.executable).with_name("pybabel")
# Beside gettext, ngettext and pgettext: the short names that the portal imports them under.
KEYWORDS = ("_l", "lazy_gettext", "lazy_ngettext", "lazy_pgettext:1c,2")
# For programs that edit catalogues. It names no date: only a changed text changes the file.
HEADER = """\
# {name}. `make messages` adds and removes entries; write only between the quotes of msgstr.
msgid ""
msgstr ""
"Project-Id-Version: Allianzportal\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""


def command(target: str) -> list[str]:
    options = ["--quiet", "extract", "-F", "babel.cfg", "--no-location", "--sort-output"]
    options += [f"--keyword={name}" for name in KEYWORDS]
    options += ["--project=Allianzportal", "--omit-header"]
    return [str(BABEL), *options, "-o", target, "."]


def marked() -> Catalog:
    """Every text that the sources mark for translation."""
    with TemporaryDirectory() as folder:
        target = Path(folder) / "messages.pot"
        subprocess.run(command(str(target)), check=True)
        return read(target)


def read(file: Path, language: str | None = None) -> Catalog:
    with file.open("rb") as content:
        return read_po(content, locale=language)


def updated(known: Catalog, texts: Catalog) -> Catalog:
    """What is new comes in empty, what is gone goes; nothing is guessed from what looks alike."""
    known.update(texts, no_fuzzy_matching=True)
    known.obsolete.clear()
    return known


def written(catalogue: Catalog) -> str:
    content = io.BytesIO()
    write_po(content, catalogue, no_location=True, omit_header=True, sort_output=True, width=100)
    locale = catalogue.locale
    assert locale is not None
    header = HEADER.format(
        name=locale.english_name, language=locale, plurals=catalogue.plural_forms
    )
    return header + content.getvalue().decode().strip() + "\n"


def untranslated(catalogue: Catalog) -> list[Message]:
    return [
        message
        for message in catalogue
        if message.id and (message.fuzzy or not all(_forms(message.string)))
    ]


def _forms(texts: object) -> tuple[str, ...]:
    return tuple(texts) if isinstance(texts, (tuple, list)) else (str(texts or ""),)


def main(*, only_look: bool) -> int:
    texts = marked()
    incomplete = False
    for file in catalogues.files():
        catalogue = updated(read(file, file.parents[1].name), texts)
        text, missing = written(catalogue), untranslated(catalogue)
        for message in missing:
            say(f"{file}: {' | '.join(_forms(message.id))}")
        say(f"{file}: {len(missing)} von {len(texts)} Texten noch zu übersetzen")
        is_old = text != file.read_text("utf-8")
        if is_old and only_look:
            say(f"{file} passt nicht zu den Texten der Quellen; make messages gleicht ab")
        elif is_old:
            file.write_text(text, "utf-8")
        incomplete = incomplete or bool(missing) or (is_old and only_look)
    if not only_look:
        catalogues.compile_stale()
    return 1 if incomplete else 0


if __name__ == "__main__":
    sys.exit(main(only_look="--check" in sys.argv))

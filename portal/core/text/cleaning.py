"""What is kept of what people type: nothing invisible, nothing that turns the text around."""

import re
import unicodedata

JOINERS = "\u200c\u200d"  # needed inside Persian words and joined emoji, nowhere in Latin script
JOINER_RUN = re.compile(f"([{JOINERS}])[{JOINERS}]+")
LATIN_JOINER = re.compile(f"(?<![\u0590-\U0010ffff])[{JOINERS}]|[{JOINERS}](?![\u0590-\U0010ffff])")
UNUSUAL = re.compile(f"[^\n -~¡-¬®-\u036f{JOINERS}]")  # all but the letters and signs of most texts
NONCHARACTERS = re.compile("[\ufdd0-\ufdef\ufffc\ufffe\uffff]")  # no XML may carry them
LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
BLANK_LETTERS = frozenset("\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
TOO_MANY_MARKS = re.compile(r"([\u0300-\u036f\u20d0-\u20ff]{4})[\u0300-\u036f\u20d0-\u20ff]+")


def clean_line(text: str) -> str:
    """One line as it is kept: no control or invisible characters, single blanks, NFC."""
    return " ".join(_visible(text).split())


def clean_text(text: str) -> str:
    """Several lines likewise; an indent (lists) and single empty lines (paragraphs) stay."""
    lines = [re.sub(r"(?<=\S)\s{2,}", " ", line.rstrip()) for line in _visible(text).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def is_invisible(text: str) -> bool:
    """There is nothing to see, though there may be characters."""
    return all(unicodedata.category(c)[0] in "CZM" or c in BLANK_LETTERS for c in text)


def _visible(text: str) -> str:
    text = LINE_ENDS.sub("\n", text)
    if not text.isascii():
        text = NONCHARACTERS.sub("", unicodedata.normalize("NFC", text))
        text = TOO_MANY_MARKS.sub(r"\1", text)
    text = UNUSUAL.sub(_unless_hidden, text.replace("\t", " "))
    return LATIN_JOINER.sub("", JOINER_RUN.sub(r"\1", text))


def _unless_hidden(match: re.Match[str]) -> str:
    """Control characters go, marks that turn the direction, zero width, halves of a pair."""
    char = match[0]
    return "" if unicodedata.category(char) in {"Cc", "Cf", "Cs"} else char

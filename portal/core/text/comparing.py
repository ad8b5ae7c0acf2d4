"""Two texts, word by word: what is gone from the one, and what is new in the other."""

import re
from difflib import SequenceMatcher

Piece = tuple[str, bool]
WORDS = re.compile(r"\S+\s*|\s+")


def compare_words(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces, each with whether the other one lacks it; joined they are the texts
    again. In long texts frequent words alone make no match, which also bounds the time."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    gone: list[Piece] = []
    come: list[Piece] = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new).get_opcodes():
        differs = kind != "equal"
        if i < j:
            gone.append(("".join(old[i:j]), differs))
        if k < m:
            come.append(("".join(new[k:m]), differs))
    return gone, come

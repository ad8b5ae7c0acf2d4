"""Codes that stand in addresses and on paper: unguessable for proofs, short for occasions."""

from secrets import choice

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # without those that look alike: 0 O, 1 I
PROOF = 16  # of 32 letters: 80 bits
SHORT_LETTERS = "23456789bcdfghjkmnpqrstvwxz"  # no vowels: a code is never a word
SHORT = 5


def new_proof_code() -> str:
    return "".join(choice(LETTERS) for _ in range(PROOF))


def new_short_code() -> str:
    return "".join(choice(SHORT_LETTERS) for _ in range(SHORT))


def normalised(code: str) -> str | None:
    """As it is stored, however it was typed; None for what is no code of a proof."""
    kept = code.replace("-", "").upper()
    return kept if len(kept) == PROOF and set(kept) <= set(LETTERS) else None

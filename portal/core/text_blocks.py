"""Text blocks of the office: a start of a text that it changes to fit."""

Blocks = dict[str, tuple[str, str]]  # the word in the address: what it is called, what it says


def text_of(blocks: Blocks, word: str) -> str:
    """What the block of that word says; nothing for an unknown one."""
    return blocks.get(word, ("", ""))[1]

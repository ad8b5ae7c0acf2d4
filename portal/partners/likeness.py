"""Names compared: equal in the search's spelling, or alike in shape whatever the legal form."""

from difflib import SequenceMatcher

from portal.core.search.analysis import fold

LONGEST = 400
ALIKE = 0.85
SHORTEST = 4  # below that everything looks like everything
# Letters and digits of the same shape. I, l and 1 cannot be told apart, nor O and 0.
SHAPES = str.maketrans(
    "асеіјкмнопрѕтухвԁԛԝαεηικνορτυχ01358i",
    "aceljkmhonpstyxbdqwaehlkvoptuxolesbl",
)
# fmt: off
LEGAL_FORMS = frozenset({
    "ag", "co", "e", "eg", "eingetragener", "ev", "g", "gbr", "ggmbh", "gmbh", "gug", "kg", "kgaa",
    "mbh", "ohg", "partg", "se", "ug", "v", "verein",
})
# fmt: on


def folded_name(name: str) -> str:
    """The name in the search's spelling, as far as it is kept: one letter may fold into many."""
    return fold(name)[:LONGEST]


def skeleton(name: str) -> str:
    """What is left when only the look counts: without legal form, in plain letters."""
    words = fold(name).split()
    telling = [word for word in words if word not in LEGAL_FORMS] or words
    shaped = "".join(telling).translate(SHAPES)
    return shaped.replace("rn", "m").replace("vv", "w")


def look_alike(one: str, other: str) -> bool:
    """Compares two skeletons."""
    if one == other:
        return bool(one)
    if min(len(one), len(other)) < SHORTEST:
        return False
    match = SequenceMatcher(None, one, other, autojunk=False)
    return all(
        ratio() >= ALIKE for ratio in (match.real_quick_ratio, match.quick_ratio, match.ratio)
    )

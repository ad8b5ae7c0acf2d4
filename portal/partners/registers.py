"""Numbers of the registers that German courts keep: HRA and HRB (companies), GnR (co-operatives),
PR (partnerships), VR (associations), GsR (civil-law companies)."""

import re

KINDS = {kind.upper(): kind for kind in ("HRA", "HRB", "GnR", "PR", "VR", "GsR")}
NUMBER = re.compile(r"(HRA|HRB|GNR|PR|VR|GSR)[ .:-]*(\d{1,6})[ ]*([A-Z]{0,3})", re.IGNORECASE)


def normalised_number(typed: str) -> str | None:
    """`hrb12345` becomes "HRB 12345"; None for what is no such number."""
    found = NUMBER.fullmatch(typed.strip())
    if not found:
        return None
    kind, number, suffix = found.groups()
    return f"{KINDS[kind.upper()]} {int(number)} {suffix.upper()}".strip()

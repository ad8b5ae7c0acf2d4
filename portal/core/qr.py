"""A QR code as one path of squares: no template has to trust anything as markup."""

from dataclasses import dataclass

import segno

QUIET = 4  # units around the code, as the standard asks


@dataclass(frozen=True)
class QR:
    """`path` draws the dark squares, one unit each, into a square of `size` units."""

    path: str
    size: int


def qr(address: str) -> QR:
    rows = list(segno.make(address, error="m", micro=False).matrix_iter(border=QUIET))
    squares = [
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    ]
    return QR(path="".join(squares), size=len(rows))

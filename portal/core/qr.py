"""QR codes as one path of squares: the page and the print draw it in their own way."""

from dataclasses import dataclass

import segno

QUIET = 4  # modules around the code, as the standard asks


@dataclass(frozen=True)
class QR:
    """`path` draws the dark squares of one unit each in a square of `size` units."""

    path: str
    size: int

    @property
    def svg(self) -> str:
        """The whole picture, dark on white."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.size} {self.size}">'
            f'<path fill="#fff" d="M0 0h{self.size}v{self.size}H0z"/>'
            f'<path fill="#000" d="{self.path}"/></svg>'
        )


def qr(text: str) -> QR:
    rows = list(segno.make(text, error="m", micro=False).matrix_iter(border=QUIET))
    squares = [
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    ]
    return QR(path="".join(squares), size=len(rows))

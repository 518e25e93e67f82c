"""A picture that a phone reads: an address, drawn as one path. Nothing but the address is in it."""

from dataclasses import dataclass

QUIET = 4
"""Empty modules around it, as readers of such pictures ask for."""


@dataclass(frozen=True, kw_only=True)
class Picture:
    """`size`: modules of a side. `path` draws the dark ones, each a square of 1 by 1."""

    size: int
    path: str


def picture_of(address: str) -> Picture:
    # With the first of them: it brings all that draws pictures, three megabytes.
    from qrcode.constants import ERROR_CORRECT_M  # noqa: PLC0415
    from qrcode.main import QRCode  # noqa: PLC0415

    code = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    code.add_data(address)
    code.make(fit=True)
    rows = code.get_matrix()
    dark = ((x, y) for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark)
    return Picture(size=len(rows), path="".join(f"M{x} {y}h1v1h-1z" for x, y in dark))

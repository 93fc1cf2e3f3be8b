"""The link that logs a device in, and its picture in a terminal."""

import io
import sys

UNKNOWN_ADDRESS = "ALAMAT-HUB"
_WHITE_ON_BLACK, _AS_BEFORE = "\x1b[38;5;231;48;5;16m", "\x1b[0m"


def login_link(address: str, code: str) -> str:
    """`code` stands behind the #, which browsers send to nobody."""
    return f"{address}/meja#masuk={code}"


def qr_lines(text: str) -> str:
    """A QR code of half blocks; on a terminal in colours of its own, for not every camera reads one that is inverted."""
    import segno

    drawn = io.StringIO()
    segno.make(text, error="m", micro=False).terminal(drawn, compact=True)
    lines = drawn.getvalue().rstrip("\n")
    if sys.stdout.isatty():
        lines = "\n".join(f"{_WHITE_ON_BLACK}{line}{_AS_BEFORE}" for line in lines.splitlines())
    return lines

"""Text without what nobody sees: two cells that look alike are alike. Pure."""

import re

# nothing is drawn for these: soft hyphen, zero widths, joiners, marks of direction, byte order marks, variation selectors, tags
_UNSEEN = (
    (0x00, 0x08), (0x0B, 0x0C), (0x0E, 0x1F), (0x7F, 0x84), (0x86, 0x9F), (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C),
    (0x180B, 0x180F), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF),
    (0xFFF9, 0xFFFB), (0xE0000, 0xE01EF),
)  # fmt: skip
_SPACES = (0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000)
_DIGITS = (0xFF10, *range(0x1D7CE, 0x1D800, 10))  # where other ten digits of Latin shape begin
_FULL_WIDTH = {0xFF0E: ".", 0xFF0D: "-", 0xFF05: "%", 0xFF0F: "/"}  # none that could part the cells of a CSV

_PLAIN: dict[int, str] = {
    **{c: "" for first, last in _UNSEEN for c in range(first, last + 1)},
    **dict.fromkeys(_SPACES, " "),
    **{start + digit: str(digit) for start in _DIGITS for digit in range(10)},
    **_FULL_WIDTH,
}
_CONTROL = re.compile(r"[\0-\x08\x0b\x0c\x0e-\x1f\x7f]")


def plain(text: str) -> str:
    """The same text without invisible characters; spaces of every width are " ", digits of Latin shape are ASCII. Line ends and tabs
    stay."""
    if text.isascii() and not _CONTROL.search(text):
        return text
    return text.translate(_PLAIN)

"""What parts the cells of a CSV: the sign that its rows agree on, wherever its header stands."""

import re
from collections import Counter

_SIGNS = ",;\t|"  # of two that serve alike, the first
_MOST_LINES = 500
_SAID = re.compile(r'"?sep=(.)"?[,;\t]*', re.IGNORECASE)
_OPENING = re.compile(r'[\["]')
_CLOSING = {"[": "]", '"': '"'}


def said_separator(head: str) -> str | None:
    """What a first line `sep=;` says, as spreadsheets write it; it is no row."""
    said = _SAID.fullmatch(head.partition("\n")[0].lstrip("\ufeff").strip(" \r"))
    return said[1] if said else None


def separator(head: str) -> str:
    """`head`: the beginning of the text. Titles have commas, and figures too: what counts is on how many lines the same number of
    signs stands."""
    lines = [_bare(line) for line in head.split("\n", _MOST_LINES)[:_MOST_LINES]]
    return max(_SIGNS, key=lambda sign: _agreement(lines, sign))


def _agreement(lines: list[str], sign: str) -> tuple[int, int, int]:
    """How many lines agree; which of them is the last, a header stands below its title; how many signs they have."""
    counts = [line.count(sign) for line in lines]
    common = Counter(c for c in counts if c).most_common()
    if not common:
        return 0, 0, 0
    number = max(count for count, times in common if times == common[0][1])
    return common[0][1], max(i for i, c in enumerate(counts) if c == number), number


def _bare(line: str) -> str:
    """Without what stands in brackets or in quotes. One pass, however many are opened and never closed."""
    last = {opening: line.rfind(closing) for opening, closing in _CLOSING.items()}
    pieces, at = [], 0
    for found in _OPENING.finditer(line):
        if found.start() < at or last[found[0]] <= found.start():
            continue
        pieces.append(line[at : found.start()])
        at = line.index(_CLOSING[found[0]], found.start() + 1) + 1
    return "".join([*pieces, line[at:]])

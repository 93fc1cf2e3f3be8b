"""Two tables that are known to be badly protected, made up: an attacker who does not get into them is none."""

from collections.abc import Callable

from bench.rahasia.claims import Seen
from hub.rilis.audit import Bounds, bounds
from hub.rilis.table import Cell, Relation


def linked_one_by_one() -> bool:
    """Three regions by sex, and the same three by age: each table has two hidden cells a line, and protects itself. The hidden
    total of a region stands in both; by age it follows. True: the attacker has it, and the two it was to protect.

    Cells: 0 all; 1, 2, 3 regions; 4, 5 the sexes of region 1, 4 hidden; 6, 7 its ages, both open."""
    values = (20, 3, 9, 8, 2, 1, 2, 1)
    hidden = frozenset({1, 2, 4})
    relations = [Relation(0, (1, 2, 3)), Relation(1, (4, 5)), Relation(1, (6, 7))]
    found = _attack(values, hidden, relations)
    return all(_recovered(found[c]) == values[c] for c in hidden)


def two_fives_and_three_tens() -> bool:
    """Five kecamatan with k = 5: two have 5 and are open, three add up to 10 and are hidden by a word that says "1 to 4". The
    word is a relation (a count and what it lacks of 4), and with the sum no one of the three is less than 2. True: the attacker
    says 2…4 of each, which is too narrow.

    Cells: 0 all; 1…5 kecamatan, 3, 4, 5 hidden; 6 the four of the word; 7, 8, 9 what each lacks of it."""
    values = (20, 5, 5, 3, 3, 4, 4, 1, 1, 0)
    hidden = frozenset({3, 4, 5, 7, 8, 9})
    relations = [Relation(0, (1, 2, 3, 4, 5)), *(Relation(6, (c, c + 4)) for c in (3, 4, 5))]
    found = _attack(values, hidden, relations, nought=frozenset({7, 8, 9}))
    return all((found[c].smallest, found[c].largest) == (2, 4) and not found[c].wide(5) for c in (3, 4, 5))


TRAPS: dict[str, Callable[[], bool]] = {
    "linked tables protected one by one": linked_one_by_one,
    "five kecamatan, two of 5, three that add up to 10": two_fives_and_three_tens,
}


def _attack(
    values: tuple[int, ...], hidden: frozenset[int], relations: list[Relation], nought: frozenset[int] = frozenset()
) -> dict[int, Bounds]:
    """Hidden values are taken away before the attacker sees the table. `nought`: what may be none, all else is 1 at least."""
    cells = [Cell(0 if n in hidden else v, lowest=int(n not in nought)) for n, v in enumerate(values)]
    return bounds(Seen(cells, relations, hidden), hidden, hidden)


def _recovered(found: Bounds) -> int | None:
    return found.smallest if found.proved and found.smallest == found.largest else None

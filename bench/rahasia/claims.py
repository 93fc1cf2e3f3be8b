"""Answers that count several places together: whether they follow from what was told of each, and what they tell where they do not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hub.rilis.audit import bounds
from hub.rilis.table import Cell, Relation, Table


@dataclass(frozen=True, slots=True)
class Stated:
    """`parts`: the cells that `value` is said to count together."""

    question: str
    value: int
    parts: tuple[int, ...]


class Seen(Table):
    """A table of what was seen: a relation with an unknown in it cannot be tried, so it is not."""

    def __init__(self, cells: Iterable[Cell], relations: Iterable[Relation], unknown: frozenset[int]) -> None:
        self._bind(cells, (r for r in relations if unknown.intersection((r.total, *r.parts))))
        self.unknown = unknown


def reckon_with(
    cells: Sequence[Cell], relations: Sequence[Relation], unknown: frozenset[int], stated: Iterable[Stated]
) -> tuple[Seen, list[str]]:
    """The table with all that tells more than its parts do, and what that is. A sum of what is open tells nothing, nor does one that
    follows from the table without it, whatever is closed in it."""
    plain = Seen(cells, relations, unknown)
    odd = [s for s in dict.fromkeys(stated) if s.value != sum(cells[p].value for p in s.parts if p not in unknown)]
    if not odd:
        return plain, []
    asked = range(len(cells), len(cells) + len(odd))
    bound = [Relation(n, s.parts) for n, s in zip(asked, odd, strict=True)]
    tried = Seen([*cells, *(Cell(0) for _ in odd)], [*relations, *bound], unknown | frozenset(asked))
    found = bounds(tried, tried.unknown, asked)
    more = [
        (n, s)
        for n, s in zip(asked, odd, strict=True)
        if not (found[n].proved and found[n].smallest == found[n].largest == s.value)
    ]
    every = [*cells, *(Cell(s.value) for _, s in more)]
    more_bound = [Relation(len(cells) + i, s.parts) for i, (_, s) in enumerate(more)]
    texts = [
        f"{s.question} says {s.value}; of what is told apart it is {found[n].smallest} to {found[n].largest}"
        for n, s in more
    ]
    return Seen(every, [*relations, *more_bound], unknown), texts

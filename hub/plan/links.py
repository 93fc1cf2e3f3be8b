"""Plain relations as data: which columns of a row meet which of a table, in what order its rows come, and as of which day."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Table

from hub.plan.arguments import Args
from hub.plan.rows import Row, Rows
from hub.plan.words import number, word

Day = Callable[[Any], ColumnElement[Any]]
"""The day as of which a row of an alias is looked at (an SQL date)."""
Holds = Callable[[Any, ColumnElement[Any]], ColumnElement[bool]]
"""Whether a row of an alias holds on a day."""

SHARED = ("kode_kab", "kode_kab")


@dataclass(frozen=True, slots=True, eq=False)
class Link:
    """A relation that can be looked at; called, it gives the rows that hang on one row. See `link`."""

    table: Table
    on: Mapping[str, str]
    kab: tuple[str, str] | None
    only: Mapping[str, str | int]
    holds: Holds | None
    day: Day | None
    order: Sequence[str]

    def __post_init__(self) -> None:
        named = [*self.on.values(), *self.only, *map(_column, self.order)]
        if self.kab is not None and self.kab is not SHARED:
            named.append(self.kab[1])
        if unknown := [name for name in named if name not in self.table.c]:
            raise ValueError(f"{self.table.name} has no column {', '.join(unknown)}")

    def __call__(self, row: Row, args: Args) -> Rows:
        there = self.table.alias()
        day = row.reference_day if self.day is None and self.holds is not None else self.day and self.day(there)
        where = [there.c[theirs] == row[ours] for ours, theirs in (*self._kab(), *self.on.items())]
        where += [there.c[name] == (number(v) if isinstance(v, int) else word(v)) for name, v in self.only.items()]
        if self.holds is not None:
            assert day is not None, f"on the way to {self.table.name} no day was met"
            where.append(self.holds(there, day))
        order = [there.c[_column(o)].desc() if o.startswith("-") else there.c[o] for o in self.order]
        return Rows(Row(there, day), where, order)

    def _kab(self) -> Sequence[tuple[str, str]]:
        return () if self.kab is None or self.kab[1] not in self.table.c else (self.kab,)


def link(  # noqa: PLR0913 - a declaration: each option is named where it is used
    table: Table,
    on: Mapping[str, str],
    *,
    kab: tuple[str, str] | None = SHARED,
    only: Mapping[str, str | int] | None = None,
    holds: Holds | None = None,
    day: Day | None = None,
    order: Sequence[str] = (),
) -> Link:
    """The rows of `table` whose columns equal those of this row. A wrong column of the table is an error here.

    `on`: column of this row → column of the table. That both lie in one kabupaten is added to it: tables that carry kode_kab are
    never joined without. `kab`: those two columns, where they are called otherwise; None: the link crosses a border.
    `only`: columns that hold words or numbers of our own.
    `holds`: only what holds on the day that the row is looked at, which is carried on. `day`: another day than the row's.
    `order`: columns, "-" before one that descends.
    """
    return Link(table, on, kab, only or {}, holds, day, order)


def _column(order: str) -> str:
    return order.removeprefix("-")

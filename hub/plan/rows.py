"""The words of a compiled read: which rows are read, out of what, in what order. A domain says it in its `reads`; what is selected
of them is for the compiler."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, FromClause


@dataclass(frozen=True, slots=True)
class Row:
    """One row being read. `source`: its table alias or subquery. `reference_day`: the day as of which regions on this path are
    looked at (an SQL date), None where no region was met yet. `beside`: what single fields of it look up elsewhere, known
    to the domain alone; the statement holds it only where one of them is selected."""

    source: FromClause
    reference_day: ColumnElement[Any] | None = None
    prefix: str = ""  # before the names of its columns, where the source holds the columns of two rows
    beside: Any = None

    def __getitem__(self, name: str) -> ColumnElement[Any]:
        return self.source.c[self.prefix + name]


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows to read: a source with its conditions and order. `key`: columns that make the order total, for cursors.
    `beside`: further tables the conditions join, at most one row of each per row."""

    row: Row
    where: Sequence[ColumnElement[bool]] = ()
    order: Sequence[ColumnElement[Any]] = ()
    limit: ColumnElement[int] | None = None
    key: Sequence[ColumnElement[Any]] = ()
    beside: Sequence[FromClause] = ()

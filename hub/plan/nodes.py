"""What is to be read, as a tree: the fields of an object, the rows of a list, the pages of a connection. Whoever reads questions makes
it (schema/engine); `hub.plan.statement` makes one SELECT of it. A builder is the domain's: it says which rows.

Keys and names of types are letters, digits and underscores.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement

from hub.plan.arguments import Args
from hub.plan.rows import Row, Rows

RootBuild = Callable[[Args], "Rows | Row | None"]
"""Rows found from the arguments alone. None: there is nothing to look for."""
ChildBuild = Callable[[Row, Args], "Rows | Row | None"]
"""Rows found from a row and the arguments. A Row: it is at hand in that very row."""
ExpressionBuild = Callable[[Row, Args], ColumnElement[Any]]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of our own: the name of a type."""

    text: str


@dataclass(frozen=True, slots=True)
class KindOf:
    """The name of the type that the row is of. `types`: name → value of the column."""

    column: str
    types: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Value:
    """A column of the row."""

    column: str


@dataclass(frozen=True, slots=True)
class Computed:
    """A value computed from the row and the arguments."""

    build: ExpressionBuild
    args: Args


@dataclass(frozen=True, slots=True)
class Object:
    """Fields of one row, in order, each under its key."""

    fields: Sequence[tuple[str, "Node"]]


@dataclass(frozen=True, slots=True)
class Alike:
    """A row that is of one of several types, all read alike. `values`: of the column, for rows of these types."""

    column: str
    values: Sequence[Any]
    object: Object


@dataclass(frozen=True, slots=True)
class OneOf:
    """A row that is of one of several types, told apart by a column."""

    column: str
    objects: Sequence[tuple[Any, Object]]


Shape = Object | Alike | OneOf


@dataclass(frozen=True, slots=True)
class Branch:
    """One of the tables that a row may lie in. `value`: what the row that points there says of it."""

    value: str
    build: Callable[[Row, Args], Rows]
    shape: Shape


@dataclass(frozen=True, slots=True)
class Choice:
    """One row that lies in one of several tables. `column`: of this row, says in which."""

    column: str
    branches: Sequence[Branch]
    args: Args


@dataclass(frozen=True, slots=True)
class Edges:
    """Rows of a page. `fields`: key → what of each: its cursor, the row itself, a word."""

    fields: Sequence[tuple[str, "Cursor | Shape | Word"]]


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where in the order a row stands."""


@dataclass(frozen=True, slots=True)
class PageInfo:
    """`fields`: key → hasNextPage, hasPreviousPage, startCursor, endCursor, or a word."""

    fields: Sequence[tuple[str, "str | Word"]]


@dataclass(frozen=True, slots=True)
class Total:
    """How many rows there are in all pages."""


@dataclass(frozen=True, slots=True)
class One:
    """The first of the rows, if there is any."""

    shape: Shape


@dataclass(frozen=True, slots=True)
class Many:
    """A list of the rows."""

    shape: Shape


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the rows. `most`: largest `first`."""

    most: int
    fields: Sequence[tuple[str, Edges | PageInfo | Total | Word]]


@dataclass(frozen=True, slots=True)
class Root:
    """Rows that hang on nothing."""

    build: RootBuild
    args: Args
    reading: One | Many | Page


@dataclass(frozen=True, slots=True)
class Child:
    """Rows that hang on this row."""

    build: ChildBuild
    args: Args
    reading: One | Many | Page


Node = Word | KindOf | Value | Computed | Shape | Child | Choice

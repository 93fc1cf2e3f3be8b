"""Reads too long for SQLAlchemy's expressions: text, composed of functions that return fragments. Values are bound parameters,
always; what a function puts into its text is our own: names of parameters, columns, other fragments."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import BindParameter, Subquery, TextClause, text
from sqlalchemy.types import TypeEngine

Binds = Mapping[str, BindParameter[Any]]
"""The bound parameters of a read, by what they are called in its text."""


class Names:
    """How each value is written in a text: `n.wilayah` is `:p3`; `"pada" in n`: whether it is there at all."""

    def __init__(self, written: Mapping[str, str]) -> None:
        self._written = written

    def __getattr__(self, name: str) -> str:
        try:
            return self._written[name]
        except KeyError:
            raise AttributeError(name) from None

    def __contains__(self, name: str) -> bool:
        return name in self._written


def names(binds: Binds) -> Names:
    return Names({k: f":{b.key}" for k, b in binds.items()})


def sql_rows(statement: str, binds: Binds, columns: Mapping[str, TypeEngine[Any]]) -> Subquery:
    """The statement's rows, to select from. Raises ArgumentError for a parameter that its text does not name."""
    return sql_clause(statement, binds).columns(**columns).subquery()


def sql_clause(statement: str, binds: Binds) -> TextClause:
    return text(statement).bindparams(*binds.values())

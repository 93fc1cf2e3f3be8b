"""What statements are written with: words and numbers of our own, which need no parameter."""

import re
from typing import Any

from sqlalchemy import ColumnElement, literal_column
from sqlalchemy.types import TypeEngine

_WORD = re.compile(r"[\w .:,/|#@%\"{}\[\]-]*")  # also pieces of JSON; nothing that could end an SQL literal


def word(text: str, type_: TypeEngine[Any] | type[TypeEngine[Any]] | None = None) -> ColumnElement[Any]:
    """A text of our own code, written out: 'PANTI'. Never anything that a caller sent."""
    if _WORD.fullmatch(text) is None:
        raise ValueError(text)
    return literal_column(f"'{text}'") if type_ is None else literal_column(f"'{text}'", type_)


def number(value: int, type_: TypeEngine[Any] | type[TypeEngine[Any]] | None = None) -> ColumnElement[Any]:
    """A number of our own code, written out: an index that knows it can serve."""
    return literal_column(str(value)) if type_ is None else literal_column(str(value), type_)


TRUE: ColumnElement[bool] = literal_column("true")
FALSE: ColumnElement[bool] = literal_column("false")

"""The filter `nama` of lists: what bears these letters and digits in its name, wherever they stand in it."""

import re
from typing import Any

from sqlalchemy import ColumnElement, Text, func, literal_column

from hub.base.errors import InvalidInputError
from hub.plan.arguments import Args
from hub.plan.types import TEXT
from hub.plan.words import word

_SIGNS: ColumnElement[Any] = literal_column("'[^a-z0-9]'", Text)
_SHORTEST = 2  # letters; one is in nearly every name


def name_contains(name: ColumnElement[Any], args: Args) -> ColumnElement[bool]:
    """Capitals, blanks and signs do not matter. Raises InvalidInputError where too little is asked for."""
    letters = func.regexp_replace(func.lower(name), _SIGNS, word(""), word("g"), type_=TEXT)
    return letters.like(args.bind_field("saring", "nama", TEXT, _containing))


def _containing(text: str) -> str:
    letters = re.sub(r"[^a-z0-9]", "", text.lower())
    if len(letters) < _SHORTEST:
        raise InvalidInputError(f'Saringan nama "{text}" terlalu pendek; tulis paling sedikit {_SHORTEST} huruf.')
    return f"%{letters}%"

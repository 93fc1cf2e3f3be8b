"""The GraphQL library writes values into its messages as Python writes them ('a', None, {'b': True}). Readers know JSON."""

import json
import re
from importlib import import_module
from typing import Any

_WRITING = ("graphql.type.definition", "graphql.type.scalars", "graphql.utilities.validate_input_value")
_LONGEST = 240  # letters of a value
_ITEMS = 10  # of a list or an object
_DEEPEST = 3
_NONE = re.compile(r"\bnot to be None\b")
_NAME = re.compile(r"'([$@]?[A-Za-z_][\w.]*!?(?:\(\w+:\))?|\[+[\w!\]]+)'")


def write_values_as_json() -> None:
    """From now on. Each of the library's modules that puts what was sent into a message has the function under its own name."""
    for name in _WRITING:
        vars(import_module(name))["inspect"] = as_json


def as_json(value: Any) -> str:
    """A value as its sender wrote it, cut where it is long."""
    text = json.dumps(_small(value, 0), ensure_ascii=False, default=str)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _small(value: Any, depth: int) -> Any:
    """What of a value is worth writing: it may be as long as a body."""
    if isinstance(value, dict):
        if depth >= _DEEPEST:
            return {"…": "…"} if value else {}
        return {str(k): _small(v, depth + 1) for k, v in list(value.items())[:_ITEMS]}
    if isinstance(value, list | tuple):
        if depth >= _DEEPEST:
            return ["…"] if value else []
        return [_small(v, depth + 1) for v in value[:_ITEMS]] + (["…"] if len(value) > _ITEMS else [])
    if isinstance(value, str):
        return value if len(value) <= _LONGEST else value[:_LONGEST]
    return value if value is None or isinstance(value, bool | int | float) else "…"


def in_plain_words(message: str) -> str:
    """A message of the library's without what is Python in its prose: names between single quotes, None."""
    return _NAME.sub(r'"\1"', _NONE.sub("not to be null", message))

"""Errors as an answer carries them: expected failures in full, unknown ones masked, with an id that finds them in the log. Each has
the hub's own `kode` and the `code` that GraphQL programs know."""

import re
from typing import Any

from graphql import GraphQLError

from hub.base.defects import DEFECT, report_defect
from hub.base.errors import HubError
from schema.engine.plain_messages import in_plain_words
from schema.http.limits import name_limit

_LONGEST = 1_000  # letters of one error: a message repeats what was sent, however long that was
_SUGGESTION = re.compile(r"\s*Did you mean .*\?", re.DOTALL)


def format_error(error: GraphQLError, *, suggest: bool = True, code: str = "BAD_USER_INPUT") -> dict[str, Any]:
    """An error as the answer carries it: the reader's own mistakes in full, defects masked. `suggest`: names of the schema
    may be suggested; `code`: what kind of mistake it is, where the error does not say."""
    original = error.original_error
    if isinstance(original, HubError):
        return {**_place(error), **expected(original)}
    if original is None or isinstance(original, GraphQLError):
        error = name_limit(error)
        message = in_plain_words(error.message if suggest else _SUGGESTION.sub("", error.message))
        return {
            **_place(error),
            "message": _cut(message),
            "extensions": {"kode": "GRAPHQL", "code": code, **(error.extensions or {})},
        }
    return {**_place(error), **masked(original)}


def expected(error: HubError) -> dict[str, Any]:
    """An expected failure: its sentence and its codes."""
    return {"message": _cut(error.message), "extensions": {"kode": error.kode, "code": error.code, **error.rincian}}


def _cut(message: str) -> str:
    return message if len(message) <= _LONGEST else f"{message[:_LONGEST]}…"


def masked(error: BaseException) -> dict[str, Any]:
    """A defect, logged in full under an id; the reader gets the id."""
    message, number = report_defect(error, "hub.graphql")
    return {"message": message, "extensions": {"kode": DEFECT, "code": "INTERNAL_SERVER_ERROR", "nomor": number}}


def _place(error: GraphQLError) -> dict[str, Any]:
    place: dict[str, Any] = {}
    if error.locations:
        place["locations"] = [{"line": x.line, "column": x.column} for x in error.locations]
    if error.path is not None:
        place["path"] = list(error.path)
    return place

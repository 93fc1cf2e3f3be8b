"""Errors as an answer carries them: expected failures in full, unknown ones masked, with an id that finds them in the log."""

import re
from typing import Any

from graphql import GraphQLError

from hub.base.defects import DEFECT, report_defect
from hub.base.errors import HubError
from schema.http.limits import sebut_batas

_PANJANG = 1_000  # letters of one error: a message repeats what was sent, however long that was
_SARAN = re.compile(r"\s*Did you mean .*\?", re.DOTALL)


def format_error(error: GraphQLError, *, saran: bool = True) -> dict[str, Any]:
    """An error as the answer carries it: the reader's own mistakes in full, defects masked. `saran`: names of the schema
    may be suggested."""
    asal = error.original_error
    if isinstance(asal, HubError):
        return {**_tempat(error), **expected(asal)}
    if asal is None or isinstance(asal, GraphQLError):
        error = sebut_batas(error)
        return {
            **_tempat(error),
            "message": _cut(error.message if saran else _SARAN.sub("", error.message)),
            "extensions": {"kode": "GRAPHQL", **(error.extensions or {})},
        }
    return {**_tempat(error), **masked(asal)}


def expected(salah: HubError) -> dict[str, Any]:
    """An expected failure: its sentence and its code."""
    return {"message": _cut(salah.pesan), "extensions": {"kode": salah.kode, **salah.rincian}}


def _cut(message: str) -> str:
    return message if len(message) <= _PANJANG else f"{message[:_PANJANG]}…"


def masked(salah: BaseException) -> dict[str, Any]:
    """A defect, logged in full under an id; the reader gets the id."""
    pesan, nomor = report_defect(salah, "hub.graphql")
    return {"message": pesan, "extensions": {"kode": DEFECT, "nomor": nomor}}


def _tempat(error: GraphQLError) -> dict[str, Any]:
    isi: dict[str, Any] = {}
    if error.locations:
        isi["locations"] = [{"line": x.line, "column": x.column} for x in error.locations]
    if error.path is not None:
        isi["path"] = list(error.path)
    return isi

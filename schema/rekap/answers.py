"""What services say of a rekap, as members of the mutations' union."""

from typing import Any

from hub.base.errors import NotAuthorisedError, RevisionConflictError
from hub.base.many_findings import told
from hub.base.temuan import Refused
from hub.rekap.decisions import Answer
from hub.rekap.receipt import Receipt
from schema.rekap.types import BentrokRevisi, RekapDiterima, RekapDitolak, TidakBerwenang


def answer(result: Receipt | Refused) -> RekapDiterima | RekapDitolak:
    if isinstance(result, Receipt):
        return RekapDiterima.of(result)
    temuan: Any = told(result.temuan)
    return RekapDitolak(temuan=temuan)


def answer_one(result: Answer) -> RekapDiterima | RekapDitolak | TidakBerwenang | BentrokRevisi:
    """One of several, of which no failure may stop the others."""
    match result:
        case NotAuthorisedError():
            return denied(result)
        case RevisionConflictError():
            return conflicting(result)
        case _:
            return answer(result)


def denied(error: NotAuthorisedError) -> TidakBerwenang:
    return TidakBerwenang(pesan=error.message)


def conflicting(error: RevisionConflictError) -> BentrokRevisi:
    return BentrokRevisi(pesan=error.message, revisi_terbaru=error.newest_revision)

"""At a node: what its province decided about a rekap that was made here. The province decides by what it knew then; what was submitted
or taken back here meanwhile meets it there later. So where the rekap stands follows from both: from the verdict, and from what was
told after it, by the same table of moves.

A province that cannot take a submission at all answers it in a receipt; here that is a return.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hub.base.actor import Actor
from hub.base.public_id import RekapKey
from hub.base.temuan import ERROR, Refused, Temuan
from hub.db.database import Conn
from hub.katalog.katalog import Katalog
from hub.rekap import moves
from hub.rekap import revision_statements as revisions
from hub.rekap import statements as store
from hub.rekap.approval import from_stored, put_into_force_at_node, recount
from hub.rekap.moves import APPROVE, DRAF, RETURNED, SEND_BACK, SUBMITTED
from hub.rekap.receipt import no_such_rekap
from hub.rekap.statements import Event, RekapHead

AUTOMATIC = "pemeriksaan otomatis provinsi"


@dataclass(frozen=True, slots=True)
class Verdict:
    """`to_status`: where the rekap stood at the province after it; `at`: when, by the clock there; `submitted`: since when it counts as
    submitted there, and whether that was in time."""

    action: str
    revision: int
    to_status: str
    at: datetime
    reason: str | None
    notes: Sequence[Mapping[str, Any]]
    submitted: tuple[datetime | None, bool | None]


Later = Callable[[], Awaitable[Sequence[tuple[str, int]]]]
"""Brings the actions and revisions of a rekap that the province did not know of yet, in order."""


async def take_verdict(
    conn: Conn, actor: Actor, key: RekapKey, verdict: Verdict, later: Later, katalog: Katalog
) -> Refused | None:
    """Write a verdict of the province (`actor`: who decided there), in the caller's transaction. `later` is called once nobody can submit
    any more."""
    await store.hold(conn, key)
    head, formulir = await store.head(conn, key), katalog.formulir.get(key.formulir)
    if head is None or formulir is None:
        return Refused((no_such_rekap(key),))
    if not await revisions.exists(conn, key, verdict.revision):
        message = f"Putusan provinsi menyangkut revisi {verdict.revision} rekap {key.id}, yang tidak ada di sini."
        return Refused((Temuan("REVISI_TAK_ADA", ERROR, message, wilayah=key.kode_kab, nilai=str(verdict.revision)),))
    status = _status(key, head, verdict, await later())
    approved = verdict.revision if verdict.action == APPROVE else None
    await store.set_status(conn, key, status, approved)
    await revisions.set_submission(conn, key, *verdict.submitted)
    at = await store.now(conn)
    event = Event(
        at, actor.name, verdict.action, head.status, status, verdict.revision, verdict.reason, verdict.notes, verdict.at
    )
    await store.insert_event(conn, key, event)
    if approved is not None:
        nilai = await store.values(conn, key, approved)
        angka, total = await from_stored(conn, key, approved, nilai, katalog)
        await put_into_force_at_node(conn, key, formulir, katalog, angka, total)
    await recount(conn, key)
    return None


def _status(key: RekapKey, head: RekapHead, verdict: Verdict, later: Sequence[tuple[str, int]]) -> str:
    status, newest = verdict.to_status, verdict.revision
    for action, revision in later:
        following = moves.after(key.kode_kab, status, action)
        if following is not None:
            status, newest = following, revision
    if head.status == DRAF and head.revisi > newest and moves.after(key.kode_kab, status, moves.SAVE) == DRAF:
        return DRAF  # somebody works on the next one already
    return status


async def take_refusal(conn: Conn, key: RekapKey, revision: int, temuan: Sequence[Mapping[str, Any]]) -> bool:
    """The province could not take a submission: it is returned, with what was found there. False: the rekap has gone on already, and
    nothing is done."""
    await store.hold(conn, key)
    head = await store.head(conn, key)
    if head is None or head.status != SUBMITTED or head.revisi != revision:
        return False
    await store.set_status(conn, key, RETURNED)
    reason = "Provinsi tidak dapat menerima kiriman ini: " + " ".join(
        str(t["pesan"]) for t in temuan if t.get("tingkat") == ERROR
    )
    at = await store.now(conn)
    await store.insert_event(conn, key, Event(at, AUTOMATIC, SEND_BACK, head.status, RETURNED, revision, reason))
    await recount(conn, key)
    return True

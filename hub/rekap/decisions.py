"""What is decided about a rekap that was sent: the province approves it, returns it or opens it again, its own office takes it back.
One call, one transaction, which first holds all periods of its reporter and form: they are recounted together.

An approved revision keeps counting while a reopened rekap is being corrected, until another one is approved.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from hub.base.actor import Actor
from hub.base.errors import NotAuthorisedError, RevisionConflictError
from hub.base.off_loop import off_loop
from hub.base.public_id import RekapKey
from hub.base.temuan import ERROR, Refused, Temuan, by_gravity, has_error
from hub.db.database import Conn, Database
from hub.katalog.cache import KatalogCache
from hub.rekap import moves
from hub.rekap import revision_statements as revisions
from hub.rekap import statements as store
from hub.rekap.approval import from_stored, put_into_force, recount
from hub.rekap.came import Came
from hub.rekap.difference import Change, compare
from hub.rekap.impact import CameIntoForce
from hub.rekap.moves import APPROVE, APPROVED, REOPEN, SEND_BACK, WITHDRAW
from hub.rekap.notes import NO_NOTES, CatatanSel, ReadNotes, read_notes
from hub.rekap.receipt import Receipt, conflict, key_of, no_such_rekap, wrong_state
from hub.rekap.statements import Event

MOST_AT_ONCE = 50  # rekap that one call approves

Answer = Receipt | Refused | NotAuthorisedError | RevisionConflictError
"""What becomes of one rekap among several."""


class Decisions:
    """Raises NotAuthorisedError and RevisionConflictError; everything else that is wrong with a rekap is in Refused."""

    def __init__(self, db: Database, katalog: KatalogCache) -> None:
        self._db = db
        self._katalog = katalog

    async def approve(self, actor: Actor, key: RekapKey, revision: int) -> Receipt | Refused:
        """Approve the newest revision; its figures are in every aggregate when this returns."""
        moves.require(actor, key.kode_kab, APPROVE)
        katalog = await self._katalog.get()
        formulir = katalog.formulir.get(key.formulir)
        async with self._db.as_actor(actor) as conn:
            await store.hold(conn, key)
            head = await store.head(conn, key)
            if head is None or formulir is None:
                return Refused((no_such_rekap(key),))
            if head.status == APPROVED and head.revisi_disetujui == revision:
                return Receipt(key, revision, True, Change(), ())
            to_status = moves.after(key.kode_kab, head.status, APPROVE)
            if to_status is None:
                return Refused((wrong_state(head.status, APPROVE, key.kode_kab),))
            if head.revisi != revision:
                raise conflict(head.revisi)
            at = await store.now(conn)
            before = await store.values(conn, key, head.revisi_disetujui) if head.revisi_disetujui else []
            nilai = await store.values(conn, key, revision)
            await store.set_status(conn, key, to_status, revision)
            await store.insert_event(conn, key, Event(at, actor.name, APPROVE, head.status, to_status, revision))
            await put_into_force(conn, key, formulir, katalog, *await from_stored(conn, key, revision, nilai, katalog))
            await recount(conn, key)
            change = await off_loop(len(before) + len(nilai), compare, before, nilai)
            return Receipt(key, revision, False, change, (), CameIntoForce(key, at))

    async def approve_many(self, actor: Actor, wanted: Sequence[tuple[str, int]]) -> list[Answer]:
        """Approve one after the other, (id, revision) each, every one in a transaction of its own: one answer for each, in their
        order, and whatever becomes of one leaves the others. More than MOST_AT_ONCE: one refusal alone, nothing is approved."""
        if len(wanted) > MOST_AT_ONCE:
            message = (
                f"Sekali panggil paling banyak {MOST_AT_ONCE} rekap disetujui; ini {len(wanted)}, dan tidak satu pun disetujui. "
                "Bagi menjadi beberapa panggilan."
            )
            return [Refused((Temuan("TERLALU_BANYAK_REKAP", ERROR, message, nilai=str(len(wanted))),))]
        return [await self._approve_one(actor, id_, revision) for id_, revision in wanted]

    async def _approve_one(self, actor: Actor, id_: str, revision: int) -> Answer:
        key = key_of(id_)
        if isinstance(key, Refused):
            return key
        try:
            return await self.approve(actor, key, revision)
        except (NotAuthorisedError, RevisionConflictError) as error:
            return error

    async def send_back(
        self, actor: Actor, key: RekapKey, revision: int, reason: str, notes: Sequence[CatatanSel] = ()
    ) -> Receipt | Refused:
        """Return the newest revision to its kabupaten with a reason, and cells that need a look: each must be one that the form
        has, in a region of the kabupaten."""
        moves.require(actor, key.kode_kab, SEND_BACK)
        marked = NO_NOTES
        if notes:
            katalog = await self._katalog.get()
            formulir = katalog.formulir.get(key.formulir)
            if formulir is None:
                return Refused((no_such_rekap(key),))
            async with self._db.as_actor(actor) as conn:
                marked = await read_notes(conn, key, notes, katalog, formulir)
        return await self._move(actor, key, _Step(SEND_BACK, revision, reason, marked))

    async def reopen(self, actor: Actor, key: RekapKey, reason: str) -> Receipt | Refused:
        """Let the kabupaten correct an approved rekap. Its approved figures count until a new revision is approved."""
        return await self._move(actor, key, _Step(REOPEN, None, reason))

    async def withdraw(self, actor: Actor, key: RekapKey, revision: int, reason: str) -> Receipt | Refused:
        """Take the newest revision back before it is approved: a draft again, from which the next one goes on. It was then never
        submitted, unless the province has answered an earlier submission."""
        return await self._move(actor, key, _Step(WITHDRAW, revision, reason))

    async def receive_withdrawal(self, actor: Actor, key: RekapKey, reason: str, came: Came) -> Receipt | Refused:
        """The same, made at another hub."""
        return await self._move(actor, key, _Step(WITHDRAW, came.revision, reason), came)

    async def _move(self, actor: Actor, key: RekapKey, step: "_Step", came: Came | None = None) -> Receipt | Refused:
        moves.require(actor, key.kode_kab, step.action)
        found = by_gravity([*step.without_reason(key), *step.marked.temuan])
        if has_error(found):
            return Refused(found)
        async with self._db.as_actor(actor) as conn:
            if came is not None:
                await came.begin(conn)
            result = await self._move_in(conn, actor, key, step, came)
            if came is not None:
                await came.keep(conn, isinstance(result, Receipt), result.temuan)
            return replace(result, temuan=found) if isinstance(result, Receipt) else result

    async def _move_in(
        self, conn: Conn, actor: Actor, key: RekapKey, step: "_Step", came: Came | None
    ) -> Receipt | Refused:
        await store.hold(conn, key)
        head = await store.head(conn, key)
        if head is None:
            return Refused((no_such_rekap(key),))
        to_status = moves.after(key.kode_kab, head.status, step.action)
        if to_status is None:
            return Refused((wrong_state(head.status, step.action, key.kode_kab),))
        if step.revision is not None and head.revisi != step.revision:
            raise conflict(head.revisi)
        await store.set_status(conn, key, to_status)
        at = await store.now(conn)
        reason, notes = step.reason.strip(), step.marked.notes
        origin_at = came.at if came is not None else None
        event = Event(at, actor.name, step.action, head.status, to_status, head.revisi, reason, notes, origin_at)
        await store.insert_event(conn, key, event)
        if step.action == WITHDRAW:
            await revisions.forget_submission(conn, key)
            await recount(conn, key)
        return Receipt(key, head.revisi, False, Change(), ())


@dataclass(frozen=True, slots=True)
class _Step:
    """A move that says why it is made. `revision`: the newest one must be that; None: whichever it is."""

    action: str
    revision: int | None
    reason: str
    marked: ReadNotes = NO_NOTES

    def without_reason(self, key: RekapKey) -> list[Temuan]:
        if self.reason.strip():
            return []
        readers = "provinsi tahu mengapa ajuan ini ditarik" if self.action == WITHDRAW else _WHAT_TO_CORRECT
        return [Temuan("ALASAN_KOSONG", ERROR, f"Alasan harus diisi supaya {readers}.", wilayah=key.kode_kab)]


_WHAT_TO_CORRECT = "kabupaten tahu apa yang perlu diperbaiki"

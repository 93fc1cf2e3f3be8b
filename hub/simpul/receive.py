"""Receiving: what the other end of a kabupaten told, taken in exactly once and in order, and answered; and what it answered to what was
told here.

What is the next event, whole, and of the chain that is known is taken. The first that is not ends it, and what was not taken is named. A
number that was taken before is answered as it was then; with another hash it is an alarm, and nothing is ever overwritten.
"""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import orjson
import structlog

from hub.base.actor import Actor, Role
from hub.base.errors import HubError, InvalidInputError, UnknownNameError
from hub.base.off_loop import off_loop
from hub.base.temuan import ERROR, Temuan
from hub.berita import chain
from hub.berita.chain_event import UP, ChainEvent, Head, written_moment
from hub.db.database import Conn, Database
from hub.katalog.cache import KatalogCache
from hub.simpul.envelope import Enclosed, open_batch
from hub.simpul.receipts import REFUSED, Answered, Problem, Receipt, keep, read_receipt
from hub.simpul.receive_event import ContentError, TakenAlreadyError, Taking, UnknownKindError
from hub.simpul.receive_rekap import RekapEvents
from hub.simpul.receive_rows import KINDS, RowEvents
from hub.simpul.receive_run import RekapRuns, may_run
from hub.simpul.receive_transfers import TransferEvents

_log = structlog.get_logger("hub.simpul")

_BYTES_A_CELL = 40  # of a batch, about

_Apply = Callable[[Taking, timedelta | None], Awaitable[Sequence[Temuan]]]


class ForkedChainError(HubError):
    """The other end has acknowledged what this hub never told: one of the two was restored from an older copy, or was changed."""

    kode = "RANTAI_BERCABANG"
    status = 409


class Receiver:
    """`received_within`: after so long origin's time no longer says whether a submission was in time."""

    def __init__(self, db: Database, katalog: KatalogCache, received_within: timedelta = timedelta(days=14)) -> None:
        self._db = db
        self._rekap = RekapEvents(db, katalog, received_within)
        rekap = self._rekap
        self._kinds: dict[tuple[bool, str], _Apply] = {
            (True, "rekap.ajukan"): rekap.submit,
            (True, "rekap.tarik"): rekap.withdraw,
            (False, "rekap.setujui"): rekap.verdict,
            (False, "rekap.kembalikan"): rekap.verdict,
            (False, "rekap.buka"): rekap.verdict,
        }
        self._runs = RekapRuns(db, katalog, rekap)
        rows = RowEvents(db)
        for kind in KINDS:
            self._kinds[True, kind] = self._kinds[False, kind] = rows.write
        transfers = TransferEvents(db, rows)
        self._kinds[False, "pindahan.kirim"] = transfers.sent
        self._kinds[True, "pindahan.jawab"], self._kinds[False, "pindahan.jawab"] = (
            transfers.answered_there,
            transfers.answered,
        )
        self._kinds[True, "stok.kembali"] = self._kinds[False, "stok.kembali"] = transfers.returned

    # ---------- what the other end told ----------

    async def receive(self, kode_kab: str, content: bytes, clock: timedelta | None = None) -> Receipt:
        """Take in a batch (hub.simpul.envelope) of the other end of that kabupaten, whose signature was found good. `clock`: the sender's
        clock less ours, when it sent; None: not known. The receipt is to be signed, kept (`keep_given`) and sent back.

        Raises UnknownNameError where nothing is taken in of that kabupaten, ServiceNotReadyError where the database does not answer:
        what was taken until then stays taken."""
        opened = await off_loop(len(content) // _BYTES_A_CELL, open_batch, content)
        head = await self._head(kode_kab)
        problems = [
            Problem(None, "PERISTIWA_RUSAK", f"Peristiwa ke-{n} tidak dapat dibaca: {why}.") for n, why in opened.broken
        ]
        own: list[Enclosed] = []
        for enclosed in opened.enclosed:
            if (enclosed.event.kode_kab, enclosed.event.direction) == (kode_kab, head.direction):
                own.append(enclosed)
            else:
                message = f"Peristiwa {enclosed.event.kode_kab} {enclosed.event.direction} tidak diterima di sini."
                problems.append(Problem(enclosed.event.number, "PERISTIWA_ASING", message))
        own.sort(key=lambda e: e.event.number)
        taking = _Progress(head, own)
        while taking.left:
            stopped = await self._go_on(taking, clock)
            if stopped is not None:
                problems.append(stopped)
                break
        head = taking.head
        receipt = Receipt(
            kode_kab, head.direction, head.epoch, head.number, head.hash, datetime.now(UTC),
            [taking.answered[n] for n in sorted(taking.answered)], problems,
        )  # fmt: skip
        if receipt.alarming:
            _log.error("rantai tidak cocok", kabupaten=kode_kab, masalah=[(p.number, p.kode) for p in problems])
        return receipt

    async def keep_given(self, receipt: Receipt, signature: bytes | None) -> None:
        """Keep a receipt that was given, with its signature."""
        async with self._db.as_owner() as conn:
            await keep(conn, receipt, signature, given=True)

    async def _head(self, kode_kab: str) -> Head:
        async with self._db.as_owner() as conn:
            head = await chain.received_head(conn, kode_kab)
        if head is None:
            raise UnknownNameError(f"Hub ini tidak menerima kiriman simpul {kode_kab}.")
        return head

    async def _go_on(self, taking: "_Progress", clock: timedelta | None) -> Problem | None:
        """Take the next one, or several together: what stops it."""
        if taking.left[0].event.number <= taking.head.number:
            return await self._taken_before(taking)
        run = taking.run()
        if len(run) > 1:
            try:
                together = await self._runs.take([e.event for e in run], clock)
            except TakenAlreadyError:  # by another request of the same node
                return await self._look_again(taking)
            if together:
                for a in together:
                    taking.take(a)
                return None
            if together is None:
                taking.apart = run[-1].event.number
        enclosed, head = taking.left[0], taking.head
        event = enclosed.event
        if (problem := _not_next(head, enclosed)) is not None:
            return taking.stopped_by(problem)
        apply = self._kinds.get((event.direction == UP, event.kind))
        if apply is None:
            return taking.stopped_by(_not_known(event, event.kind))
        try:
            taking.take(await self._apply(apply, event, clock))
        except TakenAlreadyError:
            return await self._look_again(taking)
        except UnknownKindError as error:
            return taking.stopped_by(_not_known(event, str(error)))
        return None

    async def _look_again(self, taking: "_Progress") -> Problem | None:
        """Where the next one was taken meanwhile."""
        taking.head = await self._head(taking.head.kode_kab)
        return await self._taken_before(taking)

    async def _apply(self, apply: _Apply, event: ChainEvent, clock: timedelta | None) -> Answered:
        taking = Taking(event)
        try:
            refused = await apply(taking, clock)
        except ContentError as error:
            message = f"Isi peristiwa {event.kind} tidak dapat dibaca ({error}); tidak ada yang dicatat dari isinya."
            refused = (Temuan("PERISTIWA_RUSAK", ERROR, message, wilayah=event.kode_kab, nilai=event.subject),)
        if taking.answered is None:  # refused before anything was written
            async with self._db.as_actor(_actor(event)) as conn:
                await taking.begin(conn)
                await taking.keep(conn, False, refused)
        assert taking.answered is not None
        return taking.answered

    async def _taken_before(self, taking: "_Progress") -> Problem | None:
        """What was answered of those that were taken before, the next one at least; what stops it."""
        some = [e for e in taking.left if e.event.number <= taking.head.number] or [taking.left[0]]
        async with self._db.as_owner() as conn:
            cursor = await conn.execute(
                "SELECT nomor, sidik, putusan, diterima_pada, temuan FROM rantai_peristiwa_masuk "
                "WHERE kode_kab = %s AND nomor = ANY(%s)",
                (taking.head.kode_kab, [e.event.number for e in some]),
            )
            known = {number: rest for number, *rest in await cursor.fetchall()}
        for enclosed in some:
            event = enclosed.event
            hash_, verdict, at, found = known.get(event.number, (None, "", None, ()))
            if at is None or hash_ != event.hash() or not enclosed.whole:
                message = f"Peristiwa {event.number} sudah diterima dengan isi lain; yang ada tidak diganti. Periksa simpulnya."
                return taking.stopped_by(Problem(event.number, "RANTAI_BERCABANG", message))
            taking.take(Answered(event.number, verdict, written_moment(at), found))
        return None

    # ---------- what the other end answered ----------

    async def take_receipt(self, content: bytes, signature: bytes | None) -> Receipt:
        """Take a receipt for what was told here, whose signature was found good: what it acknowledges need not be sent again, and a
        submission that the province could not take is returned to its office. May be taken again without effect.

        Raises InvalidInputError for what is no receipt of this hub's chain, ForkedChainError (it is kept all the same) where it
        acknowledges what was never told."""
        receipt = read_receipt(content)
        async with self._db.as_owner() as conn:
            head = await chain.chain_head(conn, receipt.kode_kab)
            if head is None or head.direction != receipt.direction:
                raise InvalidInputError("Tanda terima ini bukan untuk rantai yang ditulis hub ini.")
            forked = await chain.hash_at(conn, head, receipt.number) != receipt.hash
            if forked:
                await keep(conn, receipt, signature, given=False, alarming=True)
            refused = [] if forked else await _refused_submissions(conn, receipt)
        if forked:
            raise ForkedChainError(
                f"Tanda terima menyebut peristiwa {receipt.number} yang bukan dari hub ini; periksa kedua hub."
            )
        for event, temuan in refused:  # before it is acknowledged: killed in between, the receipt is asked for again
            with suppress(ContentError):  # what cannot be read here either is of no rekap that there is
                await self._rekap.refused_there(event, temuan)
        async with self._db.as_owner() as conn:
            await _acknowledge(conn, receipt)
            await keep(conn, receipt, signature, given=False)
        return receipt


def _not_known(event: ChainEvent, what: str) -> Problem:
    message = f"Isi {what} pada peristiwa {event.number} belum dikenal hub ini; perbarui hub, lalu kirim lagi."
    return Problem(event.number, "JENIS_PERISTIWA_TAK_DIKENAL", message)


def _actor(event: ChainEvent) -> Actor:
    """In whose name an event of the other end is written down."""
    if event.direction == UP:
        return Actor(Role.KABUPATEN, event.kode_kab, event.by)
    return Actor(Role.PROVINSI, event.kode_kab[:2], event.by)


def _not_next(head: Head, enclosed: Enclosed) -> Problem | None:
    """Why an event that was not taken yet cannot be."""
    event, wanted = enclosed.event, head.number + 1
    if event.number > wanted:
        message = f"Peristiwa {wanted} belum datang; kirim mulai dari nomor itu."
        return Problem(event.number, "RANTAI_BERLUBANG", message)
    if event.epoch < head.epoch:
        message = f"Peristiwa {event.number} dari masa {event.epoch}, sedangkan rantainya sudah masa {head.epoch}."
        return Problem(event.number, "MASA_LAMA", message)
    if not enclosed.whole:
        return Problem(event.number, "RANTAI_PUTUS", f"Sidik peristiwa {event.number} tidak cocok dengan isinya.")
    if event.before != head.hash:
        message = f"Peristiwa {event.number} menyambung riwayat lain daripada yang diterima di sini. Periksa simpulnya."
        return Problem(event.number, "RANTAI_BERCABANG", message)
    return None


def _moved(head: Head, enclosed: Enclosed) -> Head:
    event = enclosed.event
    return Head(head.kode_kab, event.direction, event.epoch, event.number, enclosed.hash)


class _Progress:
    """How far a batch was taken in. `left`: what was not looked at yet, by number; up to `apart` each is taken by itself."""

    def __init__(self, head: Head, enclosed: list[Enclosed]) -> None:
        self.head = head
        self.left = enclosed
        self.answered: dict[int, Answered] = {}
        self.apart = 0

    def take(self, answered: Answered) -> None:
        """The next one was."""
        enclosed, *self.left = self.left
        self.answered[answered.number] = answered
        if answered.number > self.head.number:
            self.head = _moved(self.head, enclosed)

    def stopped_by(self, problem: Problem) -> Problem:
        """It names what was not taken beside it."""
        return _with_the_rest(problem, self.left[1:])

    def run(self) -> list[Enclosed]:
        """The first of them that may be taken together: each the next one of the chain."""
        run: list[Enclosed] = []
        head = self.head
        for enclosed in self.left:
            may = may_run(enclosed.event) and enclosed.event.number > max(head.number, self.apart)
            if not may or _not_next(head, enclosed) is not None:
                break
            run.append(enclosed)
            head = _moved(head, enclosed)
        return run


def _with_the_rest(problem: Problem, rest: Sequence[Enclosed]) -> Problem:
    """Names what was not taken beside it."""
    numbers = sorted({e.event.number for e in rest} - {problem.number})
    if not numbers:
        return problem
    span = str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}"
    return Problem(problem.number, problem.kode, f"{problem.message} Belum diterima juga: {span}.")


async def _refused_submissions(conn: Conn, receipt: Receipt) -> list[tuple[ChainEvent, list[dict[str, object]]]]:
    """Submissions told here that the other end could not take, as far as that is news."""
    found = {a.number: [dict(t) for t in a.temuan] for a in receipt.answered if a.verdict == REFUSED}
    cursor = await conn.execute(
        "SELECT kode_kab, %s, masa, nomor, jenis, subjek, isi, asal_pada, asal_oleh, sidik_sebelum FROM rantai_peristiwa "
        "WHERE kode_kab = %s AND nomor = ANY(%s) AND jenis = 'rekap.ajukan' AND putusan IS NULL ORDER BY nomor",
        (receipt.direction, receipt.kode_kab, list(found)),
    )
    return [(event := ChainEvent(*row), found[event.number]) for row in await cursor.fetchall()]


async def _acknowledge(conn: Conn, receipt: Receipt) -> None:
    answered = [a for a in receipt.answered if a.number <= receipt.number]
    await conn.execute(
        "UPDATE rantai_peristiwa p SET putusan = a.putusan, temuan = a.temuan "
        "FROM unnest(%s::bigint[], %s::text[], %s::jsonb[]) AS a (nomor, putusan, temuan) "
        "WHERE p.kode_kab = %s AND p.nomor = a.nomor AND p.putusan IS NULL",
        (
            [a.number for a in answered], [a.verdict for a in answered],
            [orjson.dumps(list(a.temuan)).decode() for a in answered], receipt.kode_kab,
        ),
    )  # fmt: skip
    await conn.execute(
        "UPDATE rantai SET diterima = greatest(diterima, %s) WHERE kode_kab = %s", (receipt.number, receipt.kode_kab)
    )

"""Several submissions that one office made at a hub of its own, taken in one transaction: read, checked and written together, with the
very decisions that each would have met by itself in its turn (hub/rekap/sending.py).
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from hub.base.actor import Actor, Role
from hub.base.off_loop import off_loop
from hub.base.periode import Periode
from hub.base.public_id import RekapKey
from hub.base.temuan import ERROR, Temuan
from hub.db.database import Conn, Database
from hub.katalog.cache import KatalogCache
from hub.katalog.katalog import Katalog
from hub.rekap import arrival_statements as store
from hub.rekap import moves
from hub.rekap.approval import recount_each
from hub.rekap.arrival_reads import Before, Beside, Known, Read, read_before, read_beside, read_known
from hub.rekap.arrival_statements import Form, Moved, Submission
from hub.rekap.came import Arrival, Told
from hub.rekap.examination import Background, Outcome, SentDraft, check_all, put_together, read_cells_of
from hub.rekap.moves import SUBMIT
from hub.rekap.receipt import revision_exists, wrong_state
from hub.rekap.resent import Previous, check_resent
from hub.rekap.revision_statements import Carried
from hub.rekap.sending import check_head, new_revision, temuan_row, total_row, usual_deadline
from hub.rekap.statements import Event, NilaiRow, RekapHead, now
from hub.wilayah.region_index import RegionIndex

T = TypeVar("T")


class ApartError(Exception):
    """They can be taken one by one only; what was written is to be rolled back."""


@dataclass(frozen=True, slots=True)
class _Envelope:
    """One as it came. `sent`: None where its envelope is wrong, and `found` says so."""

    arrival: Arrival
    sent: SentDraft | None
    found: list[Temuan]


class Arrivals:
    def __init__(self, db: Database, katalog: KatalogCache) -> None:
        self._db = db
        self._katalog = katalog
        # of those that compute: two at once only take the interpreter from each other
        self._turns = asyncio.Semaphore(1)

    async def katalog(self) -> Katalog:
        return await self._katalog.get()

    async def receive(self, conn: Conn, kode_kab: str, katalog: Katalog, some: Sequence[Arrival]) -> list[Told]:
        """What becomes of the first of them, in their order: of all, as long as they can be taken together. `conn`: in a transaction of
        that office, which must be a kabupaten. Raises ApartError, psycopg.Error."""
        came = [self._envelope(kode_kab, a, katalog) for a in some]
        good = [c.sent for c in came if c.sent is not None]
        await store.hold_all(conn, kode_kab, [s.formulir.kode for s in good])
        known = await read_known(conn, kode_kab, good)
        at = await now(conn)
        size = sum(len(s.draft.cells) + len(s.draft.total) for s in good)
        read = await self.computed(size, _read_all, good, known)
        beside = await read_beside(conn, kode_kab, read, known.kinds)
        before = await read_before(conn, kode_kab, read, known.heads)
        deciding = _Deciding(kode_kab, known, before, at, self._db.zone)
        told = await self.computed(size, deciding.all, came, read, beside)
        if deciding.written:
            if not await store.write(conn, kode_kab, deciding.written, deciding.moved, at):
                raise ApartError
            await recount_each(conn, [kode_kab], [(f, Periode.read(p)) for f, p in deciding.moved])
        return told

    async def computed(self, size: int, work: Callable[..., T], *arguments: Any) -> T:
        """What `work` returns, as off_loop does it, in its turn among those that came this way."""
        async with self._turns:
            return await off_loop(size, work, *arguments)

    def _envelope(self, kode_kab: str, arrival: Arrival, katalog: Katalog) -> _Envelope:
        draft = arrival.draft
        formulir = katalog.formulir.get(draft.formulir)
        found = check_head(draft, formulir, katalog, self._db.today())
        if found or formulir is None:
            return _Envelope(arrival, None, found)
        actor = Actor(Role.KABUPATEN, kode_kab, arrival.by)
        return _Envelope(arrival, SentDraft(actor, SUBMIT, draft, katalog, formulir), [])


def _read_all(some: Sequence[SentDraft], known: Known) -> list[Read]:
    read = []
    by_day: dict[date, RegionIndex] = {}
    for sent, spellings in zip(some, known.spellings, strict=True):
        day = known.regions.as_of(sent.draft)
        regions = by_day.get(day)
        if regions is None or regions.has_guessed:  # each may guess as often as if it came by itself
            regions = by_day[day] = known.regions.index(sent.draft)
        read.append(Read(sent, regions, spellings, read_cells_of(sent, regions, spellings)))
    return read


class _Deciding:
    """What becomes of each, in their order, and what is to be written of it."""

    def __init__(self, kode_kab: str, known: Known, before: Before, at: datetime, zone: ZoneInfo) -> None:
        self.written: list[Submission] = []
        self.moved: dict[Form, Moved] = {}
        self._kode_kab, self._known, self._before, self._at, self._zone = kode_kab, known, before, at, zone
        self._heads = dict(known.heads)
        self._used = set(known.used)
        self._newest: dict[Form, Submission] = {}  # of each rekap that came

    def all(self, came: Sequence[_Envelope], read: Sequence[Read], beside: Sequence[Beside]) -> list[Told]:
        """Up to the first whose idempotency key was used before: that one is answered as the earlier was."""
        told: list[Told] = []
        with_beside = iter(zip(read, beside, strict=True))
        for c in came:
            answer = Told(False, tuple(c.found)) if c.sent is None else self._one(c.arrival, *next(with_beside))
            if answer is None:
                break
            told.append(answer)
        return told

    def _one(self, arrival: Arrival, read: Read, beside: Beside) -> Told | None:
        outcome = self._outcome(read, beside)
        temuan = tuple(outcome.temuan)
        if any(t.tingkat == ERROR for t in temuan):
            return Told(False, temuan)
        if arrival.draft.kunci_idempoten in self._used:
            return None
        key, head = read.sent.key, self._heads.get(read.form)
        status, current = (head.status, head.revisi) if head else (None, 0)
        to_status = moves.after(key.kode_kab, status, SUBMIT)
        if to_status is None:
            return Told(False, (wrong_state(status, SUBMIT, key.kode_kab), *temuan))
        if arrival.revision <= current:
            return Told(False, (revision_exists(key, arrival.revision, current), *temuan))
        tenggat = (head and head.tenggat) or self._known.due.get(read.form) or usual_deadline(read.sent)
        self._take(arrival, read, outcome, (status, to_status, tenggat))
        return Told(True, temuan)

    def _outcome(self, read: Read, beside: Beside) -> Outcome:
        sent, draft, previous = read.sent, read.draft, self._previous(read)
        background = Background(
            read.regions, beside.others, beside.computed, previous, beside.register, beside.desks, read.spellings,
            beside.from_parts, self._carried(read.form),
        )  # fmt: skip
        total = check_all(sent, background, draft)
        bounds = sent.katalog.kewajaran
        if previous is not None and bounds is not None and previous.may_be(draft.cells):
            rows = self._rows(read.previous)
            draft.temuan.add(check_resent(draft.cells, (previous.key.periode, rows), sent.draft.periode.kind, bounds))
        return put_together(sent, draft, total, beside.jumps)

    def _take(self, arrival: Arrival, read: Read, outcome: Outcome, move: tuple[str | None, str, date]) -> None:
        from_status, to_status, tenggat = move
        sent, form, key, revision = read.sent, read.form, read.sent.key, arrival.revision
        sent_at = arrival.at if arrival.decides else self._at
        first = (sent_at, sent_at.astimezone(self._zone).date() <= tenggat)
        earlier = self.moved.get(form)
        self.moved[form] = Moved(
            form not in self._known.heads, to_status, revision, tenggat, first if earlier is None else earlier.first
        )  # fmt: skip
        event = Event(self._at, arrival.by, SUBMIT, from_status, to_status, revision, origin_at=arrival.at)
        submission = Submission(
            key, new_revision(sent, revision, arrival.at), outcome.cells, [total_row(t) for t in outcome.total],
            [temuan_row(t) for t in outcome.temuan],
            [(f.elemen.kode, f.wilayah, dict(f.rincian)) for f in (x.figure for x in outcome.far)], event,
        )  # fmt: skip
        self.written.append(submission)
        self._newest[form] = submission
        self._used.add(arrival.draft.kunci_idempoten)
        head = self._heads.get(form)
        self._heads[form] = (
            RekapHead(to_status, revision, None, tenggat)
            if head is None
            else replace(head, status=to_status, revisi=revision)
        )

    # ---------- what came before in its turn: from the hub, or among them ----------

    def _previous(self, read: Read) -> Previous | None:
        form = read.previous
        key, newest = RekapKey(self._kode_kab, *form), self._newest.get(form)
        if newest is not None:
            figures = [c.nilai for c in newest.cells if c.nilai]
            return Previous(key, newest.revision.revisi, len(figures), sum(figures, Decimal(0)))
        head = self._heads.get(form)
        return None if head is None or not head.revisi else Previous(key, head.revisi, *self._before.filled[form])

    def _rows(self, form: Form) -> list[NilaiRow]:
        newest = self._newest.get(form)
        if newest is None:
            return self._before.same[form]
        return [NilaiRow(c.elemen.kode, c.wilayah, c.rincian, c.nilai, c.status) for c in newest.cells]

    def _carried(self, form: Form) -> Carried | None:
        newest = self._newest.get(form)
        if newest is None:
            return self._before.carried.get(form)
        carried: dict[str, dict[str, None]] = {}
        for c in newest.cells:
            if c.status != "TIDAK_ADA_DATA":
                carried.setdefault(c.wilayah, {})[c.elemen.kode] = None
        return Carried(newest.revision.revisi, {w: list(e) for w, e in carried.items()}) if carried else None

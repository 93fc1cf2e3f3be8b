"""A list of stock that was counted (stock opname) brought in: what the ledgers of an office's warehouses held on that day is made what
was counted, by a document of corrections for each warehouse, as `catatMutasiStok` would write it.

The same list again finds no difference and writes nothing. All of a kabupaten's warehouses in one transaction; a province's list is
looked through as a whole first, then written kabupaten by kabupaten, for no transaction writes in two.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from hub.akses import izin
from hub.base.actor import Actor
from hub.base.errors import InvalidInputError
from hub.base.off_loop import FILES
from hub.base.temuan import ERROR, Location, Refused, Temuan, by_gravity, has_error
from hub.base.uuid7 import uuid7
from hub.db.database import Conn, Database
from hub.db.one_list import in_one_transaction
from hub.gudang import list_statements, statements
from hub.gudang.checks import MOST_ROWS
from hub.gudang.draft import CORRECT, DraftRow, MovementDraft
from hub.gudang.list_columns import TITLES
from hub.gudang.list_count import Counted, corrections, find_warehouse, read_counted
from hub.gudang.service import StokLedger
from hub.gudang.statements import Gudang
from hub.gudang.warehouse import office_of
from hub.lembar.list_result import ImportResult
from hub.lembar.list_tables import OpenedList, read_list_tables
from hub.lembar.sheet import ReadSheets, file_temuan
from hub.lembar.written_row import WrittenRow


@dataclass(frozen=True, slots=True)
class StokListRequest:
    """What is to be done with a file. `kode`: the office whose warehouses were counted; `pada`: the day, counted at its end; `dokumen`:
    the number of the record of the count; `uji`: say everything, write nothing; `skip_refused`: write the good rows, leave out the
    others."""

    kode: str
    pada: date
    dokumen: str
    uji: bool = False
    skip_refused: bool = False


@dataclass(frozen=True, slots=True)
class _Count:
    """What was counted in one warehouse."""

    gudang: Gudang
    rows: list[Counted]


class StokImport:
    """`read`: opens files. Raises NotAuthorisedError; everything else that is wrong is in Refused."""

    def __init__(self, db: Database, read: ReadSheets, ledger: StokLedger) -> None:
        self._db = db
        self._read = read
        self._ledger = ledger

    async def upload(self, actor: Actor, name: str, content: bytes, request: StokListRequest) -> ImportResult | Refused:
        """A file: its name and content."""
        izin.require(actor, izin.RECORD_STOK, request.kode)
        if request.pada > self._db.today():
            message = f"Hari hitung {request.pada} belum tiba."
            return Refused((Temuan("PADA_BELUM_TIBA", ERROR, message, nilai=str(request.pada)),))
        try:
            opened = await FILES.run(self._open, name, content)
        except InvalidInputError as error:
            return Refused((file_temuan(error, name),))
        async with self._db.as_actor(actor) as conn:
            counts = await self._counts(conn, opened, request)
        about: list[Temuan] = []
        result = await self._all(actor, counts, request, about, keep=False)
        wrong = [b for b in opened.rows if has_error(b.temuan)]
        temuan = opened.findings(about)
        if opened.is_wrong or has_error(about) or (wrong and not request.skip_refused):
            return Refused(temuan)
        if not request.uji:
            again: list[Temuan] = []
            result = await self._all(actor, counts, request, again, keep=True)
            if has_error(again):
                return Refused(by_gravity([*again, *temuan]))
        return ImportResult(0, result, len(opened.rows) - len(wrong) - result, temuan, opened.refused(wrong))

    def _open(self, name: str, content: bytes) -> OpenedList:
        return read_list_tables(name, self._read(name, content), TITLES)

    async def _counts(self, conn: Conn, opened: OpenedList, request: StokListRequest) -> list[_Count]:
        kept = [g for g in await list_statements.warehouses(conn, request.kode) if office_of(g) == request.kode]
        goods = await statements.goods(conn)
        counts: dict[str, _Count] = {}
        for b in opened.rows:
            gudang = find_warehouse(b, kept)
            counted = read_counted(b, goods)
            if gudang is not None and counted is not None:
                counts.setdefault(str(gudang.id), _Count(gudang, [])).rows.append(counted)
        return [counts[k] for k in sorted(counts)]

    async def _all(
        self, actor: Actor, counts: Sequence[_Count], request: StokListRequest, about: list[Temuan], *, keep: bool
    ) -> int:
        """How many rows differ from the ledgers; kabupaten by kabupaten. What is found goes to the rows, and into `about`."""
        changed = 0
        for kab in sorted({c.gudang.id.kode_kab for c in counts}):
            here = [c for c in counts if c.gudang.id.kode_kab == kab]

            async def work(conn: Conn, here: Sequence[_Count] = here) -> tuple[int, bool]:
                found = len(about)
                differing = 0
                await statements.hold(conn, [c.gudang.id for c in here])
                for c in here:
                    differing += await self._correct(conn, actor, c, request, about, say=not keep)
                return differing, keep and not has_error(about[found:])

            changed += await in_one_transaction(self._db, actor, f"daftar stok {kab}", work)
        return changed

    async def _correct(
        self, conn: Conn, actor: Actor, count: _Count, request: StokListRequest, about: list[Temuan], *, say: bool
    ) -> int:
        """`say`: for the first time; else only what is wrong now is told, in `about`."""
        moment = self._moment(request.pada)
        as_of = moment or await statements.now(conn)
        rows = [c for c in count.rows if say or not has_error(c.b.temuan)]
        needed, left = corrections(
            rows, await list_statements.balances(conn, count.gudang.id, as_of), count.gudang.nama
        )
        if say:
            about += left
        for start in range(0, len(needed), MOST_ROWS):
            part = needed[start : start + MOST_ROWS]
            draft = MovementDraft(
                str(count.gudang.id), CORRECT, tuple(row for _, row in part), request.dokumen, f"opname-{uuid7()}", moment,
                alasan=f"Stok opname {request.pada}",
            )  # fmt: skip
            result = await self._ledger.record_in(conn, actor, draft)
            for t in result.temuan:
                self._tell(t, part, about, say=say)
        return len(needed)

    def _moment(self, day: date) -> datetime | None:
        """The end of a day that is over; None: now."""
        if day >= self._db.today():
            return None
        return datetime.combine(day + timedelta(days=1), time(), self._db.zone) - timedelta(microseconds=1)

    @staticmethod
    def _tell(t: Temuan, part: Sequence[tuple[Counted, DraftRow]], about: list[Temuan], *, say: bool) -> None:
        index = next((x.indeks for x in t.lokasi if x.indeks is not None), None)
        b: WrittenRow | None = part[index][0].b if index is not None and index < len(part) else None
        if b is not None and say:
            b.temuan.append(replace(t, lokasi=b.location("jumlah")))
        elif b is None and (say or t.tingkat == ERROR):
            lembar = part[0][0].b.lembar
            about.append(replace(t, lokasi=(Location(lembar=lembar),)))
        elif t.tingkat == ERROR:
            about.append(t)

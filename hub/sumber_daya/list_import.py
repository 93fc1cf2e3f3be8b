"""Lists of social resources brought in: a file becomes rows, rows find their place and what they already are, and all of it is
written in one transaction or none of it is.

What is there already, word for word, stays untouched, so that a list may be sent again; a row that says something else makes
a new version. Two who bring the same list at once wait for each other, kabupaten by kabupaten and kind by kind.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from hub.akses import izin
from hub.base import kode as kode_wilayah
from hub.base.actor import Actor
from hub.base.errors import InvalidInputError
from hub.base.off_loop import FILES, let_go, no_full_collection, off_loop
from hub.base.public_id import PublicId
from hub.base.region_names import name_key
from hub.base.temuan import ERROR, INFO, WARNING, Location, Refused, Temuan, by_gravity, has_error
from hub.base.uuid7 import uuid7
from hub.db.database import Conn, Database
from hub.lembar.list_result import ImportResult, RefusedRow
from hub.lembar.list_tables import require_rows
from hub.lembar.sheet import ReadSheets, file_temuan
from hub.sumber_daya import batch_statements as store
from hub.sumber_daya.checks import point_of
from hub.sumber_daya.draft import SumberDayaDraft
from hub.sumber_daya.list_cells import read_rows
from hub.sumber_daya.list_columns import ListTable, personal_data, read_lists
from hub.sumber_daya.list_letters import number_key
from hub.sumber_daya.list_merge import Assumptions, draft_of, row_name
from hub.sumber_daya.list_places import Kabupaten, read_desa, read_kabupaten
from hub.sumber_daya.list_register import Register, Terdaftar
from hub.sumber_daya.list_row import ListRow
from hub.sumber_daya.service import Examined, KabupatenRegions, SumberDayaService, columns, paper_rows
from hub.sumber_daya.statements import Surat
from hub.wilayah.region_index import RegionIndex
from hub.wilayah.region_list import NoMatchError, RegionMatch


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """What is to be done with a file. `kode`: the kabupaten, or the province, it is a list of; `sejak`: first day of what does
    not say its own; `dry_run`: say everything and write nothing; `skip_refused`: write the good rows, leave out the others."""

    jenis: str
    kode: str
    sejak: date | None = None
    uji: bool = False
    skip_refused: bool = False


@dataclass(slots=True)
class _PendingRow:
    """A row on its way: where it stands, what it is already, what it becomes. `wrong_desa`: what it says of its desa cannot be
    used; `plan` None: it stays as it is."""

    b: ListRow
    kab: str | None = None
    desa: RegionMatch | None = None
    wrong_desa: bool = False
    old: Terdaftar | None = None
    examined: Examined | None = None
    plan: store.RowToStore | None = None

    @property
    def temuan(self) -> tuple[Temuan, ...]:
        return (*self.b.temuan, *(self.examined.temuan if self.examined else ()))


@dataclass(frozen=True, slots=True)
class _OpenedList:
    """A file as it was opened: its tables, their rows on their way, and what there is to say of its other sheets."""

    name: str
    tables: list[ListTable]
    pending: list[_PendingRow]
    others: list[Temuan]


_CONFLICT = Temuan(
    "BENTROK_REVISI", ERROR, "Register berubah selagi daftar ini dibaca; tidak ada yang ditulis. Kirim lagi."
)


class _ConflictError(Exception):
    """Somebody changed a row between reading and writing it."""


class SumberDayaImport:
    """`read`: opens files. Raises NotAuthorisedError; everything else that is wrong is in Refused."""

    def __init__(self, db: Database, read: ReadSheets, service: SumberDayaService) -> None:
        self._db = db
        self._service = service
        self._read = read

    async def upload(self, actor: Actor, name: str, content: bytes, request: ImportRequest) -> ImportResult | Refused:
        """A file of one kind: its name and content."""
        izin.require(actor, izin.WRITE_SUMBER_DAYA, request.kode)
        if not kode_wilayah.is_office(request.kode):
            message = f'"{request.kode}" bukan kode kabupaten/kota atau provinsi; sebutkan wilayah daftar ini.'
            return Refused((Temuan("KABUPATEN_BUKAN_KODE", ERROR, message, nilai=request.kode),))
        try:
            opened = await FILES.run(self._open, name, content, request.jenis)
        except InvalidInputError as error:
            return Refused((file_temuan(error, name),))
        if has_error([*opened.others, *(t for table in opened.tables for t in table.temuan)]):
            return Refused((*opened.others, *(t for table in opened.tables for t in table.temuan)))
        with no_full_collection():
            try:
                async with self._db.as_actor(actor) as conn:
                    return await self._run(conn, actor, opened, request)
            except _ConflictError:
                return Refused((_CONFLICT,))
            finally:
                await let_go(len(opened.pending), opened.pending, opened.tables)

    async def put(self, actor: Actor, draft: Sequence[SumberDayaDraft]) -> ImportResult | Refused:
        """Drafts of any kind as they are: what is there under its kind, desa and name is replaced where it differs."""
        kinds = sorted({d.jenis for d in draft})
        kab = sorted({kode_wilayah.kode_kab(kode_wilayah.dotted(d.desa)) for d in draft})
        try:
            async with self._db.as_actor(actor) as conn:
                await store.lock(conn, kab, kinds)
                register = Register(await _terdaftar(conn, kab, kinds), lambda kode: kode)
                examined = await self._service.examine(conn, actor, draft)
                temuan = tuple(t for s in examined for t in s.temuan)
                if has_error(temuan):
                    return Refused(temuan)
                existing = [
                    register.named(s.draft.jenis, s.desa.kode, s.draft.nama) for s in examined if s.desa is not None
                ]
                plans = [_plan(s, old) for s, old in zip(examined, existing, strict=True)]
                return await _write(conn, actor, plans, temuan, (), dry_run=False)
        except _ConflictError:
            return Refused((_CONFLICT,))

    # ---------- steps ----------

    def _open(self, name: str, content: bytes, kind: str) -> _OpenedList:
        lembar = self._read(name, content)
        tables, others = read_lists(lembar, kind)
        require_rows(name, lembar, [len(t.rows) for t in tables], kind, "Nama atau Desa")
        return _OpenedList(name, tables, [_PendingRow(b) for t in tables for b in read_rows(t, kind)], others)

    async def _run(
        self, conn: Conn, actor: Actor, opened: _OpenedList, request: ImportRequest
    ) -> ImportResult | Refused:
        pending, today = opened.pending, self._db.today()
        allowed = Kabupaten.of(
            await store.kabupaten_of(conn, kode_wilayah.kode_prov(request.kode), today), request.kode
        )
        kab = await off_loop(len(pending), _all_kabupaten, pending, allowed)
        regions = KabupatenRegions(conn)
        await regions.load(kab)
        await off_loop(len(pending), self._place, pending, regions)
        await store.lock(conn, kab, [request.jenis])
        in_force = {k: regions.as_of(k, today) for k in kab}
        terdaftar = await _terdaftar(conn, kab, [request.jenis])
        await off_loop(len(pending) + len(terdaftar), _find_existing, pending, terdaftar, in_force)
        assumptions = Assumptions(today, request.sejak, opened.name)
        await self._check(conn, actor, pending, assumptions)
        temuan, good = await off_loop(len(pending), _conclude, opened, assumptions)
        if len(good) < len(pending) and not request.skip_refused:
            return Refused(temuan)
        refused = tuple(_refused_rows(opened))
        return await _write(conn, actor, [k.plan for k in good], temuan, refused, dry_run=request.uji)

    def _place(self, pending: list[_PendingRow], regions: KabupatenRegions) -> None:
        for k in pending:
            if k.kab is not None:
                until, before = k.b.nilai.get("sampai"), len(k.b.temuan)
                last_day = self._service.last_day(until if isinstance(until, date) else None)
                k.desa = read_desa(k.b, regions.as_of(k.kab, last_day))
                k.wrong_desa = has_error(k.b.temuan[before:])

    async def _check(self, conn: Conn, actor: Actor, pending: list[_PendingRow], assumptions: Assumptions) -> None:
        """Every row that has a place becomes a draft and is looked at like any other; what is wrong with others is known."""
        placed = [k for k in pending if k.desa is not None]
        draft = await off_loop(len(pending), _all_drafts, placed, assumptions)
        examined = await self._service.examine(conn, actor, draft)
        await off_loop(len(pending), _plan_all, actor, placed, examined)


def _all_kabupaten(pending: list[_PendingRow], allowed: Kabupaten) -> list[str]:
    """Those that the rows are of; each row knows its own afterwards."""
    for k in pending:
        k.kab = read_kabupaten(k.b, allowed)
    return sorted({k.kab for k in pending if k.kab is not None})


def _find_existing(
    pending: list[_PendingRow], terdaftar: Sequence[Terdaftar], in_force: dict[str, RegionIndex]
) -> None:
    """What each row already is; and its desa by that, where the row does not say it."""
    # a sample is nobody's: what really stands there comes beside it
    register = Register([t for t in terdaftar if not t.values["contoh"]], lambda kode: _kode_in_force(kode, in_force))
    for k in pending:
        if k.kab is None:
            continue
        k.old = register.find(k.b, k.kab, k.desa, row_name(k.b))
        if k.desa is None and not k.wrong_desa:
            if k.old is not None:
                kode = _kode_in_force(k.old.values["kode_desa"], in_force)
                wilayah = in_force[k.kab].in_force.get(kode)
                k.desa = RegionMatch(kode, wilayah.nama) if wilayah else None
            if k.desa is None:
                message = "Desa/kelurahannya tidak disebut, baik tersendiri maupun dalam alamat; isi kolom Desa dan Kecamatan."
                k.b.add_finding("DESA_KOSONG", ERROR, message, "desa")


def _all_drafts(pending: list[_PendingRow], assumptions: Assumptions) -> list[SumberDayaDraft]:
    return [draft_of(k.b, k.desa, k.old, assumptions) for k in pending if k.desa is not None]


def _plan_all(actor: Actor, pending: list[_PendingRow], all_examined: Sequence[Examined]) -> None:
    """What is to be written of each row that was found good."""
    for k, examined in zip(pending, all_examined, strict=True):
        k.examined = examined
        if has_error(k.temuan):
            continue
        k.plan = _plan(examined, k.old)
        owners = {examined.draft.pemilik, *([str(k.old.values["pemilik"])] if k.old else [])}
        forbidden = sorted(p for p in owners if not izin.may(actor, izin.writing(p)))
        if forbidden and k.plan is not None:
            message = f"Milik {forbidden[0].lower()}; hanya provinsi yang dapat mencatat atau mengubahnya."
            k.b.add_finding("MILIK_DI_ATAS", ERROR, message, "pemilik" if "pemilik" in k.b.written else "nama")


def _conclude(opened: _OpenedList, assumptions: Assumptions) -> tuple[tuple[Temuan, ...], list[_PendingRow]]:
    """Everything found, the gravest first; and the rows that are good."""
    pending = opened.pending
    _mark_doubles(pending)
    common = [*opened.others, *_about_list(opened, assumptions)]
    temuan = by_gravity([*common, *(t for k in pending for t in k.temuan)])
    return temuan, [k for k in pending if not has_error(k.temuan)]


def _mark_doubles(pending: list[_PendingRow]) -> None:
    """Rows of the list that are the same thing: the later one is told where the first one stands."""
    first: dict[object, _PendingRow] = {}
    for k in pending:
        if k.examined is None or k.examined.desa is None:
            continue
        keys: list[object] = [("nama", k.examined.desa.kode, name_key(k.examined.draft.nama))]
        keys += [("nomor", k.kab, n) for s in k.b.surat if s.jenis == "TANDA_DAFTAR" and (n := number_key(s.nomor))]
        if k.old is not None:
            keys = [("id", str(k.old.key)), *keys]
        earlier = next((first[x] for x in keys if x in first), None)
        if earlier is not None:
            place = f"baris {earlier.b.baris}" + (
                f' lembar "{earlier.b.lembar}"' if earlier.b.lembar != k.b.lembar else ""
            )
            message = f"Sama dengan {place} ({earlier.examined.draft.nama if earlier.examined else ''}); sisakan satu."
            k.b.add_finding("BARIS_GANDA", ERROR, message, "nama" if "nama" in k.b.written else "desa")
        for x in keys:
            first.setdefault(x, k)


def _refused_rows(opened: _OpenedList) -> Iterable[RefusedRow]:
    tables = {(t.lembar, number): t for t in opened.tables for number, _ in t.rows}
    for k in opened.pending:
        if has_error(k.temuan):
            t = tables[k.b.lembar, k.b.baris]
            yield RefusedRow(k.b.lembar, k.b.baris, t.header, k.b.cells, k.temuan, t.sections.get(k.b.baris, ()))


def _about_list(opened: _OpenedList, assumptions: Assumptions) -> Iterable[Temuan]:
    """What holds for many rows, said once."""
    by_place = {(k.b.lembar, k.b.baris): k for k in opened.pending}
    for t in opened.tables:
        yield from t.temuan
        rows = [k for number, _ in t.rows if (k := by_place.get((t.lembar, number))) is not None]
        personal = personal_data(t, "ketua", [k.b.baris for k in rows if k.b.without_consent])
        if personal is not None:
            yield personal
        location = (Location(lembar=t.lembar),)
        new = [k for k in rows if k.old is None and k.examined is not None]
        unstated = Counter(k.examined.draft.pemilik for k in new if k.examined and "pemilik" not in k.b.nilai)
        for owner, count in unstated.items():
            message = f"Pemilik tidak ditulis pada {count} baris; dianggap {owner}."
            yield Temuan("PEMILIK_DIANGGAP", INFO, message, usulan=owner, lokasi=location)
        if assumptions.sejak is None:
            count = sum(
                k.examined.draft.sejak == assumptions.today and "sejak" not in k.b.nilai for k in new if k.examined
            )
            if count:
                message = (
                    f"Hari pertama ada tidak ditulis pada {count} baris; dicatat {assumptions.today}. Sebutkan sejak kapan daftar ini "
                    "berlaku (sejak), supaya hitungan waktu lalu benar."
                )
                yield Temuan("SEJAK_DIANGGAP", WARNING, message, usulan=str(assumptions.today), lokasi=location)


def _kode_in_force(kode: str, in_force: dict[str, RegionIndex]) -> str:
    """A desa's code of any time as the one in force; as it is, where none can be told."""
    try:
        return in_force[kode_wilayah.kode_kab(kode)].match_kode(kode).kode
    except (KeyError, NoMatchError):
        return kode


async def _terdaftar(conn: Conn, kab: Sequence[str], kinds: Sequence[str]) -> list[Terdaftar]:
    surat, rows = await store.papers(conn, kab, kinds), await store.rows(conn, kab, kinds)
    return await off_loop(len(surat) + len(rows), _with_surat, rows, surat)


def _with_surat(rows: list[dict[str, Any]], papers: list[tuple[str, str, Surat]]) -> list[Terdaftar]:
    surat = defaultdict(set)
    for kode_kab, id_, paper in papers:
        surat[kode_kab, id_].add(paper)
    result = []
    for b in rows:
        key = PublicId(b.pop("kode_kab"), b.pop("id"))
        version, lon, lat = b.pop("versi"), b.pop("lon"), b.pop("lat")
        point = None if lon is None else (lon, lat)
        result.append(Terdaftar(key, version, b, point, frozenset(surat[key.kode_kab, key.id])))
    return result


def _plan(examined: Examined, old: Terdaftar | None) -> store.RowToStore | None:
    """What to write; None where the row is there already, word for word."""
    assert examined.desa is not None
    d = examined.draft
    values, point = columns(d, examined.desa.kode), point_of(d.titik)
    surat = None if d.surat is None else paper_rows(d)
    if old is None:
        return store.RowToStore(PublicId(kode_wilayah.kode_kab(examined.desa.kode), str(uuid7())), values, point, surat)
    same = point == old.titik and (surat is None or set(surat) == old.surat)
    if same and all(values.get(k) == v for k, v in old.values.items()):
        return None
    return store.RowToStore(old.key, values, point, surat, old.versi)


async def _write(
    conn: Conn,
    actor: Actor,
    plans: Sequence[store.RowToStore | None],
    temuan: tuple[Temuan, ...],
    refused: tuple[RefusedRow, ...],
    *,
    dry_run: bool,
) -> ImportResult:
    new = [r for r in plans if r is not None and r.versi is None]
    changed = [r for r in plans if r is not None and r.versi is not None]
    if not dry_run:
        await store.insert(conn, new, actor.name)
        if await store.update(conn, changed, actor.name) != len(changed):
            raise _ConflictError
    return ImportResult(len(new), len(changed), plans.count(None), temuan, refused)

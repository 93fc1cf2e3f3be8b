"""A list of networks (WKSBM) brought in: a file becomes rows, rows become networks, networks find their desa and what they already are,
and each is saved as `simpanWksbm` would, all in one transaction or none.

What is there already, word for word, stays untouched, so that a list may be sent again. A phase is moved by nobody's list.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from hub.akses import izin
from hub.base.actor import Actor
from hub.base.errors import InvalidInputError, RevisionConflictError
from hub.base.off_loop import FILES, off_loop
from hub.base.public_id import PublicId
from hub.base.region_names import name_key
from hub.base.temuan import ERROR, Refused, Temuan, has_error
from hub.db.database import Conn, Database
from hub.db.one_list import in_one_transaction
from hub.katalog.cache import KatalogCache
from hub.lembar.list_result import ImportResult
from hub.lembar.list_tables import OpenedList, read_list_tables
from hub.lembar.sheet import ReadSheets, file_temuan
from hub.lembar.written_row import WrittenRow
from hub.sumber_daya.list_desa import ListRegions
from hub.wksbm import list_statements as store
from hub.wksbm.list_columns import TITLES
from hub.wksbm.list_merge import Lists, MergedDraft, Registered, draft_of
from hub.wksbm.list_network import ListNetwork, add_row, goes_on
from hub.wksbm.service import Saved, WksbmService
from hub.wksbm.statements import Activity, Member

_COLUMN_OF_INPUT = {"tahapSejak": "tahap_sejak", "titik": "koordinat"}


@dataclass(frozen=True, slots=True)
class WksbmListRequest:
    """What is to be done with a file. `kode`: the kabupaten, or the province, it is a list of; `sejak`: first day of new networks that
    do not say their own; `uji`: say everything, write nothing; `skip_refused`: write the good networks, leave out the others."""

    kode: str
    sejak: date | None = None
    uji: bool = False
    skip_refused: bool = False


@dataclass(slots=True)
class _Pending:
    """A network on its way. `merged` None: it cannot be saved."""

    n: ListNetwork
    old: Registered | None = None
    merged: MergedDraft | None = None
    saved: Saved | None = None

    @property
    def is_wrong(self) -> bool:
        return any(has_error(b.temuan) for b in self.n.rows)

    @property
    def is_as_it_was(self) -> bool:
        return self.old is not None and self.saved is not None and self.saved.versi == self.old.values["versi"]


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the rows of one list are read with; `kab`: of each row, by its place in memory."""

    opened: OpenedList
    lists: Lists
    kab: dict[int, str] = field(default_factory=dict)


class WksbmImport:
    """`read`: opens files. Raises NotAuthorisedError; everything else that is wrong is in Refused."""

    def __init__(self, db: Database, read: ReadSheets, katalog: KatalogCache, service: WksbmService) -> None:
        self._db = db
        self._read = read
        self._katalog = katalog
        self._service = service

    async def upload(
        self, actor: Actor, name: str, content: bytes, request: WksbmListRequest
    ) -> ImportResult | Refused:
        """A file: its name and content."""
        izin.require(actor, izin.WRITE_WKSBM, request.kode)
        try:
            opened = await FILES.run(self._open, name, content)
        except InvalidInputError as error:
            return Refused((file_temuan(error, name),))
        code_lists = (await self._katalog.get()).code_lists
        lists = Lists(
            tuple(code_lists.get("PSKS", ())), tuple(code_lists.get("KEGIATAN_WKSBM", ())), request.sejak, name
        )

        async def work(conn: Conn) -> tuple[ImportResult | Refused, bool]:
            result = await self._run(conn, actor, _Reading(opened, lists), request)
            return result, isinstance(result, ImportResult) and not request.uji

        try:
            return await in_one_transaction(self._db, actor, f"daftar wksbm {request.kode}", work)
        except RevisionConflictError as error:
            return Refused((Temuan("BENTROK_REVISI", ERROR, f"{error.message} Tidak ada yang ditulis."),))

    def _open(self, name: str, content: bytes) -> OpenedList:
        return read_list_tables(name, self._read(name, content), TITLES)

    async def _run(
        self, conn: Conn, actor: Actor, reading: _Reading, request: WksbmListRequest
    ) -> ImportResult | Refused:
        rows = reading.opened.rows
        begun = [b for b in rows if not goes_on(b)]

        def keep(b: WrittenRow, kab: str) -> None:
            reading.kab[id(b)] = kab

        regions = await ListRegions.of(conn, request.kode, self._db.today(), begun, keep)
        registered = await _registered(conn, regions)
        pending = await off_loop(len(rows) + len(registered), _prepare, reading, regions, registered)
        for k in pending:
            if k.merged is not None and not k.is_wrong:
                result = await self._service.save_in(conn, actor, k.merged.draft, k.old.key if k.old else None)
                for t in result.temuan:
                    b, told = _in_the_file(t, k)
                    b.temuan.append(told)
                k.saved = result if isinstance(result, Saved) else None
        temuan = reading.opened.findings()
        good = [k for k in pending if not k.is_wrong]
        if reading.opened.is_wrong or (len(good) < len(pending) and not request.skip_refused):
            return Refused(temuan)
        refused = reading.opened.refused(b for k in pending if k.is_wrong for b in k.n.rows)
        unchanged = sum(k.is_as_it_was for k in good)
        new = sum(k.old is None for k in good)
        return ImportResult(new, len(good) - new - unchanged, unchanged, temuan, refused)


def _prepare(reading: _Reading, regions: ListRegions, registered: Sequence[Registered]) -> list[_Pending]:
    """Every network of the list with its place, what it is already, and what is to be saved of it."""
    networks = [n for table in reading.opened.tables for n in _networks(table.rows, reading, regions)]
    by_id = {str(r.key): r for r in registered}
    by_name: dict[tuple[str, str], list[Registered]] = {}
    for r in registered:
        by_name.setdefault((name_key(r.values["nama"]), r.desa), []).append(r)
    pending = [_Pending(n) for n in networks]
    for k in pending:
        k.old = _find(k.n, by_id, by_name)
        if k.n.desa is None and k.old is None:
            if not any(has_error(b.temuan) for b in k.n.rows):
                message = "Desa/kelurahannya tidak disebut; isi kolom Desa dan Kecamatan, atau Kode Desa."
                k.n.b.add_finding("DESA_KOSONG", ERROR, message, "desa")
            continue
        kode_desa = k.n.desa.kode if k.n.desa else k.old.desa if k.old else ""
        k.merged = draft_of(k.n, kode_desa, k.old, reading.lists)
    return pending


def _networks(rows: Sequence[WrittenRow], reading: _Reading, regions: ListRegions) -> list[ListNetwork]:
    """The networks of a table. Rows of one name and desa are one network, wherever they stand."""
    found: list[ListNetwork] = []
    known: dict[tuple[str, str], ListNetwork] = {}
    for b in rows:
        if goes_on(b) and found:
            add_row(found[-1], b, reading.lists.psks)
            continue
        kab = reading.kab.get(id(b))
        desa, _ = (None, False) if kab is None else regions.place(b, kab)
        key = (name_key(b.written.get("nama", "")), desa.kode if desa else "")
        if desa is not None and key in known:
            if found[-1] is not known[key]:  # what follows without a name goes on with this one
                found.remove(known[key])
                found.append(known[key])
        else:
            found.append(ListNetwork(b, kab, desa))
            if desa is not None:
                known[key] = found[-1]
        add_row(found[-1], b, reading.lists.psks)
    return found


def _find(
    n: ListNetwork, by_id: dict[str, Registered], by_name: dict[tuple[str, str], list[Registered]]
) -> Registered | None:
    """What a network already is; None: new, or, with a finding, it cannot be told."""
    id_ = n.text("id") or ""
    if id_ in by_id:
        return by_id[id_]
    if ":" in id_:
        message = f"Tidak ada WKSBM dengan id {id_} di sini; kosongkan bila jejaring baru."
        n.b.add_finding("ID_TAK_DIKENAL", ERROR, message, "id")
        return None
    if n.desa is None:
        return None
    same = by_name.get((name_key(n.text("nama") or ""), n.desa.kode), [])
    standing = [r for r in same if r.values["sampai"] is None] or same
    if len(standing) > 1:
        named = "; ".join(f"{r.values['nama']} ({r.key})" for r in standing[:3])
        message = f"Register memuat {len(standing)} yang cocok: {named}. Tulis id-nya dalam kolom ID."
        n.b.add_finding("RANGKAP_DI_REGISTER", ERROR, message, "nama", named)
        return None
    return standing[0] if standing else None


def _in_the_file(t: Temuan, k: _Pending) -> tuple[WrittenRow, Temuan]:
    """What the service says of a draft, with the row and the place it came from."""
    place = next(iter(t.lokasi), None)
    column = (place.kolom if place else None) or "nama"
    if place is not None and place.indeks is not None and k.merged is not None:
        parts = k.merged.members if column == "anggota" else k.merged.activities
        at = parts[place.indeks] if place.indeks < len(parts) else None
        if at is not None:
            return at.b, replace(t, lokasi=at.b.location(at.column))
    column = _COLUMN_OF_INPUT.get(column, column)
    b = k.n.first.get(column, k.n.b)
    if column == "desa" and "kode_desa" in b.written:
        column = "kode_desa"
    return b, replace(t, lokasi=b.location(column))


async def _registered(conn: Conn, regions: ListRegions) -> list[Registered]:
    members: dict[PublicId, list[Member]] = {}
    for key, member in await store.members(conn, regions.kab):
        members.setdefault(key, []).append(member)
    activities: dict[PublicId, list[Activity]] = {}
    for key, activity in await store.activities(conn, regions.kab):
        activities.setdefault(key, []).append(activity)
    return [
        Registered(
            r["key"], r, regions.code_in_force(r["kode_desa"]), tuple(members.get(r["key"], ())),
            tuple(activities.get(r["key"], ())),
        )
        for r in await store.networks(conn, regions.kab)
    ]  # fmt: skip

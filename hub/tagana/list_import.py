"""A list of Tagana brought in by its kabupaten: a file becomes rows, rows find their desa and who they already are in the register,
and each is saved as `simpanTagana` would, all in one transaction or none.

What is there already stays untouched, so that a list may be sent again. What the register does not keep of people (NIK, telephone) is
named and left out; who may read names does not change.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from hub.akses import izin
from hub.base.actor import Actor
from hub.base.errors import InvalidInputError, RevisionConflictError
from hub.base.off_loop import FILES, off_loop
from hub.base.region_names import name_key
from hub.base.temuan import ERROR, Location, Refused, Temuan, has_error
from hub.db.database import Conn, Database
from hub.db.one_list import in_one_transaction
from hub.lembar.list_result import ImportResult
from hub.lembar.list_tables import ListTable, OpenedList, read_list_tables
from hub.lembar.sheet import ReadSheets, file_temuan
from hub.lembar.written_row import WrittenRow
from hub.sumber_daya.list_desa import ListRegions
from hub.tagana import list_statements as store
from hub.tagana.checks import CRITERIA
from hub.tagana.draft import TaganaDraft, Training
from hub.tagana.list_columns import TITLES
from hub.tagana.list_merge import Stated, draft_of, is_as_it_was, note_nobody
from hub.tagana.list_person import ListPerson, read_person
from hub.tagana.list_register import Member, Register, number_key
from hub.tagana.service import TaganaRegister
from hub.wilayah.region_list import RegionMatch

_COLUMN_OF_INPUT = {
    "tanggalLahir": "tanggal_lahir",
    "bersediaDilatih": "bersedia_dilatih",
    "setiaPancasila": "setia_pancasila",
}


@dataclass(frozen=True, slots=True)
class TaganaListRequest:
    """What is to be done with a file. `kode`: the kabupaten; `didata`: day of registration of new members for whom the list has
    none; `criteria`: whoever brings the list says that all in it fulfil the four criteria; `uji`: say everything, write nothing;
    `skip_refused`: write the good rows, leave out the others."""

    kode: str
    didata: date | None = None
    criteria: bool = False
    uji: bool = False
    skip_refused: bool = False


@dataclass(slots=True)
class _PendingRow:
    """A row on its way. `draft` None: it cannot be saved, or need not be (`same`)."""

    b: WrittenRow
    table: ListTable
    person: ListPerson
    desa: RegionMatch | None = None
    old: Member | None = None
    draft: TaganaDraft | None = None
    same: bool = False

    @property
    def is_wrong(self) -> bool:
        return has_error(self.b.temuan)


class TaganaImport:
    """`read`: opens files. Raises NotAuthorisedError; everything else that is wrong is in Refused."""

    def __init__(self, db: Database, read: ReadSheets, register: TaganaRegister) -> None:
        self._db = db
        self._read = read
        self._register = register

    async def upload(
        self, actor: Actor, name: str, content: bytes, request: TaganaListRequest
    ) -> ImportResult | Refused:
        """A file: its name and content."""
        izin.require(actor, izin.WRITE_TAGANA, request.kode)
        try:
            opened = await FILES.run(self._open, name, content)
        except InvalidInputError as error:
            return Refused((file_temuan(error, name),))

        async def work(conn: Conn) -> tuple[ImportResult | Refused, bool]:
            result = await self._run(conn, actor, opened, request)
            return result, isinstance(result, ImportResult) and not request.uji

        try:
            return await in_one_transaction(self._db, actor, f"daftar tagana {request.kode}", work)
        except RevisionConflictError as error:
            return Refused((Temuan("BENTROK_REVISI", ERROR, f"{error.message} Tidak ada yang ditulis."),))

    def _open(self, name: str, content: bytes) -> OpenedList:
        return read_list_tables(name, self._read(name, content), TITLES)

    async def _run(
        self, conn: Conn, actor: Actor, opened: OpenedList, request: TaganaListRequest
    ) -> ImportResult | Refused:
        today = self._db.today()
        placed: set[int] = set()
        regions = await ListRegions.of(conn, request.kode, today, opened.rows, lambda b, _: placed.add(id(b)))
        members = await _members(conn, request.kode, regions)
        stated = Stated(today, request.didata)
        pending = await off_loop(len(opened.rows) + len(members), _prepare, opened, members, placed, regions, stated)
        unstated = _criteria_unstated(pending, request)
        for k in pending:
            if k.draft is not None and not k.same and not k.is_wrong:
                saved = await self._register.save_in(conn, actor, k.draft)
                k.b.temuan += [_in_the_file(t, k.b) for t in saved.temuan]
        temuan = opened.findings([unstated] if unstated else ())
        good = [k for k in pending if not k.is_wrong]
        if unstated is not None or opened.is_wrong or (len(good) < len(pending) and not request.skip_refused):
            return Refused(temuan)
        refused = opened.refused(k.b for k in pending if k.is_wrong)
        unchanged = sum(k.same for k in good)
        new = sum(k.old is None for k in good)
        return ImportResult(new, len(good) - new - unchanged, unchanged, temuan, refused)


def _prepare(
    opened: OpenedList, members: Sequence[Member], placed: set[int], regions: ListRegions, stated: Stated
) -> list[_PendingRow]:
    """Every row with its place, who it is, and what is to be saved of it."""
    register = Register.of(members)
    pending = [_PendingRow(b, t, read_person(b)) for t in opened.tables for b in t.rows]
    first: dict[object, WrittenRow] = {}
    for k in pending:
        if id(k.b) not in placed:
            continue
        k.desa, wrong_desa = regions.place(k.b, regions.kab[0])
        k.old = register.find(k.b, k.person, k.desa)
        if k.old is None and not k.is_wrong:
            note_nobody(k.b, k.person, register)
        if k.old is None and k.desa is None and not wrong_desa:
            message = (
                "Desa/kelurahannya tidak disebut, baik tersendiri maupun dalam alamat; isi kolom Desa dan Kecamatan."
            )
            k.b.add_finding("DESA_KOSONG", ERROR, message, "desa")
        k.draft = draft_of(k.b, k.person, k.desa, k.old, stated)
        k.same = k.old is not None and k.draft is not None and is_as_it_was(k.draft, k.old)
        _note_double(k, first)
    return pending


def _note_double(k: _PendingRow, first: dict[object, WrittenRow]) -> None:
    """A person who stands in the list twice: the later row is told where the first one stands."""
    keys: list[object] = [("id", k.old.id)] if k.old is not None else []
    if k.person.nia:
        keys.append(("nia", number_key(k.person.nia)))
    if k.draft is not None:
        keys.append((name_key(k.draft.nama), k.draft.tanggal_lahir, k.draft.kode_desa))
    earlier = next((first[x] for x in keys if x in first), None)
    if earlier is not None:
        place = f"baris {earlier.baris}" + (f' lembar "{earlier.lembar}"' if earlier.lembar != k.b.lembar else "")
        message = f"Orang yang sama dengan {place}; sisakan satu."
        k.b.add_finding("BARIS_GANDA", ERROR, message, "nama" if "nama" in k.b.written else "nia")
    for x in keys:
        first.setdefault(x, k.b)


def _criteria_unstated(pending: Sequence[_PendingRow], request: TaganaListRequest) -> Temuan | None:
    """New members of whom nobody says that they fulfil the criteria: they are never taken for granted."""
    if request.criteria:
        return None
    silent = [k.b for k in pending if k.old is None and CRITERIA.keys() - k.person.criteria.keys()]
    if not silent:
        return None
    titles = ", ".join(TITLES.spellings[name].split("|")[0].title() for name in CRITERIA)
    message = (
        f"Kriteria anggota Tagana tidak dinyatakan bagi {len(silent)} anggota baru. Tambahkan kolom {titles} (ya/tidak), atau "
        "nyatakan bahwa semua yang ada dalam daftar ini memenuhinya (--memenuhi-kriteria)."
    )
    places = tuple(Location(lembar=b.lembar, baris=b.baris) for b in silent[:10])
    return Temuan("KRITERIA_TAK_DINYATAKAN", ERROR, message, lokasi=places)


def _in_the_file(t: Temuan, b: WrittenRow) -> Temuan:
    """What the register says of a draft, with the place it came from."""
    column = next((x.kolom for x in t.lokasi if x.kolom), None)
    if column is None:
        return replace(t, lokasi=b.location("nama"))
    column = _COLUMN_OF_INPUT.get(column, column)
    if column == "tanggal_lahir" and column not in b.labels:
        column = "ttl"
    if column == "desa" and "kode_desa" in b.written:
        column = "kode_desa"
    return replace(t, lokasi=b.location(column))


async def _members(conn: Conn, kode_kab: str, regions: ListRegions) -> list[Member]:
    trainings: dict[str, list[Training]] = {}
    for id_, training in await store.trainings(conn, kode_kab):
        trainings.setdefault(id_, []).append(training)
    members = []
    for row in await store.members(conn, kode_kab):
        id_, version = row.pop("id"), row.pop("versi")
        desa = regions.code_in_force(row["kode_desa"])
        members.append(Member(id_, version, row, desa, tuple(trainings.get(id_, ()))))
    return members

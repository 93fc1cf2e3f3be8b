"""Saving social resources. One call, one transaction; every finding at once.

Nothing is deleted: what is no more gets its last day.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta, tzinfo
from typing import Any

from hub.akses import izin
from hub.base import kode as kode_wilayah
from hub.base.actor import Actor
from hub.base.errors import InvalidInputError, NotAuthorisedError, RevisionConflictError
from hub.base.kode import Level
from hub.base.off_loop import off_loop
from hub.base.public_id import PublicId, read_id
from hub.base.temuan import ERROR, Refused, Temuan, has_error
from hub.base.uuid7 import uuid7
from hub.db.database import Conn, Database
from hub.sumber_daya import statements as store
from hub.sumber_daya.checks import (
    PEOPLE_COLUMNS,
    DesaAtPoint,
    check,
    check_desa,
    check_namesake,
    check_point,
    point_of,
)
from hub.sumber_daya.draft import PlacedDraft, SumberDayaDraft
from hub.sumber_daya.funding import StandingSlrt, check_funding, second_slrt
from hub.wilayah import statements as wilayah_statements
from hub.wilayah.region_index import RegionIndex
from hub.wilayah.region_list import DatedWilayah, RegionMatch

Ledgers = Callable[[Conn, Sequence[SumberDayaDraft], date, tzinfo], Awaitable[Mapping[str, tuple[Temuan, ...]]]]
"""(connection, warehouses as they are to be, today, zone of the office) → findings by public id. Holds the ledgers of those that
close until the transaction ends."""


@dataclass(frozen=True, slots=True)
class Saved:
    """`versi`: the version that now stands."""

    key: PublicId
    versi: int
    temuan: tuple[Temuan, ...]


@dataclass(frozen=True, slots=True)
class Examined:
    """A draft that has been looked at: where it stands, None where that is not known, and what was found."""

    draft: SumberDayaDraft
    desa: RegionMatch | None
    temuan: tuple[Temuan, ...]


class SumberDayaService:
    """`ledgers`: what warehouses say of the days they are to have. Raises NotAuthorisedError and RevisionConflictError; everything
    else that is wrong is in Refused."""

    def __init__(self, db: Database, ledgers: Ledgers) -> None:
        self._db = db
        self._ledgers = ledgers

    async def save(self, actor: Actor, draft: SumberDayaDraft) -> Saved | Refused:
        """Add a social resource, or replace the contents of one. What is there already, word for word, is left alone and
        answered with its version: a call may be repeated."""
        _require_owner(actor, draft.pemilik)
        try:
            existing_key = None if draft.id is None else read_id(draft.id, "sumber daya")
        except InvalidInputError as error:
            return Refused((Temuan("ID_TIDAK_SAH", ERROR, error.message, nilai=draft.id, lokasi=draft.location("id")),))
        if existing_key is not None:
            izin.require(actor, izin.WRITE_SUMBER_DAYA, existing_key.kode_kab)
        async with self._db.as_actor(actor) as conn:
            existing = None if existing_key is None else await store.row(conn, existing_key)
            if existing is not None:
                _require_owner(actor, existing["pemilik"])
                if existing["jenis"] != draft.jenis:
                    return Refused((_other_kind(draft, existing["jenis"]),))
            (examined,) = await self.examine(conn, actor, [draft], existing_key.kode_kab if existing_key else None)
            if examined.desa is None or has_error(examined.temuan):
                return Refused(examined.temuan)
            key = existing_key or PublicId(kode_wilayah.kode_kab(examined.desa.kode), str(uuid7()))
            temuan = examined.temuan
            if existing is None and draft.sampai is None:
                standing = await store.in_desa(conn, examined.desa.kode, draft.jenis)
                temuan = (*temuan, *check_namesake(draft, examined.desa, standing))
            return Saved(key, await write(conn, actor, key, examined), temuan)

    async def examine(
        self, conn: Conn, actor: Actor, draft: Sequence[SumberDayaDraft], kode_kab: str | None = None
    ) -> list[Examined]:
        """Look at drafts, all of them wholly. `kode_kab`: where they must stand, None: wherever the caller reaches."""
        regions = KabupatenRegions(conn)
        await regions.load(await off_loop(len(draft), _kabupaten_of, actor, draft, kode_kab))
        examined = await off_loop(len(draft), self._look_at, actor, draft, kode_kab, regions)
        examined = await self._with_funding(conn, examined)
        return await _with_points(conn, await self._with_ledgers(conn, examined))

    async def _with_funding(self, conn: Conn, examined: Sequence[Examined]) -> list[Examined]:
        """The same with what there is to say of how SLRT and puskesos are paid for, and of a second SLRT."""
        placed = [(e.draft, None if e.desa is None else kode_wilayah.kode_kab(e.desa.kode)) for e in examined]
        kab = sorted({k for d, k in placed if d.jenis == "SLRT" and k is not None})
        today = self._db.today()
        registered = [StandingSlrt(*s) for s in await store.standing_slrt(conn, kab, today)] if kab else []
        second = second_slrt(placed, registered, today)
        result: list[Examined] = []
        for i, e in enumerate(examined):
            about = check_funding(e.draft, today) + ([second[i]] if i in second else [])
            result.append(replace(e, temuan=(*e.temuan, *about)) if about else e)
        return result

    def _look_at(
        self, actor: Actor, draft: Sequence[SumberDayaDraft], kode_kab: str | None, regions: "KabupatenRegions"
    ) -> list[Examined]:
        """What drafts say by themselves, and of their desa."""
        examined: list[Examined] = []
        for d in draft:
            temuan = check(d)
            match, about_desa = None, outside_reach(actor, _writing(actor, d.pemilik), d, kode_kab)
            if not about_desa:
                kab = kode_kab or _kode_kab(d)
                match, about_desa = check_desa(d, regions.as_of(kab, self.last_day(d.sampai)))
            examined.append(Examined(d, match, (*temuan, *about_desa)))
        return examined

    async def _with_ledgers(self, conn: Conn, examined: Sequence[Examined]) -> list[Examined]:
        """The same with what the ledgers of warehouses say."""
        gudang = [
            s.draft
            for s in examined
            if s.draft.jenis == "GUDANG_BENCANA" and s.draft.id is not None and s.desa is not None
        ]
        if not gudang:
            return list(examined)
        about = await self._ledgers(conn, gudang, self._db.today(), self._db.zone)
        return [replace(s, temuan=(*s.temuan, *about.get(s.draft.id or "", ()))) for s in examined]

    def last_day(self, until: date | None) -> date:
        """The day on which its desa must be in force: today, or its own last day."""
        today = self._db.today()
        return today if until is None or until > today else until - timedelta(days=1)


class KabupatenRegions:
    """The regions of kabupaten, of any time, with those in force on a day to the fore; each kabupaten is read once."""

    def __init__(self, conn: Conn) -> None:
        self._conn = conn
        self._loaded: dict[str, tuple[list[DatedWilayah], list[tuple[str, str]]]] = {}
        self._oldest: dict[str, date] = {}
        self._indexes: dict[tuple[str, date], RegionIndex] = {}

    async def load(self, kode_kab: Iterable[str]) -> None:
        for kode in kode_kab:
            if kode not in self._loaded:
                wilayah, lineage = await wilayah_statements.below(self._conn, kode)
                self._loaded[kode] = [DatedWilayah(*w) for w in wilayah], lineage
                self._oldest[kode] = min((w.sejak for w in self._loaded[kode][0]), default=date.min)

    def as_of(self, kode_kab: str, day: date) -> RegionIndex:
        """As of a day, of a kabupaten that was read (muat). Before the oldest list the hub has, that list: what ended earlier
        is history too, and its desa is named by the codes that are known."""
        day = max(day, self._oldest[kode_kab])
        if (kode_kab, day) not in self._indexes:
            self._indexes[kode_kab, day] = RegionIndex(kode_kab, day, *self._loaded[kode_kab])
        return self._indexes[kode_kab, day]


def _kabupaten_of(actor: Actor, draft: Sequence[SumberDayaDraft], kode_kab: str | None) -> list[str]:
    """The kabupaten whose desa are named, as far as they are within reach."""
    return sorted(
        {kode_kab or _kode_kab(d) for d in draft if not outside_reach(actor, _writing(actor, d.pemilik), d, kode_kab)}
    )


def _kode_kab(d: SumberDayaDraft) -> str:
    return kode_wilayah.dotted(d.desa)[:5]


async def write(conn: Conn, actor: Actor, key: PublicId, examined: Examined) -> int:
    """Store what was found good; the version that now stands.

    Raises NotAuthorisedError when it is owned from above, RevisionConflictError when somebody else changed it first.
    """
    assert examined.desa is not None
    d = examined.draft
    values, point = columns(d, examined.desa.kode), point_of(d.titik)
    is_new = d.versi is None and await store.insert(conn, key, values, point, actor.name)
    version = 1
    if not is_new:
        version = await _change(conn, actor, key, d, values, point)
    if d.surat is not None and await store.papers(conn, key) != set(paper_rows(d)):
        await store.replace_papers(conn, key, paper_rows(d))
    return version


async def _change(
    conn: Conn,
    actor: Actor,
    key: PublicId,
    d: SumberDayaDraft,
    values: dict[str, Any],
    point: tuple[float, float] | None,
) -> int:
    old = await store.row(conn, key)
    if old is None:  # a version was named, and there is nothing that could have one
        raise RevisionConflictError(f"Sumber daya {key} belum ada; kirim tanpa versi untuk membuatnya.", 0)
    _require_owner(actor, old["pemilik"])
    current = await store.row(conn, key, lock=True)
    if current is None:  # it passed to an owner above in this very moment
        raise NotAuthorisedError(f"Token Anda tidak boleh mengubah sumber daya {key}.")
    version: int = current["versi"]
    same = all(current[k] == values.get(k) for k in store.COLUMNS) and (current["lon"], current["lat"]) == (
        point or (None, None)
    )
    same_surat = d.surat is None or await store.papers(conn, key) == set(paper_rows(d))
    if same and same_surat:
        return version
    if d.versi != version:
        message = (
            f"Sumber daya {key} sudah berubah sejak Anda membukanya: versinya {version}. Ambil dahulu, lalu ulangi."
        )
        raise RevisionConflictError(message, version)
    return await store.update(conn, key, values, point, actor.name)


async def _with_points(conn: Conn, examined: Sequence[Examined]) -> list[Examined]:
    """The same with what their points say, asked of the database once for all."""
    asked: list[tuple[int, tuple[float, float, str]]] = []
    for i, s in enumerate(examined):
        if s.desa is not None and s.draft.titik is not None and not _point_is_wrong(s.temuan):
            point = point_of(s.draft.titik)
            assert point is not None
            asked.append((i, (*point, s.desa.kode)))
    result = list(examined)
    for (i, _), answer in zip(asked, await store.places(conn, [t for _, t in asked]), strict=True):
        desa = result[i].desa
        assert desa is not None
        about = check_point(result[i].draft, desa, DesaAtPoint(*answer))
        result[i] = replace(result[i], temuan=(*result[i].temuan, *about))
    return result


def _point_is_wrong(temuan: Sequence[Temuan]) -> bool:
    return any(t.kode in ("TITIK_TIDAK_SAH", "TITIK_RAHASIA") for t in temuan)


def columns(d: SumberDayaDraft, kode_desa: str) -> dict[str, Any]:
    """The columns of its row. A head's name is kept by consent only, a number of people only where its parts are not."""
    values: dict[str, Any] = {k: v for k, v in d.values.items() if v is not None}
    if not values.get("ketua_setuju"):
        values.pop("ketua", None)
    for people_column in PEOPLE_COLUMNS:
        if f"{people_column}_l" in values and f"{people_column}_p" in values:
            values.pop(people_column, None)
    return values | {
        "jenis": d.jenis, "nama": " ".join(d.nama.split()), "pemilik": d.pemilik, "kode_desa": kode_desa,
        "alamat": d.alamat, "rahasia": d.rahasia, "sejak": d.sejak, "sampai": d.sampai, "contoh": d.contoh,
        "sumber": d.sumber,
    }  # fmt: skip


def paper_rows(d: SumberDayaDraft) -> list[store.Surat]:
    return [(s.jenis, s.sejak, s.sampai, s.nomor, s.peringkat, s.cakupan) for s in d.surat or ()]


def _other_kind(d: SumberDayaDraft, kind: str) -> Temuan:
    message = f"Sumber daya {d.id} adalah {kind}; jenis tidak dapat diganti. Tutup yang lama dan buat yang baru."
    return Temuan("JENIS_BERBEDA", ERROR, message, nilai=d.jenis, usulan=kind, lokasi=d.location("jenis"))


# ---------- who may ----------


def _require_owner(actor: Actor, owner: str) -> None:
    """Raises NotAuthorisedError where the caller writes nothing of that owner, wherever it stands."""
    izin.require(actor, izin.writing(owner), what=owner.lower())


def _writing(actor: Actor, owner: str) -> izin.Action:
    """What writing one of that owner is; of owners for whom the caller writes nothing something else is said."""
    action = izin.writing(owner)
    return action if izin.may(actor, action) else izin.WRITE_SUMBER_DAYA


def outside_reach(actor: Actor, action: izin.Action, d: PlacedDraft, kode_kab: str | None) -> list[Temuan]:
    """Whether the desa named, if it is a code at all, lies where the caller may not do that."""
    kode = kode_wilayah.dotted(d.desa)
    if not kode_wilayah.is_valid(kode) or kode_wilayah.level_of(kode) is Level.PROVINSI:
        message = f'"{d.desa}" bukan kode desa; tulis seperti 53.14.01.2005.'
        return [Temuan("DESA_BUKAN_KODE", ERROR, message, nilai=d.desa, lokasi=d.location("desa"))]
    if not izin.may(actor, action, kode):
        elsewhere = izin.done_elsewhere(actor, action, kode)
        message = elsewhere or f"Desa {kode} di luar wilayah Anda ({actor.wilayah})."
        return [Temuan("DESA_DI_LUAR", ERROR, message, wilayah=kode, nilai=d.desa, lokasi=d.location("desa"))]
    if kode_kab is not None and kode_wilayah.kode_kab(kode) != kode_kab:
        message = f"Desa {kode} di luar {kode_kab}; yang pindah kabupaten/kota ditutup di sana dan dibuat baru di sini."
        return [Temuan("DESA_DI_LUAR", ERROR, message, wilayah=kode, nilai=d.desa, lokasi=d.location("desa"))]
    return []

"""Writing networks (WKSBM): profile, members, activities, phases. One call, one transaction; every finding at once.

A kabupaten writes its own, a province those below it, an admin all. Nothing is deleted: what is no more gets its last day.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hub.akses import izin
from hub.base import kode as kode_wilayah
from hub.base.actor import Actor
from hub.base.errors import InvalidInputError, RevisionConflictError
from hub.base.public_id import PublicId, read_id
from hub.base.temuan import ERROR, WARNING, Location, Refused, Temuan, has_error
from hub.base.uuid7 import uuid7
from hub.db.database import Conn, Database
from hub.katalog.cache import KatalogCache
from hub.katalog.katalog import CodeListEntry
from hub.sumber_daya import statements as sumber_daya_statements
from hub.sumber_daya.checks import DesaAtPoint, check_desa, check_namesake, check_point, point_of
from hub.sumber_daya.service import KabupatenRegions, outside_reach
from hub.wilayah.region_list import RegionMatch
from hub.wksbm import statements as store
from hub.wksbm.checks import (
    PHASE_PARTS,
    NetworkParts,
    check,
    check_activities,
    check_dropped,
    check_last_day,
    check_phase,
)
from hub.wksbm.draft import ActivityDraft, WksbmDraft
from hub.wksbm.tables import PHASES

_WHAT = "WKSBM"


@dataclass(frozen=True, slots=True)
class Saved:
    """`versi`: the version of the network that now stands."""

    key: PublicId
    versi: int
    temuan: tuple[Temuan, ...]


class WksbmService:
    """Raises NotAuthorisedError and RevisionConflictError; everything else that is wrong is in Refused."""

    def __init__(self, db: Database, katalog: KatalogCache, on_write: Callable[[], None] = lambda: None) -> None:
        """`on_write`: called when networks have changed."""
        self._db = db
        self._katalog = katalog
        self._on_write = on_write

    async def save(self, actor: Actor, draft: WksbmDraft) -> Saved | Refused:
        """Add a network, or replace the contents of one. What is there already, word for word, is left alone and answered
        with its version: a call may be repeated."""
        izin.require(actor, izin.WRITE_WKSBM)
        try:
            existing_key = None if draft.id is None else read_id(draft.id, _WHAT)
        except InvalidInputError as error:
            return Refused((Temuan("ID_TIDAK_SAH", ERROR, error.message, nilai=draft.id, lokasi=draft.location("id")),))
        if existing_key is not None:
            izin.require(actor, izin.WRITE_WKSBM, existing_key.kode_kab)
        async with self._db.as_actor(actor) as conn:
            result = await self.save_in(conn, actor, draft, existing_key)
        if isinstance(result, Saved):
            self._on_write()
        return result

    async def save_in(
        self, conn: Conn, actor: Actor, draft: WksbmDraft, existing_key: PublicId | None
    ) -> Saved | Refused:
        """The same in a transaction that is under way, by a caller who may write networks; `existing_key`: the draft's id."""
        parts, temuan = check(
            draft, await self._code_list("PSKS"), await self._code_list("KEGIATAN_WKSBM"), self._db.today()
        )
        existing = None if existing_key is None else await store.row(conn, existing_key)
        temuan += _sent_phase(draft, existing)
        desa, about = await self._desa(conn, actor, draft, existing_key)
        temuan += about
        if existing is not None and existing_key is not None:
            members, activities = await store.members(conn, existing_key), await store.activities(conn, existing_key)
            temuan += check_dropped(parts, members, activities)
            temuan += check_last_day(draft, existing, activities)
        if desa is None or has_error(temuan):
            return Refused(tuple(temuan))
        if existing is None and draft.sampai is None:
            temuan += check_namesake(draft, desa, await store.in_desa(conn, desa.kode))
        key = existing_key or PublicId(kode_wilayah.kode_kab(desa.kode), str(uuid7()))
        version = await self._write(conn, actor, key, draft, desa.kode, parts)
        if version is None:
            message = (
                f"Id {key} sudah dipakai jejaring di kabupaten/kota lain; kirim tanpa id untuk mendapat yang baru."
            )
            return Refused((Temuan("ID_TERPAKAI", ERROR, message, nilai=draft.id, lokasi=draft.location("id")),))
        return Saved(key, version, tuple(temuan))

    async def record_activities(self, actor: Actor, id_: str, activities: Sequence[ActivityDraft]) -> Saved | Refused:
        """Add activities to a network. One that is there already, word for word, is left alone."""
        izin.require(actor, izin.WRITE_WKSBM)
        try:
            key = read_id(id_, _WHAT)
        except InvalidInputError as error:
            return Refused((Temuan("ID_TIDAK_SAH", ERROR, error.message, nilai=id_, lokasi=(Location(kolom="id"),)),))
        izin.require(actor, izin.WRITE_WKSBM, key.kode_kab)
        activity_kinds = await self._code_list("KEGIATAN_WKSBM")
        async with self._db.as_actor(actor) as conn:
            existing = await store.row(conn, key, lock=True)
            last_day = self._db.today()
            if existing is not None and existing["sampai"] is not None:
                last_day = min(last_day, existing["sampai"] - timedelta(days=1))
            activity_rows, temuan = check_activities(activities, activity_kinds, last_day)
            if existing is None:
                temuan.append(not_found(id_))
            if existing is None or has_error(temuan):
                return Refused(tuple(temuan))
            version: int = existing["versi"]
            if await store.add_activities(conn, key, activity_rows):
                version = await store.touch(conn, key, actor.name)
        return Saved(key, version, tuple(temuan))

    async def move(self, actor: Actor, id_: str, phase: str, since: date, reason: str | None = None) -> Saved | Refused:
        """Into another phase: on by one when the activities of the present phase have been carried out, or back to any
        earlier one. Moved already, on that day: left alone."""
        izin.require(actor, izin.WRITE_WKSBM)
        try:
            key = read_id(id_, _WHAT)
        except InvalidInputError as error:
            return Refused((Temuan("ID_TIDAK_SAH", ERROR, error.message, nilai=id_, lokasi=(Location(kolom="id"),)),))
        izin.require(actor, izin.WRITE_WKSBM, key.kode_kab)
        code_list = await self._code_list("KEGIATAN_WKSBM")
        async with self._db.as_actor(actor) as conn:
            existing = await store.row(conn, key, lock=True)
            if existing is None:
                return Refused((not_found(id_),))
            if (existing["tahap"], existing["tahap_sejak"]) == (phase, since):
                return Saved(key, existing["versi"], ())
            required = [b for b in code_list if b.kode.startswith(PHASE_PARTS[existing["tahap"]])]
            done = await store.done(conn, key, existing["kegiatan_sejak"], since)
            temuan = [*check_phase(existing, phase, since, self._db.today(), required, done), *_check_reason(reason)]
            if has_error(temuan):
                return Refused(tuple(temuan))
            backward = PHASES.index(phase) < PHASES.index(existing["tahap"])
            change = store.PhaseChange(phase, since, (reason or "").strip() or None, backward)
            version = await store.move(conn, key, change, actor.name)
        self._on_write()
        return Saved(key, version, tuple(temuan))

    async def _code_list(self, name: str) -> Sequence[CodeListEntry]:
        return (await self._katalog.get()).code_lists.get(name, ())

    async def _desa(
        self, conn: Conn, actor: Actor, d: WksbmDraft, existing_key: PublicId | None
    ) -> tuple[RegionMatch | None, list[Temuan]]:
        """The desa named, None where that is not known; and what is wrong with it or with the point."""
        outside = outside_reach(actor, izin.WRITE_WKSBM, d, existing_key.kode_kab if existing_key else None)
        if outside:
            return None, outside
        today = self._db.today()
        day = today if d.sampai is None or d.sampai > today else max(d.sejak, d.sampai - timedelta(days=1))
        kab = existing_key.kode_kab if existing_key else kode_wilayah.dotted(d.desa)[:5]
        regions = KabupatenRegions(conn)
        await regions.load([kab])
        match, temuan = check_desa(d, regions.as_of(kab, day))
        try:
            point = point_of(d.titik)
        except ValueError:
            point = None  # said already
        if match is not None and point is not None:
            (position,) = await sumber_daya_statements.places(conn, [(*point, match.kode)])
            temuan += check_point(d, match, DesaAtPoint(*position))
        return match, temuan

    async def _write(
        self, conn: Conn, actor: Actor, key: PublicId, d: WksbmDraft, kode_desa: str, parts: NetworkParts
    ) -> int | None:
        """Store what was found good; the version that now stands, None where the id is another network's.

        Raises RevisionConflictError when somebody else changed it first.
        """
        values, point = _columns(d, kode_desa), point_of(d.titik)
        if d.versi is None and await store.insert(conn, key, values, point, actor.name):
            if parts.members:
                await store.replace_members(conn, key, parts.members)
            if parts.activities:
                await store.add_activities(conn, key, parts.activities)
            return 1
        current = await store.row(conn, key, lock=True)
        if current is None:
            if d.versi is None:
                return None
            raise RevisionConflictError(f"WKSBM {key} belum ada; kirim tanpa versi untuk membuatnya.", 0)
        version: int = current["versi"]
        same = all(current[k] == values.get(k) for k in store.COLUMNS) and (current["lon"], current["lat"]) == (
            point or (None, None)
        )
        same_members = parts.members is None or await store.members(conn, key) == set(parts.members)
        same_activities = parts.activities is None or await store.activities(conn, key) == set(parts.activities)
        if same and same_members and same_activities:
            return version
        if d.versi != version:
            message = f"WKSBM {key} sudah berubah sejak Anda membukanya: versinya {version}. Ambil dahulu, lalu ulangi."
            raise RevisionConflictError(message, version)
        if parts.members is not None and not same_members:
            await store.replace_members(conn, key, parts.members)
        if parts.activities is not None and not same_activities:
            await store.replace_activities(conn, key, parts.activities)
        return await store.update(conn, key, values, point, actor.name)


def _columns(d: WksbmDraft, kode_desa: str) -> dict[str, Any]:
    """The columns; the phase ones are used for a new network only."""

    def text_or_none(text: str | None) -> str | None:
        return (text or "").strip() or None

    return {
        "nama": " ".join(d.nama.split()), "kode_desa": kode_desa, "balai": text_or_none(d.balai), "dokumen": text_or_none(d.dokumen),
        "keterangan": text_or_none(d.keterangan), "sejak": d.sejak, "sampai": d.sampai, "contoh": d.contoh, "sumber": text_or_none(d.sumber),
        "tahap": d.tahap or PHASES[0], "tahap_sejak": d.tahap_sejak or d.sejak, "tahap_alasan": None,
    }  # fmt: skip


def _sent_phase(d: WksbmDraft, existing: dict[str, Any] | None) -> list[Temuan]:
    """The phase of a network that is there changes by pindahTahapWksbm alone."""
    location = d.location("tahap")
    if existing is not None:
        if d.tahap not in (None, existing["tahap"]) or d.tahap_sejak not in (None, existing["tahap_sejak"]):
            message = f"Jejaring ini dalam tahap {existing['tahap']} sejak {existing['tahap_sejak']}; tahap diubah dengan pindahTahapWksbm."
            return [
                Temuan("TAHAP_LEWAT_PINDAH", ERROR, message, nilai=d.tahap, usulan=existing["tahap"], lokasi=location)
            ]
        return []
    start, end = d.tahap_sejak, d.sampai
    if start is not None and (start < d.sejak or (end is not None and d.sejak < end <= start)):
        message = f"tahapSejak {start} di luar masa jejaring ini (sejak {d.sejak}" + (
            f" sampai sebelum {end})." if end else ")."
        )
        return [Temuan("DI_LUAR_MASA", ERROR, message, nilai=str(d.tahap_sejak), lokasi=d.location("tahapSejak"))]
    if d.tahap not in (None, PHASES[0]):
        message = f"Didaftarkan langsung dalam tahap {d.tahap}; kegiatan tahap sebelumnya tidak diperiksa."
        return [Temuan("TAHAP_TANPA_RIWAYAT", WARNING, message, nilai=d.tahap, lokasi=location)]
    return []


def _check_reason(reason: str | None) -> list[Temuan]:
    if reason is None or (len(reason) <= 500 and "\0" not in reason):
        return []
    message = "alasan paling banyak 500 huruf, tanpa huruf kendali."
    return [Temuan("TEKS_TIDAK_SAH", ERROR, message, nilai=reason[:40], lokasi=(Location(kolom="alasan"),))]


def not_found(id_: str, column: str = "id") -> Temuan:
    message = f"WKSBM {id_} tidak ada; daftarkan dahulu dengan simpanWksbm."
    return Temuan("WKSBM_TAK_ADA", ERROR, message, nilai=id_, lokasi=(Location(kolom=column),))

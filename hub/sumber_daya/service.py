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
from hub.base.errors import BentrokRevisiError, MasukanTidakSahError, TidakBerwenangError
from hub.base.id_publik import IdPublik, baca_id
from hub.base.kode import Tingkat
from hub.base.off_loop import off_loop
from hub.base.temuan import GALAT, Ditolak, Temuan, ada_galat
from hub.base.uuid7 import uuid7
from hub.db.database import Conn, Database
from hub.sumber_daya import statements as store
from hub.sumber_daya.checks import (
    JUMLAH_ORANG,
    DesaDiTitik,
    periksa,
    periksa_desa,
    periksa_kembar,
    periksa_letak,
    titik_dari,
)
from hub.sumber_daya.draft import Bertempat, SumberDayaDraft
from hub.wilayah import statements as wilayah_statements
from hub.wilayah.daftar import Cocok, WilayahSah
from hub.wilayah.region_index import RegionIndex

Ledgers = Callable[[Conn, Sequence[SumberDayaDraft], date, tzinfo], Awaitable[Mapping[str, tuple[Temuan, ...]]]]
"""(connection, warehouses as they are to be, today, zone of the office) → findings by public id. Holds the ledgers of those that
close until the transaction ends."""


@dataclass(frozen=True, slots=True)
class Tersimpan:
    """`versi`: the version that now stands."""

    kunci: IdPublik
    versi: int
    temuan: tuple[Temuan, ...]


@dataclass(frozen=True, slots=True)
class Siap:
    """A draft that has been looked at: where it stands, None where that is not known, and what was found."""

    draft: SumberDayaDraft
    desa: Cocok | None
    temuan: tuple[Temuan, ...]


class SumberDayaService:
    """`ledgers`: what warehouses say of the days they are to have. Raises TidakBerwenangError and BentrokRevisiError; everything
    else that is wrong is in Ditolak."""

    def __init__(self, db: Database, ledgers: Ledgers) -> None:
        self._db = db
        self._ledgers = ledgers

    async def save(self, actor: Actor, draft: SumberDayaDraft) -> Tersimpan | Ditolak:
        """Add a social resource, or replace the contents of one. What is there already, word for word, is left alone and
        answered with its version: a call may be repeated."""
        _require_owner(actor, draft.pemilik)
        try:
            lama = None if draft.id is None else baca_id(draft.id, "sumber daya")
        except MasukanTidakSahError as salah:
            return Ditolak((Temuan("ID_TIDAK_SAH", GALAT, salah.pesan, nilai=draft.id, lokasi=draft.lokasi("id")),))
        if lama is not None:
            izin.require(actor, izin.WRITE_SUMBER_DAYA, lama.kode_kab)
        async with self._db.as_actor(actor) as conn:
            ada = None if lama is None else await store.row(conn, lama)
            if ada is not None:
                _require_owner(actor, ada["pemilik"])
                if ada["jenis"] != draft.jenis:
                    return Ditolak((_jenis_lain(draft, ada["jenis"]),))
            (siap,) = await self.examine(conn, actor, [draft], lama.kode_kab if lama else None)
            if siap.desa is None or ada_galat(siap.temuan):
                return Ditolak(siap.temuan)
            kunci = lama or IdPublik(kode_wilayah.kode_kab(siap.desa.kode), str(uuid7()))
            temuan = siap.temuan
            if ada is None and draft.sampai is None:
                berdiri = await store.in_desa(conn, siap.desa.kode, draft.jenis)
                temuan = (*temuan, *periksa_kembar(draft, siap.desa, berdiri))
            return Tersimpan(kunci, await write(conn, actor, kunci, siap), temuan)

    async def examine(
        self, conn: Conn, actor: Actor, draft: Sequence[SumberDayaDraft], kode_kab: str | None = None
    ) -> list[Siap]:
        """Look at drafts, all of them wholly. `kode_kab`: where they must stand, None: wherever the caller reaches."""
        daftar = DaftarDesa(conn)
        await daftar.muat(await off_loop(len(draft), _kabupaten_dari, actor, draft, kode_kab))
        hasil = await off_loop(len(draft), self._lihat, actor, draft, kode_kab, daftar)
        return await _dengan_letak(conn, await self._dengan_buku(conn, hasil))

    def _lihat(
        self, actor: Actor, draft: Sequence[SumberDayaDraft], kode_kab: str | None, daftar: "DaftarDesa"
    ) -> list[Siap]:
        """What drafts say by themselves, and of their desa."""
        hasil: list[Siap] = []
        for d in draft:
            temuan = periksa(d)
            cocok, tentang_desa = None, di_luar(actor, izin.WRITE_SUMBER_DAYA, d, kode_kab)
            if not tentang_desa:
                kab = kode_kab or _kode_kab(d)
                cocok, tentang_desa = periksa_desa(d, daftar.pada(kab, self.last_day(d.sampai)))
            hasil.append(Siap(d, cocok, (*temuan, *tentang_desa)))
        return hasil

    async def _dengan_buku(self, conn: Conn, siap: Sequence[Siap]) -> list[Siap]:
        """The same with what the ledgers of warehouses say."""
        gudang = [
            s.draft for s in siap if s.draft.jenis == "GUDANG_BENCANA" and s.draft.id is not None and s.desa is not None
        ]
        if not gudang:
            return list(siap)
        tentang = await self._ledgers(conn, gudang, self._db.today(), self._db.zona)
        return [replace(s, temuan=(*s.temuan, *tentang.get(s.draft.id or "", ()))) for s in siap]

    def last_day(self, sampai: date | None) -> date:
        """The day on which its desa must be in force: today, or its own last day."""
        kini = self._db.today()
        return kini if sampai is None or sampai > kini else sampai - timedelta(days=1)


class DaftarDesa:
    """The regions of kabupaten, of any time, with those in force on a day to the fore; each kabupaten is read once."""

    def __init__(self, conn: Conn) -> None:
        self._conn = conn
        self._isi: dict[str, tuple[list[WilayahSah], list[tuple[str, str]]]] = {}
        self._tertua: dict[str, date] = {}
        self._daftar: dict[tuple[str, date], RegionIndex] = {}

    async def muat(self, kode_kab: Iterable[str]) -> None:
        for kode in kode_kab:
            if kode not in self._isi:
                wilayah, silsilah = await wilayah_statements.below(self._conn, kode)
                self._isi[kode] = [WilayahSah(*w) for w in wilayah], silsilah
                self._tertua[kode] = min((w.sejak for w in self._isi[kode][0]), default=date.min)

    def pada(self, kode_kab: str, hari: date) -> RegionIndex:
        """As of a day, of a kabupaten that was read (muat). Before the oldest list the hub has, that list: what ended earlier
        is history too, and its desa is named by the codes that are known."""
        hari = max(hari, self._tertua[kode_kab])
        if (kode_kab, hari) not in self._daftar:
            self._daftar[kode_kab, hari] = RegionIndex(kode_kab, hari, *self._isi[kode_kab])
        return self._daftar[kode_kab, hari]


def _kabupaten_dari(actor: Actor, draft: Sequence[SumberDayaDraft], kode_kab: str | None) -> list[str]:
    """The kabupaten whose desa are named, as far as they are within reach."""
    return sorted({kode_kab or _kode_kab(d) for d in draft if not di_luar(actor, izin.WRITE_SUMBER_DAYA, d, kode_kab)})


def _kode_kab(d: SumberDayaDraft) -> str:
    return kode_wilayah.rapikan(d.desa)[:5]


async def write(conn: Conn, actor: Actor, kunci: IdPublik, siap: Siap) -> int:
    """Store what was found good; the version that now stands.

    Raises TidakBerwenangError when it is owned from above, BentrokRevisiError when somebody else changed it first.
    """
    assert siap.desa is not None
    d = siap.draft
    isi, titik = columns(d, siap.desa.kode), titik_dari(d.titik)
    baru = d.versi is None and await store.insert(conn, kunci, isi, titik, actor.nama)
    versi = 1
    if not baru:
        versi = await _ubah(conn, actor, kunci, d, isi, titik)
    if d.surat is not None and await store.papers(conn, kunci) != set(paper_rows(d)):
        await store.replace_papers(conn, kunci, paper_rows(d))
    return versi


async def _ubah(
    conn: Conn,
    actor: Actor,
    kunci: IdPublik,
    d: SumberDayaDraft,
    isi: dict[str, Any],
    titik: tuple[float, float] | None,
) -> int:
    lama = await store.row(conn, kunci)
    if lama is None:  # a version was named, and there is nothing that could have one
        raise BentrokRevisiError(f"Sumber daya {kunci} belum ada; kirim tanpa versi untuk membuatnya.", 0)
    _require_owner(actor, lama["pemilik"])
    kini = await store.row(conn, kunci, lock=True)
    if kini is None:  # it passed to an owner above in this very moment
        raise TidakBerwenangError(f"Token Anda tidak boleh mengubah sumber daya {kunci}.")
    versi: int = kini["versi"]
    sama = all(kini[k] == isi.get(k) for k in store.KOLOM) and (kini["lon"], kini["lat"]) == (titik or (None, None))
    surat_sama = d.surat is None or await store.papers(conn, kunci) == set(paper_rows(d))
    if sama and surat_sama:
        return versi
    if d.versi != versi:
        pesan = f"Sumber daya {kunci} sudah berubah sejak Anda membukanya: versinya {versi}. Ambil dahulu, lalu ulangi."
        raise BentrokRevisiError(pesan, versi)
    return await store.update(conn, kunci, isi, titik, actor.nama)


async def _dengan_letak(conn: Conn, siap: Sequence[Siap]) -> list[Siap]:
    """The same with what their points say, asked of the database once for all."""
    tanya: list[tuple[int, tuple[float, float, str]]] = []
    for i, s in enumerate(siap):
        if s.desa is not None and s.draft.titik is not None and not _titik_salah(s.temuan):
            titik = titik_dari(s.draft.titik)
            assert titik is not None
            tanya.append((i, (*titik, s.desa.kode)))
    hasil = list(siap)
    for (i, _), jawab in zip(tanya, await store.places(conn, [t for _, t in tanya]), strict=True):
        desa = hasil[i].desa
        assert desa is not None
        tentang = periksa_letak(hasil[i].draft, desa, DesaDiTitik(*jawab))
        hasil[i] = replace(hasil[i], temuan=(*hasil[i].temuan, *tentang))
    return hasil


def _titik_salah(temuan: Sequence[Temuan]) -> bool:
    return any(t.kode in ("TITIK_TIDAK_SAH", "TITIK_RAHASIA") for t in temuan)


def columns(d: SumberDayaDraft, kode_desa: str) -> dict[str, Any]:
    """The columns of its row. A head's name is kept by consent only, a number of people only where its parts are not."""
    isi: dict[str, Any] = {k: v for k, v in d.isi.items() if v is not None}
    if not isi.get("ketua_setuju"):
        isi.pop("ketua", None)
    for apa in JUMLAH_ORANG:
        if f"{apa}_l" in isi and f"{apa}_p" in isi:
            isi.pop(apa, None)
    return isi | {
        "jenis": d.jenis, "nama": " ".join(d.nama.split()), "pemilik": d.pemilik, "kode_desa": kode_desa,
        "alamat": d.alamat, "rahasia": d.rahasia, "sejak": d.sejak, "sampai": d.sampai, "contoh": d.contoh,
        "sumber": d.sumber,
    }  # fmt: skip


def paper_rows(d: SumberDayaDraft) -> list[store.Surat]:
    return [(s.jenis, s.sejak, s.sampai, s.nomor, s.peringkat, s.cakupan) for s in d.surat or ()]


def _jenis_lain(d: SumberDayaDraft, jenis: str) -> Temuan:
    pesan = f"Sumber daya {d.id} adalah {jenis}; jenis tidak dapat diganti. Tutup yang lama dan buat yang baru."
    return Temuan("JENIS_BERBEDA", GALAT, pesan, nilai=d.jenis, usulan=jenis, lokasi=d.lokasi("jenis"))


# ---------- who may ----------


def _require_owner(actor: Actor, pemilik: str) -> None:
    """Raises TidakBerwenangError where the caller writes nothing of that owner, wherever it stands."""
    izin.require(actor, izin.writing(pemilik), apa=pemilik.lower())


def di_luar(actor: Actor, action: izin.Action, d: Bertempat, kode_kab: str | None) -> list[Temuan]:
    """Whether the desa named, if it is a code at all, lies where the caller may not do that."""
    kode = kode_wilayah.rapikan(d.desa)
    if not kode_wilayah.sah(kode) or kode_wilayah.tingkat(kode) is Tingkat.PROVINSI:
        pesan = f'"{d.desa}" bukan kode desa; tulis seperti 53.14.01.2005.'
        return [Temuan("DESA_BUKAN_KODE", GALAT, pesan, nilai=d.desa, lokasi=d.lokasi("desa"))]
    if not izin.may(actor, action, kode):
        pesan = f"Desa {kode} di luar wilayah Anda ({actor.wilayah})."
        return [Temuan("DESA_DI_LUAR", GALAT, pesan, wilayah=kode, nilai=d.desa, lokasi=d.lokasi("desa"))]
    if kode_kab is not None and kode_wilayah.kode_kab(kode) != kode_kab:
        pesan = f"Desa {kode} di luar {kode_kab}; yang pindah kabupaten/kota ditutup di sana dan dibuat baru di sini."
        return [Temuan("DESA_DI_LUAR", GALAT, pesan, wilayah=kode, nilai=d.desa, lokasi=d.lokasi("desa"))]
    return []

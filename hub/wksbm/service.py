"""Writing networks (WKSBM): profile, members, activities, phases. One call, one transaction; every finding at once.

A kabupaten writes its own, a province those below it, an admin all. Nothing is deleted: what is no more gets its last day.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hub.base import kode as kode_wilayah
from hub.base.actor import Actor, Peran
from hub.base.errors import BentrokRevisiError, MasukanTidakSahError, TidakBerwenangError
from hub.base.id_publik import IdPublik, baca_id
from hub.base.temuan import GALAT, PERINGATAN, Ditolak, Lokasi, Temuan, ada_galat
from hub.base.uuid7 import uuid7
from hub.db.database import Conn, Database
from hub.katalog.cache import KatalogCache
from hub.katalog.katalog import ButirDaftar
from hub.sumber_daya import statements as sumber_daya_statements
from hub.sumber_daya.checks import DesaDiTitik, periksa_desa, periksa_kembar, periksa_letak, titik_dari
from hub.sumber_daya.service import DaftarDesa, di_luar
from hub.wilayah.daftar import Cocok
from hub.wksbm import statements as store
from hub.wksbm.checks import (
    BAGIAN_TAHAP,
    Isi,
    periksa,
    periksa_akhir,
    periksa_kegiatan,
    periksa_tahap,
    periksa_yang_hilang,
)
from hub.wksbm.draft import KegiatanDraft, WksbmDraft
from hub.wksbm.tables import TAHAP

_APA = "WKSBM"


@dataclass(frozen=True, slots=True)
class Tersimpan:
    """`versi`: the version of the network that now stands."""

    kunci: IdPublik
    versi: int
    temuan: tuple[Temuan, ...]


class WksbmService:
    """Raises TidakBerwenangError and BentrokRevisiError; everything else that is wrong is in Ditolak."""

    def __init__(self, db: Database, katalog: KatalogCache, pada_tulis: Callable[[], None] = lambda: None) -> None:
        """`pada_tulis`: called when networks have changed."""
        self._db = db
        self._katalog = katalog
        self._pada_tulis = pada_tulis

    async def save(self, actor: Actor, draft: WksbmDraft) -> Tersimpan | Ditolak:
        """Add a network, or replace the contents of one. What is there already, word for word, is left alone and answered
        with its version: a call may be repeated."""
        hanya_petugas(actor)
        try:
            lama = None if draft.id is None else baca_id(draft.id, _APA)
        except MasukanTidakSahError as salah:
            return Ditolak((Temuan("ID_TIDAK_SAH", GALAT, salah.pesan, nilai=draft.id, lokasi=draft.lokasi("id")),))
        if lama is not None:
            boleh_di(actor, lama.kode_kab)
        isi, temuan = periksa(draft, await self._daftar("PSKS"), await self._daftar("KEGIATAN_WKSBM"), self._db.today())
        async with self._db.as_actor(actor) as conn:
            ada = None if lama is None else await store.row(conn, lama)
            temuan += _tahap_dikirim(draft, ada)
            desa, tentang = await self._desa(conn, actor, draft, lama)
            temuan += tentang
            if ada is not None and lama is not None:
                anggota, kegiatan = await store.members(conn, lama), await store.activities(conn, lama)
                temuan += periksa_yang_hilang(isi, anggota, kegiatan)
                temuan += periksa_akhir(draft, ada, kegiatan)
            if desa is None or ada_galat(temuan):
                return Ditolak(tuple(temuan))
            if ada is None and draft.sampai is None:
                temuan += periksa_kembar(draft, desa, await store.in_desa(conn, desa.kode))
            kunci = lama or IdPublik(kode_wilayah.kode_kab(desa.kode), str(uuid7()))
            versi = await self._tulis(conn, actor, kunci, draft, desa.kode, isi)
        if versi is None:
            pesan = (
                f"Id {kunci} sudah dipakai jejaring di kabupaten/kota lain; kirim tanpa id untuk mendapat yang baru."
            )
            return Ditolak((Temuan("ID_TERPAKAI", GALAT, pesan, nilai=draft.id, lokasi=draft.lokasi("id")),))
        self._pada_tulis()
        return Tersimpan(kunci, versi, tuple(temuan))

    async def record_activities(self, actor: Actor, id_: str, kegiatan: Sequence[KegiatanDraft]) -> Tersimpan | Ditolak:
        """Add activities to a network. One that is there already, word for word, is left alone."""
        hanya_petugas(actor)
        try:
            kunci = baca_id(id_, _APA)
        except MasukanTidakSahError as salah:
            return Ditolak((Temuan("ID_TIDAK_SAH", GALAT, salah.pesan, nilai=id_, lokasi=(Lokasi(kolom="id"),)),))
        boleh_di(actor, kunci.kode_kab)
        jenis = await self._daftar("KEGIATAN_WKSBM")
        async with self._db.as_actor(actor) as conn:
            ada = await store.row(conn, kunci, lock=True)
            terakhir = self._db.today()
            if ada is not None and ada["sampai"] is not None:
                terakhir = min(terakhir, ada["sampai"] - timedelta(days=1))
            isi, temuan = periksa_kegiatan(kegiatan, jenis, terakhir)
            if ada is None:
                temuan.append(tak_ada(id_))
            if ada is None or ada_galat(temuan):
                return Ditolak(tuple(temuan))
            versi: int = ada["versi"]
            if await store.add_activities(conn, kunci, isi):
                versi = await store.touch(conn, kunci, actor.nama)
        return Tersimpan(kunci, versi, tuple(temuan))

    async def move(
        self, actor: Actor, id_: str, tahap: str, sejak: date, alasan: str | None = None
    ) -> Tersimpan | Ditolak:
        """Into another phase: on by one when the activities of the present phase have been carried out, or back to any
        earlier one. Moved already, on that day: left alone."""
        hanya_petugas(actor)
        try:
            kunci = baca_id(id_, _APA)
        except MasukanTidakSahError as salah:
            return Ditolak((Temuan("ID_TIDAK_SAH", GALAT, salah.pesan, nilai=id_, lokasi=(Lokasi(kolom="id"),)),))
        boleh_di(actor, kunci.kode_kab)
        daftar = await self._daftar("KEGIATAN_WKSBM")
        async with self._db.as_actor(actor) as conn:
            ada = await store.row(conn, kunci, lock=True)
            if ada is None:
                return Ditolak((tak_ada(id_),))
            if (ada["tahap"], ada["tahap_sejak"]) == (tahap, sejak):
                return Tersimpan(kunci, ada["versi"], ())
            wajib = [b for b in daftar if b.kode.startswith(BAGIAN_TAHAP[ada["tahap"]])]
            sudah = await store.done(conn, kunci, ada["kegiatan_sejak"], sejak)
            temuan = [*periksa_tahap(ada, tahap, sejak, self._db.today(), wajib, sudah), *_alasan(alasan)]
            if ada_galat(temuan):
                return Ditolak(tuple(temuan))
            mundur = TAHAP.index(tahap) < TAHAP.index(ada["tahap"])
            versi = await store.move(conn, kunci, tahap, sejak, (alasan or "").strip() or None, mundur, actor.nama)
        self._pada_tulis()
        return Tersimpan(kunci, versi, tuple(temuan))

    async def _daftar(self, nama: str) -> Sequence[ButirDaftar]:
        return (await self._katalog.get()).daftar.get(nama, ())

    async def _desa(
        self, conn: Conn, actor: Actor, d: WksbmDraft, lama: IdPublik | None
    ) -> tuple[Cocok | None, list[Temuan]]:
        """The desa named, None where that is not known; and what is wrong with it or with the point."""
        luar = di_luar(actor, d, lama.kode_kab if lama else None)
        if luar:
            return None, luar
        kini = self._db.today()
        hari = kini if d.sampai is None or d.sampai > kini else max(d.sejak, d.sampai - timedelta(days=1))
        kab = lama.kode_kab if lama else kode_wilayah.rapikan(d.desa)[:5]
        daftar = DaftarDesa(conn)
        await daftar.muat([kab])
        cocok, temuan = periksa_desa(d, daftar.pada(kab, hari))
        try:
            titik = titik_dari(d.titik)
        except ValueError:
            titik = None  # said already
        if cocok is not None and titik is not None:
            (letak,) = await sumber_daya_statements.places(conn, [(*titik, cocok.kode)])
            temuan += periksa_letak(d, cocok, DesaDiTitik(*letak))
        return cocok, temuan

    async def _tulis(
        self, conn: Conn, actor: Actor, kunci: IdPublik, d: WksbmDraft, kode_desa: str, isi: Isi
    ) -> int | None:
        """Store what was found good; the version that now stands, None where the id is another network's.

        Raises BentrokRevisiError when somebody else changed it first.
        """
        kolom, titik = _kolom(d, kode_desa), titik_dari(d.titik)
        if d.versi is None and await store.insert(conn, kunci, kolom, titik, actor.nama):
            if isi.anggota:
                await store.replace_members(conn, kunci, isi.anggota)
            if isi.kegiatan:
                await store.add_activities(conn, kunci, isi.kegiatan)
            return 1
        kini = await store.row(conn, kunci, lock=True)
        if kini is None:
            if d.versi is None:
                return None
            raise BentrokRevisiError(f"WKSBM {kunci} belum ada; kirim tanpa versi untuk membuatnya.", 0)
        versi: int = kini["versi"]
        sama = all(kini[k] == kolom.get(k) for k in store.KOLOM) and (kini["lon"], kini["lat"]) == (
            titik or (None, None)
        )
        anggota_sama = isi.anggota is None or await store.members(conn, kunci) == set(isi.anggota)
        kegiatan_sama = isi.kegiatan is None or await store.activities(conn, kunci) == set(isi.kegiatan)
        if sama and anggota_sama and kegiatan_sama:
            return versi
        if d.versi != versi:
            pesan = f"WKSBM {kunci} sudah berubah sejak Anda membukanya: versinya {versi}. Ambil dahulu, lalu ulangi."
            raise BentrokRevisiError(pesan, versi)
        if isi.anggota is not None and not anggota_sama:
            await store.replace_members(conn, kunci, isi.anggota)
        if isi.kegiatan is not None and not kegiatan_sama:
            await store.replace_activities(conn, kunci, isi.kegiatan)
        return await store.update(conn, kunci, kolom, titik, actor.nama)


def _kolom(d: WksbmDraft, kode_desa: str) -> dict[str, Any]:
    """The columns; the phase ones are used for a new network only."""

    def isi(teks: str | None) -> str | None:
        return (teks or "").strip() or None

    return {
        "nama": " ".join(d.nama.split()), "kode_desa": kode_desa, "balai": isi(d.balai), "dokumen": isi(d.dokumen),
        "keterangan": isi(d.keterangan), "sejak": d.sejak, "sampai": d.sampai, "contoh": d.contoh, "sumber": isi(d.sumber),
        "tahap": d.tahap or TAHAP[0], "tahap_sejak": d.tahap_sejak or d.sejak, "tahap_alasan": None,
    }  # fmt: skip


def _tahap_dikirim(d: WksbmDraft, ada: dict[str, Any] | None) -> list[Temuan]:
    """The phase of a network that is there changes by pindahTahapWksbm alone."""
    lokasi = d.lokasi("tahap")
    if ada is not None:
        if d.tahap not in (None, ada["tahap"]) or d.tahap_sejak not in (None, ada["tahap_sejak"]):
            pesan = f"Jejaring ini dalam tahap {ada['tahap']} sejak {ada['tahap_sejak']}; tahap diubah dengan pindahTahapWksbm."
            return [Temuan("TAHAP_LEWAT_PINDAH", GALAT, pesan, nilai=d.tahap, usulan=ada["tahap"], lokasi=lokasi)]
        return []
    mulai, habis = d.tahap_sejak, d.sampai
    if mulai is not None and (mulai < d.sejak or (habis is not None and d.sejak < habis <= mulai)):
        pesan = f"tahapSejak {mulai} di luar masa jejaring ini (sejak {d.sejak}" + (
            f" sampai sebelum {habis})." if habis else ")."
        )
        return [Temuan("DI_LUAR_MASA", GALAT, pesan, nilai=str(d.tahap_sejak), lokasi=d.lokasi("tahapSejak"))]
    if d.tahap not in (None, TAHAP[0]):
        pesan = f"Didaftarkan langsung dalam tahap {d.tahap}; kegiatan tahap sebelumnya tidak diperiksa."
        return [Temuan("TAHAP_TANPA_RIWAYAT", PERINGATAN, pesan, nilai=d.tahap, lokasi=lokasi)]
    return []


def _alasan(alasan: str | None) -> list[Temuan]:
    if alasan is None or (len(alasan) <= 500 and "\0" not in alasan):
        return []
    pesan = "alasan paling banyak 500 huruf, tanpa huruf kendali."
    return [Temuan("TEKS_TIDAK_SAH", GALAT, pesan, nilai=alasan[:40], lokasi=(Lokasi(kolom="alasan"),))]


def tak_ada(id_: str, kolom: str = "id") -> Temuan:
    pesan = f"WKSBM {id_} tidak ada; daftarkan dahulu dengan simpanWksbm."
    return Temuan("WKSBM_TAK_ADA", GALAT, pesan, nilai=id_, lokasi=(Lokasi(kolom=kolom),))


# ---------- who may ----------


def hanya_petugas(actor: Actor) -> None:
    if actor.peran is Peran.PUBLIK:
        raise TidakBerwenangError("Kirim token kantor Anda untuk menulis WKSBM; tanpa token hanya dapat membaca.")


def boleh_di(actor: Actor, kode_kab: str) -> None:
    if not actor.menjangkau(kode_kab):
        raise TidakBerwenangError(
            f"Token Anda ({actor.peran.value} {actor.wilayah}) tidak boleh menulis WKSBM di {kode_kab}."
        )

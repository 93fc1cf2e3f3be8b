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

from hub.base import kode as kode_wilayah
from hub.base.actor import Actor, Peran
from hub.base.errors import MasukanTidakSahError, TidakBerwenangError
from hub.base.id_publik import IdPublik
from hub.base.kode import Tingkat
from hub.base.nama import kunci_nama
from hub.base.off_loop import FILES, let_go, no_full_collection, off_loop
from hub.base.temuan import GALAT, INFO, PERINGATAN, Ditolak, Lokasi, Temuan, ada_galat
from hub.base.uuid7 import uuid7
from hub.db.database import Conn, Database
from hub.lembar.sheet import BacaLembar, temuan_berkas
from hub.sumber_daya import batch_statements as store
from hub.sumber_daya.checks import titik_dari
from hub.sumber_daya.draft import SumberDayaDraft
from hub.sumber_daya.list_cells import baca_baris
from hub.sumber_daya.list_columns import Tabel, baca_tabel, data_pribadi
from hub.sumber_daya.list_letters import kunci_nomor
from hub.sumber_daya.list_merge import Anggapan, draft_dari, nama_baris
from hub.sumber_daya.list_places import Kabupaten, baca_desa, baca_kabupaten
from hub.sumber_daya.list_register import Register, Terdaftar
from hub.sumber_daya.list_row import BarisBaca
from hub.sumber_daya.service import MILIK_ATAS, DaftarDesa, Siap, SumberDayaService, columns, paper_rows
from hub.sumber_daya.statements import Surat
from hub.wilayah.daftar import Cocok, TakCocokError
from hub.wilayah.region_index import RegionIndex

_TERBANYAK = 20_000  # rows in one file
_URUT = {GALAT: 0, PERINGATAN: 1, INFO: 2}


@dataclass(frozen=True, slots=True)
class BarisTertolak:
    """A row that was left out, as it was written, and why."""

    lembar: str
    baris: int
    kepala: Sequence[str]
    sel: Sequence[str]
    temuan: tuple[Temuan, ...]


@dataclass(frozen=True, slots=True)
class HasilImpor:
    """How many rows are new, changed, as they were; what was found; what was left out."""

    baru: int
    berubah: int
    tetap: int
    temuan: tuple[Temuan, ...]
    tertolak: tuple[BarisTertolak, ...] = ()


@dataclass(frozen=True, slots=True)
class Permintaan:
    """What is to be done with a file. `di`: the kabupaten, or the province, it is a list of; `sejak`: first day of what does
    not say its own; `uji`: say everything and write nothing; `lewati`: write the good rows, leave out the others."""

    jenis: str
    di: str
    sejak: date | None = None
    uji: bool = False
    lewati: bool = False


@dataclass(slots=True)
class _Kerja:
    """A row on its way: where it stands, what it is already, what it becomes. `salah_desa`: what it says of its desa cannot be
    used; `rencana` None: it stays as it is."""

    b: BarisBaca
    kab: str | None = None
    desa: Cocok | None = None
    salah_desa: bool = False
    lama: Terdaftar | None = None
    siap: Siap | None = None
    rencana: store.BarisBaru | None = None

    @property
    def temuan(self) -> tuple[Temuan, ...]:
        return (*self.b.temuan, *(self.siap.temuan if self.siap else ()))


_BENTROK = Temuan(
    "BENTROK_REVISI", GALAT, "Register berubah selagi daftar ini dibaca; tidak ada yang ditulis. Kirim lagi."
)


class _BentrokError(Exception):
    """Somebody changed a row between reading and writing it."""


class SumberDayaImport:
    """`baca`: opens files. Raises TidakBerwenangError; everything else that is wrong is in Ditolak."""

    def __init__(self, db: Database, baca: BacaLembar, satu: SumberDayaService) -> None:
        self._db = db
        self._satu = satu
        self._baca = baca

    async def upload(self, actor: Actor, nama: str, isi: bytes, minta: Permintaan) -> HasilImpor | Ditolak:
        """A file of one kind: its name and content."""
        _boleh(actor, minta.di)
        if not kode_wilayah.sah(minta.di) or kode_wilayah.tingkat(minta.di) > Tingkat.KABUPATEN:
            pesan = f'"{minta.di}" bukan kode kabupaten/kota atau provinsi; sebutkan wilayah daftar ini.'
            return Ditolak((Temuan("KABUPATEN_BUKAN_KODE", GALAT, pesan, nilai=minta.di),))
        try:
            tabel, baris, lain = await FILES.run(self._tabel, nama, isi, minta.jenis)
        except MasukanTidakSahError as salah:
            return Ditolak((temuan_berkas(salah, nama),))
        if ada_galat(t for satu in tabel for t in satu.temuan):
            return Ditolak((*lain, *(t for satu in tabel for t in satu.temuan)))
        kerja = [_Kerja(b) for b in baris]
        del baris
        with no_full_collection():
            try:
                async with self._db.as_actor(actor) as conn:
                    return await self._jalankan(conn, actor, nama, tabel, kerja, lain, minta)
            except _BentrokError:
                return Ditolak((_BENTROK,))
            finally:
                await let_go(len(kerja), kerja, tabel)

    async def put(self, actor: Actor, draft: Sequence[SumberDayaDraft]) -> HasilImpor | Ditolak:
        """Drafts of any kind as they are: what is there under its kind, desa and name is replaced where it differs."""
        jenis = sorted({d.jenis for d in draft})
        kab = sorted({kode_wilayah.kode_kab(kode_wilayah.rapikan(d.desa)) for d in draft})
        try:
            async with self._db.as_actor(actor) as conn:
                await store.lock(conn, kab, jenis)
                register = Register(await _terdaftar(conn, kab, jenis), lambda kode: kode)
                siap = await self._satu.examine(conn, actor, draft)
                temuan = tuple(t for s in siap for t in s.temuan)
                if ada_galat(temuan):
                    return Ditolak(temuan)
                ada = [register.bernama(s.draft.jenis, s.desa.kode, s.draft.nama) for s in siap if s.desa is not None]
                rencana = [_rencana(s, lama) for s, lama in zip(siap, ada, strict=True)]
                return await _tulis(conn, actor, rencana, temuan, (), uji=False)
        except _BentrokError:
            return Ditolak((_BENTROK,))

    # ---------- steps ----------

    def _tabel(self, nama: str, isi: bytes, jenis: str) -> tuple[list[Tabel], list[BarisBaca], list[Temuan]]:
        lembar = self._baca(nama, isi)
        tabel = [t for satu in lembar if (t := baca_tabel(satu, jenis)) is not None]
        terbaca = {t.lembar for t in tabel}
        lain = [
            Temuan(
                "LEMBAR_DILEWATI", PERINGATAN, f'Lembar "{satu.nama}" tidak berkepala yang dikenal; dilewati.',
                lokasi=(Lokasi(lembar=satu.nama),),
            )
            for satu in lembar
            if satu.nama not in terbaca and any(c.strip() for b in satu.baris for c in b)
        ]  # fmt: skip
        banyak = sum(len(t.isi) for t in tabel)
        if banyak > _TERBANYAK:
            raise MasukanTidakSahError(f"{nama} berisi {banyak} baris, paling banyak {_TERBANYAK}; bagi berkasnya.")
        if tabel and not banyak:
            raise MasukanTidakSahError(f"{nama}: kepala tabelnya dikenal, tetapi tidak ada baris {jenis} di bawahnya.")
        if not banyak:
            atas = next((b for satu in lembar for b in satu.baris if any(c.strip() for c in b)), [])
            tertulis = ", ".join(c.strip() for c in atas if c.strip())[:200] or "(kosong)"
            raise MasukanTidakSahError(
                f"{nama}: tidak ada baris {jenis} yang terbaca. Kepala tabelnya harus memuat sedikitnya Nama atau Desa; baris "
                f"pertamanya: {tertulis}."
            )
        return tabel, [b for t in tabel for b in baca_baris(t, jenis)], lain

    async def _jalankan(
        self,
        conn: Conn,
        actor: Actor,
        berkas: str,
        tabel: list[Tabel],
        kerja: list[_Kerja],
        lain: list[Temuan],
        minta: Permintaan,
    ) -> HasilImpor | Ditolak:
        hari = self._db.today()
        ada = Kabupaten.dari(await store.kabupaten_of(conn, kode_wilayah.kode_prov(minta.di), hari), minta.di)
        kab = await off_loop(len(kerja), _kabupaten_semua, kerja, ada)
        daftar = DaftarDesa(conn)
        await daftar.muat(kab)
        await off_loop(len(kerja), self._tempatkan, kerja, daftar)
        await store.lock(conn, kab, [minta.jenis])
        kini = {k: daftar.pada(k, hari) for k in kab}
        terdaftar = await _terdaftar(conn, kab, [minta.jenis])
        await off_loop(len(kerja) + len(terdaftar), _temukan, kerja, terdaftar, kini)
        anggap = Anggapan(hari, minta.sejak, berkas)
        await self._periksa(conn, actor, kerja, anggap)
        temuan, baik = await off_loop(len(kerja), _simpulkan, tabel, kerja, lain, anggap)
        if len(baik) < len(kerja) and not minta.lewati:
            return Ditolak(temuan)
        kepala = {t.lembar: t.kepala for t in tabel}
        tertolak = tuple(
            BarisTertolak(k.b.lembar, k.b.baris, kepala[k.b.lembar], k.b.sel, k.temuan)
            for k in kerja
            if ada_galat(k.temuan)
        )
        return await _tulis(conn, actor, [k.rencana for k in baik], temuan, tertolak, uji=minta.uji)

    def _tempatkan(self, kerja: list[_Kerja], daftar: DaftarDesa) -> None:
        for k in kerja:
            if k.kab is not None:
                sampai, sebelum = k.b.nilai.get("sampai"), len(k.b.temuan)
                batas = self._satu.last_day(sampai if isinstance(sampai, date) else None)
                k.desa = baca_desa(k.b, daftar.pada(k.kab, batas))
                k.salah_desa = ada_galat(k.b.temuan[sebelum:])

    async def _periksa(self, conn: Conn, actor: Actor, kerja: list[_Kerja], anggap: Anggapan) -> None:
        """Every row that has a place becomes a draft and is looked at like any other; what is wrong with others is known."""
        bertempat = [k for k in kerja if k.desa is not None]
        draft = await off_loop(len(kerja), _draft_semua, bertempat, anggap)
        siap = await self._satu.examine(conn, actor, draft)
        await off_loop(len(kerja), _rencanakan, actor, bertempat, siap)


def _boleh(actor: Actor, di: str) -> None:
    if actor.peran is Peran.PUBLIK:
        raise TidakBerwenangError("Kirim token kantor Anda untuk menulis sumber daya; tanpa token hanya dapat membaca.")
    if not actor.menjangkau(di):
        raise TidakBerwenangError(
            f"Token Anda ({actor.peran.value} {actor.wilayah}) tidak boleh menulis sumber daya di {di}."
        )


def _kabupaten_semua(kerja: list[_Kerja], ada: Kabupaten) -> list[str]:
    """Those that the rows are of; each row knows its own afterwards."""
    for k in kerja:
        k.kab = baca_kabupaten(k.b, ada)
    return sorted({k.kab for k in kerja if k.kab is not None})


def _temukan(kerja: list[_Kerja], terdaftar: Sequence[Terdaftar], kini: dict[str, RegionIndex]) -> None:
    """What each row already is; and its desa by that, where the row does not say it."""
    # a sample is nobody's: what really stands there comes beside it
    register = Register([t for t in terdaftar if not t.isi["contoh"]], lambda kode: _kode_kini(kode, kini))
    for k in kerja:
        if k.kab is None:
            continue
        k.lama = register.cari(k.b, k.kab, k.desa, nama_baris(k.b))
        if k.desa is None and not k.salah_desa:
            if k.lama is not None:
                kode = _kode_kini(k.lama.isi["kode_desa"], kini)
                wilayah = kini[k.kab].berlaku.get(kode)
                k.desa = Cocok(kode, wilayah.nama) if wilayah else None
            if k.desa is None:
                pesan = "Desa/kelurahannya tidak disebut, baik tersendiri maupun dalam alamat; isi kolom Desa dan Kecamatan."
                k.b.catat("DESA_KOSONG", GALAT, pesan, "desa")


def _draft_semua(kerja: list[_Kerja], anggap: Anggapan) -> list[SumberDayaDraft]:
    return [draft_dari(k.b, k.desa, k.lama, anggap) for k in kerja if k.desa is not None]


def _rencanakan(actor: Actor, kerja: list[_Kerja], semua: Sequence[Siap]) -> None:
    """What is to be written of each row that was found good."""
    for k, siap in zip(kerja, semua, strict=True):
        k.siap = siap
        if ada_galat(k.temuan):
            continue
        k.rencana = _rencana(siap, k.lama)
        milik = {siap.draft.pemilik, *([str(k.lama.isi["pemilik"])] if k.lama else [])} & set(MILIK_ATAS)
        if actor.peran is Peran.KABUPATEN and milik and k.rencana is not None:
            pesan = f"Milik {sorted(milik)[0].lower()}; hanya provinsi yang dapat mencatat atau mengubahnya."
            k.b.catat("MILIK_DI_ATAS", GALAT, pesan, "pemilik" if "pemilik" in k.b.tulis else "nama")


def _simpulkan(
    tabel: list[Tabel], kerja: list[_Kerja], lain: list[Temuan], anggap: Anggapan
) -> tuple[tuple[Temuan, ...], list[_Kerja]]:
    """Everything found, the gravest first; and the rows that are good."""
    _tandai_ganda(kerja)
    umum = [*lain, *_tentang_daftar(tabel, kerja, anggap)]
    temuan = tuple(sorted([*umum, *(t for k in kerja for t in k.temuan)], key=lambda t: _URUT[t.tingkat]))
    return temuan, [k for k in kerja if not ada_galat(k.temuan)]


def _tandai_ganda(kerja: list[_Kerja]) -> None:
    """Rows of the list that are the same thing: the later one is told where the first one stands."""
    pertama: dict[object, _Kerja] = {}
    for k in kerja:
        if k.siap is None or k.siap.desa is None:
            continue
        kunci: list[object] = [("nama", k.siap.desa.kode, kunci_nama(k.siap.draft.nama))]
        kunci += [("nomor", k.kab, n) for s in k.b.surat if s.jenis == "TANDA_DAFTAR" and (n := kunci_nomor(s.nomor))]
        if k.lama is not None:
            kunci = [("id", str(k.lama.kunci)), *kunci]
        ada = next((pertama[x] for x in kunci if x in pertama), None)
        if ada is not None:
            tempat = f"baris {ada.b.baris}" + (f' lembar "{ada.b.lembar}"' if ada.b.lembar != k.b.lembar else "")
            pesan = f"Sama dengan {tempat} ({ada.siap.draft.nama if ada.siap else ''}); sisakan satu."
            k.b.catat("BARIS_GANDA", GALAT, pesan, "nama" if "nama" in k.b.tulis else "desa")
        for x in kunci:
            pertama.setdefault(x, k)


def _tentang_daftar(tabel: list[Tabel], kerja: list[_Kerja], anggap: Anggapan) -> Iterable[Temuan]:
    """What holds for many rows, said once."""
    per_lembar: dict[str, list[_Kerja]] = defaultdict(list)
    for k in kerja:
        per_lembar[k.b.lembar].append(k)
    for t in tabel:
        yield from t.temuan
        milik = per_lembar[t.lembar]
        pribadi = data_pribadi(t, "ketua", [k.b.baris for k in milik if k.b.tanpa_setuju])
        if pribadi is not None:
            yield pribadi
        di = (Lokasi(lembar=t.lembar),)
        baru = [k for k in milik if k.lama is None and k.siap is not None]
        tanpa = Counter(k.siap.draft.pemilik for k in baru if k.siap and "pemilik" not in k.b.nilai)
        for pemilik, banyak in tanpa.items():
            pesan = f"Pemilik tidak ditulis pada {banyak} baris; dianggap {pemilik}."
            yield Temuan("PEMILIK_DIANGGAP", INFO, pesan, usulan=pemilik, lokasi=di)
        if anggap.sejak is None:
            banyak = sum(k.siap.draft.sejak == anggap.hari_ini and "sejak" not in k.b.nilai for k in baru if k.siap)
            if banyak:
                pesan = (
                    f"Hari pertama ada tidak ditulis pada {banyak} baris; dicatat {anggap.hari_ini}. Sebutkan sejak kapan daftar ini "
                    "berlaku (sejak), supaya hitungan waktu lalu benar."
                )
                yield Temuan("SEJAK_DIANGGAP", PERINGATAN, pesan, usulan=str(anggap.hari_ini), lokasi=di)


def _kode_kini(kode: str, daftar: dict[str, RegionIndex]) -> str:
    """A desa's code of any time as the one in force; as it is, where none can be told."""
    try:
        return daftar[kode_wilayah.kode_kab(kode)].dari_kode(kode).kode
    except (KeyError, TakCocokError):
        return kode


async def _terdaftar(conn: Conn, kab: Sequence[str], jenis: Sequence[str]) -> list[Terdaftar]:
    surat, baris = await store.papers(conn, kab, jenis), await store.rows(conn, kab, jenis)
    return await off_loop(len(surat) + len(baris), _bersurat, baris, surat)


def _bersurat(baris: list[dict[str, Any]], semua: list[tuple[str, str, Surat]]) -> list[Terdaftar]:
    surat = defaultdict(set)
    for kode_kab, id_, satu in semua:
        surat[kode_kab, id_].add(satu)
    hasil = []
    for b in baris:
        kunci = IdPublik(b.pop("kode_kab"), b.pop("id"))
        versi, lon, lat = b.pop("versi"), b.pop("lon"), b.pop("lat")
        titik = None if lon is None else (lon, lat)
        hasil.append(Terdaftar(kunci, versi, b, titik, frozenset(surat[kunci.kode_kab, kunci.id])))
    return hasil


def _rencana(siap: Siap, lama: Terdaftar | None) -> store.BarisBaru | None:
    """What to write; None where the row is there already, word for word."""
    assert siap.desa is not None
    d = siap.draft
    isi, titik = columns(d, siap.desa.kode), titik_dari(d.titik)
    surat = None if d.surat is None else paper_rows(d)
    if lama is None:
        return store.BarisBaru(IdPublik(kode_wilayah.kode_kab(siap.desa.kode), str(uuid7())), isi, titik, surat)
    sama = titik == lama.titik and (surat is None or set(surat) == lama.surat)
    if sama and all(isi.get(k) == v for k, v in lama.isi.items()):
        return None
    return store.BarisBaru(lama.kunci, isi, titik, surat, lama.versi)


async def _tulis(
    conn: Conn,
    actor: Actor,
    rencana: Sequence[store.BarisBaru | None],
    temuan: tuple[Temuan, ...],
    tertolak: tuple[BarisTertolak, ...],
    *,
    uji: bool,
) -> HasilImpor:
    baru = [r for r in rencana if r is not None and r.versi is None]
    berubah = [r for r in rencana if r is not None and r.versi is not None]
    if not uji:
        await store.insert(conn, baru, actor.nama)
        if await store.update(conn, berubah, actor.nama) != len(berubah):
            raise _BentrokError
    return HasilImpor(len(baru), len(berubah), rencana.count(None), temuan, tertolak)

"""Putting a catalogue into force: checked as a whole, versioned by content.

A form whose content changed gets the next version number; the earlier ones stay in katalog_riwayat. Installing the
same content again changes nothing.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import orjson

from hub.base.errors import MasukanTidakSahError
from hub.db.database import Database
from hub.katalog import statements as store
from hub.katalog.draft import DaftarBerkas, FormulirBerkas, IndikatorBerkas, KatalogBerkas
from hub.katalog.rumus import KATA, Rincian, Suku, baca_rumus

TINGKAT = {"P": 1, "B": 2, "K": 3, "D": 4, "F": 4}
FREKUENSI = {"E": "KEJADIAN", "M": "BULAN", "T": "TRIWULAN", "S": "SEMESTER", "Y": "TAHUN"}
# how figures add up over areas / over time
AGREGASI = {
    "S/L": ("JUMLAH", "TERAKHIR"),
    "S/S": ("JUMLAH", "JUMLAH"),
    "S/U": ("JUMLAH", "UNIK"),
    "C": ("HITUNG", "TERAKHIR"),
    "N": ("TIDAK", "TIDAK"),
    "R": ("HITUNG_ULANG", "TIDAK"),
}
_PECAHAN = ("rupiah", "persen", "indeks", "per indikator", "satuan barang")


@dataclass(slots=True)
class LaporanKatalog:
    """What an installation did. `temuan`: (level, text) about code lists that are sound but need a second look."""

    baru: list[str] = field(default_factory=list)
    tetap: int = 0
    temuan: list[tuple[str, str]] = field(default_factory=list)


async def install_katalog(db: Database, berkas: KatalogBerkas) -> LaporanKatalog:
    """Check and install. Raises MasukanTidakSahError listing everything that is wrong; then nothing is changed."""
    salah = list(periksa_katalog(berkas))
    if salah:
        raise MasukanTidakSahError("Katalog tidak dapat dipasang:\n" + "\n".join(f"- {s}" for s in salah))
    laporan = LaporanKatalog(temuan=list(telaah_daftar(berkas.daftar)))
    async with db.as_owner() as conn:
        await store.lock(conn)
        for f in berkas.formulir:
            isi = _isi_formulir(f, berkas)
            versi, baru = await store.record(conn, "FORMULIR", f.kode, sidik(isi), isi)
            _catat(laporan, baru, f"formulir {f.kode} versi {versi}")
            if baru:
                await store.put_formulir(conn, (f.kode, f.nama, versi, sidik(isi), f.periode, f.tenggat_hari))
                await store.put_elemen(conn, f.kode, list(_baris_elemen(f)), list(_baris_rincian(f, berkas)))
                await store.put_aturan(conn, f.kode, list(_baris_aturan(f)))
        indikator = [i.model_dump() for i in berkas.indikator]
        versi, baru = await store.record(conn, "INDIKATOR", "", sidik(indikator), indikator)
        _catat(laporan, baru, f"indikator versi {versi}")
        if baru:
            await store.put_indikator(conn, list(_baris_indikator(berkas)), list(_baris_suku(berkas)))
        for d in berkas.daftar:
            versi, baru = await store.record(conn, "DAFTAR_KODE", d.daftar, sidik(d.model_dump()), d.model_dump())
            _catat(laporan, baru, f"daftar {d.daftar} {d.versi} (versi {versi})")
            if baru:
                await store.put_daftar(conn, d.daftar, d.versi, list(_baris_daftar(d)))
        if laporan.baru:
            await store.open_anew(conn)
    return laporan


def sidik(isi: object) -> str:
    """SHA-256 of the content in one fixed spelling (keys sorted), hex."""
    return hashlib.sha256(orjson.dumps(isi, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _isi_formulir(f: FormulirBerkas, berkas: KatalogBerkas) -> dict[str, Any]:
    """A form with everything its meaning depends on: a code list that grows makes a new version of the forms that use it."""
    rincian = {r: berkas.rincian[r].model_dump() | {"pilihan": berkas.pilihan(r)} for e in f.elemen for r in e.rincian}
    return f.model_dump() | {"rincian": rincian}


def _catat(laporan: LaporanKatalog, baru: bool, apa: str) -> None:
    if baru:
        laporan.baru.append(apa)
    else:
        laporan.tetap += 1


# ---------- checking what the shape does not say ----------


def periksa_katalog(berkas: KatalogBerkas) -> Iterator[str]:
    """Everything that would make the catalogue unusable, one line each, naming the place."""
    yield from _kembar("formulir", (f.kode for f in berkas.formulir))
    yield from _kembar("elemen", (e.kode for f in berkas.formulir for e in f.elemen))
    yield from _kembar("aturan", (a.kode for f in berkas.formulir for a in f.aturan))
    yield from _kembar("indikator", (f"{i.kode}.{i.varian}" if i.varian else i.kode for i in berkas.indikator))
    yield from _kembar("daftar kode", (d.daftar for d in berkas.daftar))
    for d in berkas.daftar:
        yield from _kembar(f"daftar {d.daftar}: butir", (b.kode for b in d.butir))
    daftar = {d.daftar for d in berkas.daftar}
    for nama, r in berkas.rincian.items():
        if (r.daftar is None) == (r.pilihan is None):
            yield f"rincian {nama}: isi pilihan atau daftar, salah satu saja"
        if r.daftar is not None and r.daftar not in daftar:
            yield f"rincian {nama}: daftar kode {r.daftar} tidak ada"
        if any(c in teks for teks in (nama, *(r.pilihan or ())) for c in "|=,[]"):
            yield f"rincian {nama}: nama dan pilihan tidak boleh memuat | = , [ ]"
    for f in berkas.formulir:
        for e in f.elemen:
            yield from _kembar(f"elemen {e.kode}: rincian", e.rincian)
            for nama in e.rincian:
                if nama not in berkas.rincian:
                    yield f"elemen {e.kode}: rincian {nama} tidak ada di rincian.toml"
        for a in f.aturan:
            yield from _periksa_rumus(f"aturan {a.kode}", (a.kiri, a.kanan), berkas)
    for i in berkas.indikator:
        yield from _periksa_indikator(i, berkas)


def _kembar(apa: str, kode: Iterable[str]) -> Iterator[str]:
    for k, banyak in Counter(kode).items():
        if banyak > 1:
            yield f"{apa} {k}: kembar"


def _periksa_indikator(i: IndikatorBerkas, berkas: KatalogBerkas) -> Iterator[str]:
    nama = f"indikator {i.kode}{'.' + i.varian if i.varian else ''}"
    perlu = {"RASIO": (i.pembilang, i.penyebut), "CACAH_KABUPATEN": (i.pembilang,)}.get(i.jenis, ())
    if None in perlu:
        yield f"{nama}: {'pembilang' if i.pembilang is None else 'penyebut'} tidak ada"
    yield from _periksa_rumus(nama, [s for s in (i.pembilang, i.penyebut) if s is not None], berkas)
    for sisi in (i.pembilang, i.penyebut):
        try:
            list(_suku_tunggal(sisi or ""))
        except ValueError as salah:
            if sisi is not None and "hanya boleh" in str(salah):
                yield f"{nama}: {salah}"


def _periksa_rumus(tempat: str, rumus: Iterable[str], berkas: KatalogBerkas) -> Iterator[str]:
    elemen = {e.kode: e for f in berkas.formulir for e in f.elemen}
    for teks in rumus:
        try:
            suku = baca_rumus(teks).suku()
        except ValueError as salah:
            yield f"{tempat}: {salah}"
            continue
        for s in suku:
            if s.kode in KATA:
                continue
            if s.kode not in elemen:
                yield f"{tempat}: elemen {s.kode} tidak ada"
                continue
            for nama, pilihan in s.rincian:
                r = berkas.rincian.get(nama)
                if nama not in elemen[s.kode].rincian or r is None:
                    yield f"{tempat}: elemen {s.kode} tidak mempunyai rincian {nama}"
                elif not r.terbuka and pilihan not in berkas.pilihan(nama):
                    yield f"{tempat}: {pilihan} bukan pilihan rincian {nama}"


def telaah_daftar(daftar: Iterable[DaftarBerkas]) -> Iterator[tuple[str, str]]:
    """What an editor of a code list should look at: sources that disagree, headings among the criteria."""
    for d in daftar:
        for b in d.butir:
            tempat = f"{d.daftar} {b.kode} {b.nama}"
            umur = {x.umur: x.sumber for x in b.definisi if x.umur is not None}
            if len(umur) > 1:
                beda = "; ".join(f"{u[0]}-{u[1]} tahun ({s})" for u, s in umur.items())
                yield "PERINGATAN", f"{tempat}: batas umur berlainan menurut sumbernya: {beda}"
            for x in b.definisi:
                for nomor, teks in enumerate(x.kriteria, 1):
                    if teks.rstrip().endswith(":"):
                        yield "INFO", f'{tempat}: butir {nomor} "{teks}" adalah judul, bukan kriteria'


# ---------- rows ----------


def _baris_elemen(f: FormulirBerkas) -> Iterator[tuple[object, ...]]:
    for urut, e in enumerate(f.elemen, 1):
        wilayah, waktu = AGREGASI[e.agregasi]
        registri = TINGKAT[e.registri] if e.registri else None
        yield (
            e.kode, f.kode, urut, e.nama, e.satuan, TINGKAT[e.tingkat], e.tingkat == "F", FREKUENSI[e.frekuensi], wilayah,
            waktu, e.sensitif, e.satuan not in _PECAHAN, e.arah, e.kelompok, registri, e.definisi, e.kode_ref, e.kode_sipd,
        )  # fmt: skip


def _baris_rincian(f: FormulirBerkas, berkas: KatalogBerkas) -> Iterator[tuple[object, ...]]:
    for e in f.elemen:
        for urut, kode in enumerate(e.rincian, 1):
            r = berkas.rincian[kode]
            satuan = orjson.dumps(r.satuan).decode()
            yield (e.kode, kode, urut, r.nama, berkas.pilihan(kode), r.terbuka, satuan, r.menjumlah)


def _baris_aturan(f: FormulirBerkas) -> Iterator[tuple[object, ...]]:
    for urut, a in enumerate(f.aturan, 1):
        yield (a.kode, f.kode, urut, a.nama, a.kiri, a.operator, a.kanan, a.tingkat, a.pelapor, a.toleransi)


def _baris_indikator(berkas: KatalogBerkas) -> Iterator[tuple[object, ...]]:
    for urut, i in enumerate(berkas.indikator, 1):
        yield (i.kode, i.varian, urut, i.nama, i.jenis, i.satuan, i.faktor, i.definisi, i.kode_ref)


def _baris_suku(berkas: KatalogBerkas) -> Iterator[tuple[object, ...]]:
    for i in berkas.indikator:
        for sisi, urai in (("PEMBILANG", i.pembilang), ("PENYEBUT", i.penyebut)):
            if urai is None:
                continue
            for pilihan, urut, kode, rincian in _suku_tunggal(urai):
                yield (i.kode, i.varian, sisi, pilihan, urut, kode, orjson.dumps(dict(rincian)).decode())


def _suku_tunggal(teks: str) -> Iterator[tuple[int, int, str, Rincian]]:
    """An indicator's formula is a plain sum of figures, so that SQL can add it up. Raises ValueError when it is not."""
    for nomor, jumlah in enumerate(baca_rumus(teks).pilihan, 1):
        for urut, (tanda, kali) in enumerate(jumlah, 1):
            suku = kali[0]
            if tanda != 1 or len(kali) != 1 or not isinstance(suku, Suku) or suku.kode in KATA or suku.boleh_kosong:
                raise ValueError(f'rumus indikator "{teks}" hanya boleh menjumlahkan elemen')
            yield nomor, urut, suku.kode, suku.rincian


def _baris_daftar(d: DaftarBerkas) -> Iterator[tuple[object, ...]]:
    for urut, b in enumerate(d.butir, 1):
        definisi = orjson.dumps([x.model_dump(exclude_none=True) for x in b.definisi]).decode()
        yield (b.kode, urut, b.nama, b.satuan, b.sensitif, list(b.alias), definisi)

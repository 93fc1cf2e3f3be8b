"""Where the row of a list stands: its kabupaten, then its desa. Pure; nothing is ever made from a name.

A desa is named by its code, by its name (with its kecamatan where two bear it), or, in lists that have no such column, by
the address.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from hub.base import kode as kode_wilayah
from hub.base.kode import Tingkat
from hub.base.nama import kunci_nama, tanpa_awalan, tingkat_awalan
from hub.base.temuan import GALAT, INFO, PERINGATAN
from hub.sumber_daya.checks import PESAN_DESA
from hub.sumber_daya.list_row import BarisBaca
from hub.wilayah.daftar import Cocok, TakCocokError, WilayahSah
from hub.wilayah.region_index import RegionIndex

_AKHIR = r"(?=\s*(?:[,;/()]|\bkec\b|\bkecamatan\b|\bkab\b|\bkabupaten\b|\bkota\b|\brt\b|\brw\b|\bkode pos\b|$))"
_DESA = re.compile(r"\b(?:desa|ds|kelurahan|kel)\b\.?\s*(?P<nama>[^,;/()]+?)" + _AKHIR, re.IGNORECASE)
_KECAMATAN = re.compile(r"\b(?:kecamatan|kec)\b\.?\s*(?P<nama>[^,;/()]+?)" + _AKHIR, re.IGNORECASE)
_HARI = date(2000, 1, 1)  # any day: what is in force was chosen before
_POTONG = re.compile(r"[,;/()]| - ")


@dataclass(frozen=True, slots=True)
class Kabupaten:
    """The kabupaten a row may name. `tunggal`: the only one there is to be, None where the row must say."""

    semua: dict[str, str]
    tunggal: str | None
    daftar: RegionIndex

    @classmethod
    def dari(cls, nama: Iterable[tuple[str, str]], di: str) -> "Kabupaten":
        """`nama`: (code, name) of those in force; `di`: the code the list is of."""
        semua = dict(nama)
        daftar = RegionIndex("", _HARI, [WilayahSah(k, _HARI, None, n) for k, n in semua.items()])
        return cls(semua, di if kode_wilayah.tingkat(di) is Tingkat.KABUPATEN else None, daftar)


def baca_kabupaten(b: BarisBaca, ada: Kabupaten) -> str | None:
    """The code of the kabupaten the row is of; None, with a finding, where that cannot be told."""
    teks = b.tulis.get("kabupaten")
    kode_desa = kode_wilayah.rapikan(b.tulis.get("kode_desa", ""))
    if teks is None:
        if ada.tunggal is not None:
            return ada.tunggal
        if kode_wilayah.sah(kode_desa) and kode_desa[:5] in ada.semua:
            return kode_desa[:5]
        pesan = "Kabupaten/kota baris ini tidak disebut; isi kolom Kab/Kota."
        b.catat("KABUPATEN_KOSONG", GALAT, pesan, "kabupaten")
        return None
    kode = _kabupaten(b, teks, ada)
    if kode is not None and ada.tunggal is not None and kode != ada.tunggal:
        nama = ada.semua.get(ada.tunggal, ada.tunggal)
        pesan = f'"{teks}" bukan kabupaten/kota daftar ini ({nama}, {ada.tunggal}).'
        b.catat("KABUPATEN_LAIN", GALAT, pesan, "kabupaten", ada.tunggal)
        return None
    return kode


def _kabupaten(b: BarisBaca, teks: str, ada: Kabupaten) -> str | None:
    kode = kode_wilayah.rapikan(teks)
    if kode_wilayah.sah(kode):
        if kode in ada.semua:
            return kode
        b.catat("KABUPATEN_TAK_DIKENAL", GALAT, f'Kabupaten/kota "{teks}" tidak dikenal di sini.', "kabupaten")
        return None
    try:
        cocok = ada.daftar.dari_nama(teks, None)
    except TakCocokError as tak:
        usulan = "; ".join(tak.usulan) or None
        saran = f" Mungkin maksudnya: {usulan}." if usulan else ""
        apa = "dapat berarti lebih dari satu" if tak.sebab == "RANGKAP" else "tidak dikenal di sini"
        b.catat("KABUPATEN_TAK_DIKENAL", GALAT, f'Kabupaten/kota "{teks}" {apa}.{saran}', "kabupaten", usulan)
        return None
    kembar = any(ada.daftar.bernama(f"Kota {cocok.nama}"))
    if cocok.catatan == "NAMA_MIRIP" or (
        kembar and tingkat_awalan(teks) is None and not teks.casefold().startswith("kota")
    ):
        pesan = f'"{teks}" dibaca sebagai {"Kabupaten " if kembar else ""}{cocok.nama} ({cocok.kode}).'
        b.catat("NAMA_MIRIP", PERINGATAN, pesan, "kabupaten", cocok.kode)
    return cocok.kode


def baca_desa(b: BarisBaca, daftar: RegionIndex) -> Cocok | None:
    """The desa the row names, by whichever way it does. None with a finding where it cannot be told, None without one where
    the row says nothing of it."""
    nama, kecamatan, kode = b.tulis.get("desa"), b.tulis.get("kecamatan"), b.tulis.get("kode_desa")
    if kode is None and nama is not None and nama[:1].isdigit() and kode_wilayah.sah(kode_wilayah.rapikan(nama)):
        nama, kode = None, nama
    try:
        if kode is not None:
            return _dari_kode(b, daftar, kode, nama)
        if nama is not None:
            return _dari_nama(b, daftar, nama, kecamatan, "desa")
    except TakCocokError as tak:
        _catat_tak_cocok(b, tak, "kode_desa" if kode is not None else "desa")
        return None
    return _dari_alamat(b, daftar, kecamatan)


def _dari_kode(b: BarisBaca, daftar: RegionIndex, kode: str, nama: str | None) -> Cocok | None:
    cocok = daftar.dari_kode(kode)
    if kode_wilayah.tingkat(cocok.kode) is not Tingkat.DESA:
        _bukan_desa(b, cocok, "kode_desa")
        return None
    if cocok.catatan is not None:
        pesan = f"Kode {kode} tidak berlaku; dipakai {cocok.kode} ({cocok.nama})."
        b.catat("KODE_LAIN_MASA", PERINGATAN, pesan, "kode_desa", cocok.kode)
    ejaan = {kunci_nama(n) for n in (cocok.nama, *daftar.berlaku[cocok.kode].alias)}
    if nama is not None and not {kunci_nama(nama), kunci_nama(tanpa_awalan(nama))} & ejaan:
        pesan = f'Kode {kode} adalah {cocok.nama}, sedangkan namanya ditulis "{nama}"; perbaiki salah satunya.'
        b.catat("KODE_DAN_NAMA_BEDA", GALAT, pesan, "kode_desa", cocok.nama)
        return None
    return cocok


def _dari_nama(b: BarisBaca, daftar: RegionIndex, nama: str, kecamatan: str | None, kolom: str) -> Cocok | None:
    """As a desa, whatever else bears the name: a kecamatan is not what a column of desa means."""
    cocok = daftar.dari_nama(nama if tingkat_awalan(nama) == Tingkat.DESA else f"Desa {nama}", kecamatan)
    if kode_wilayah.tingkat(cocok.kode) is not Tingkat.DESA:
        _bukan_desa(b, cocok, kolom)
        return None
    if cocok.catatan == "NAMA_MIRIP":
        tempat = ", ".join(t for t in (nama, kecamatan) if t)
        b.catat("NAMA_MIRIP", PERINGATAN, f'"{tempat}" dibaca sebagai {cocok.nama} ({cocok.kode}).', kolom, cocok.nama)
    return cocok


def _dari_alamat(b: BarisBaca, daftar: RegionIndex, kecamatan: str | None) -> Cocok | None:
    alamat = b.tulis.get("alamat")
    if alamat is None:
        return None
    tertulis_kec = _KECAMATAN.search(alamat)
    kecamatan = kecamatan or (tertulis_kec["nama"].strip() if tertulis_kec else None)
    if tertulis := _DESA.search(alamat):
        try:
            cocok = _dari_nama(b, daftar, tertulis["nama"].strip(), kecamatan, "alamat")
        except TakCocokError as tak:
            _catat_tak_cocok(b, tak, "alamat", ", ".join(t for t in (tertulis["nama"].strip(), kecamatan) if t))
            return None
    else:
        cocok = _sebutan_utuh(daftar, alamat, kecamatan)
    if cocok is not None:
        pesan = f"Desa tidak disebut tersendiri; dibaca dari alamat: {cocok.nama} ({cocok.kode})."
        b.catat("DESA_DARI_ALAMAT", INFO, pesan, "alamat", cocok.kode)
    return cocok


def _sebutan_utuh(daftar: RegionIndex, alamat: str, kecamatan: str | None) -> Cocok | None:
    """A part of the address between commas that is the exact name of one desa and no other."""
    bagian = [" ".join(p.split()) for p in _POTONG.split(alamat) if p.strip()]
    kec = {k for t in (*bagian, kecamatan or "") for k in _pada(daftar, t, Tingkat.KECAMATAN)}
    for satu in bagian:
        kunci = kunci_nama(satu)
        sama = [k for k in _pada(daftar, satu, Tingkat.DESA) if kunci_nama(daftar.berlaku[k].nama) == kunci]
        pilih = [k for k in sama if kode_wilayah.induk(k) in kec] or sama
        if len(pilih) == 1:
            return Cocok(pilih[0], daftar.berlaku[pilih[0]].nama)
    return None


def _pada(daftar: RegionIndex, nama: str, tingkat: Tingkat) -> list[str]:
    return sorted(k for k in daftar.bernama(nama) if kode_wilayah.tingkat(k) is tingkat)


def _bukan_desa(b: BarisBaca, cocok: Cocok, kolom: str) -> None:
    apa = kode_wilayah.tingkat(cocok.kode).name.lower()
    b.catat("BUKAN_DESA", GALAT, f"{cocok.nama} ({cocok.kode}) adalah {apa}; sebutkan desa atau kelurahannya.", kolom)


def _catat_tak_cocok(b: BarisBaca, tak: TakCocokError, kolom: str, tulis: str | None = None) -> None:
    kode, isi = PESAN_DESA[tak.sebab]
    usulan = "; ".join(tak.usulan) or None
    saran = f" Mungkin maksudnya: {usulan}." if usulan else ""
    kecamatan = b.tulis.get("kecamatan")
    if kecamatan and tak.usulan and all(u.split()[0].count(".") == 2 for u in tak.usulan):
        b.catat("KECAMATAN_TAK_DIKENAL", GALAT, f'Kecamatan "{kecamatan}" {isi}.{saran}', "kecamatan", usulan)
        return
    sebut = tulis or ", ".join(t for t in (b.tulis.get(kolom), kecamatan) if t)
    b.catat(kode, GALAT, f'Desa "{sebut}" {isi}.{saran}', kolom, usulan)

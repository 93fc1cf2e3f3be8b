"""A rekap as a file, CSV (UTF-8) or XLSX, in one of two layouts:

wide   wilayah[, kecamatan], then a column per figure: BAN01, REH01[lingkup=gabungan], SDM01[JK=L,jabatan=pelaksana]
long   wilayah[, kecamatan], elemen, rincian, nilai[, status]

`wilayah` holds a code or a name; the row that says `wilayah` is the header, whatever stands above it. A row that begins
with TOTAL or JUMLAH states totals of its columns. Numbers may be written as people write them.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from hub.base import kode as kode_wilayah
from hub.base.errors import MasukanTidakSahError
from hub.base.periode import Periode
from hub.base.temuan import Lokasi
from hub.katalog.rumus import baca_rincian
from hub.lembar.files import baca_lembar, content_of
from hub.lembar.sheet import Lembar
from hub.rekap.draft import Kolom, RekapDraft, Sel, Tempat, Total

_BUKAN_ANGKA = ("wilayah", "kecamatan", "no", "no.", "nomor")
_KOLOM = re.compile(r"\s*(?P<elemen>[A-Za-z]+\d+)\s*(?:\[(?P<rincian>[^\]]*)\]\s*)?")
_TOTAL = re.compile(r"(t\s*o\s*t\s*a\s*l|jumlah)\b", re.IGNORECASE)


def baca_rekap(berkas: Path, pelapor: str, formulir: str, periode: str, kunci: str) -> RekapDraft:
    """The draft in a file. Raises MasukanTidakSahError naming what is wrong with the file itself."""
    return rekap_dari(berkas.name, content_of(berkas), pelapor, formulir, periode, kunci)


def rekap_dari(nama: str, isi: bytes, pelapor: str, formulir: str, periode: str, kunci: str) -> RekapDraft:
    """The same for a file at hand: its name and content."""
    try:
        waktu = Periode.baca(periode)
    except ValueError as salah:
        raise MasukanTidakSahError(str(salah)) from None
    sel: list[Sel] = []
    total: list[Total] = []
    for lembar in baca_lembar(nama, isi):
        s, t = _lembar(lembar)
        sel += s
        total += t
    return RekapDraft(
        kode_wilayah.rapikan(pelapor), formulir.strip().upper(), waktu, kunci, None, tuple(sel), tuple(total)
    )


def _lembar(lembar: Lembar) -> tuple[list[Sel], list[Total]]:
    if not any(c.strip() for b in lembar.baris for c in b):
        return [], []
    for nomor, baris in enumerate(lembar.baris):
        kecil = [k.strip().casefold() for k in baris]
        if "wilayah" in kecil:
            isi = [(n, b) for n, b in enumerate(lembar.baris[nomor + 1 :], nomor + 2) if any(c.strip() for c in b)]
            if "elemen" in kecil:
                return list(_panjang(lembar, kecil, isi)), []
            return _lebar(lembar, [k.strip() for k in baris], kecil, isi)
    pertama = next(b for b in lembar.baris if any(c.strip() for c in b))
    raise MasukanTidakSahError(f'{lembar.nama}: kolom "wilayah" tidak ada; kolomnya: {", ".join(pertama)}')


Isi = list[tuple[int, list[str]]]  # row number from 1, cells


def _lebar(lembar: Lembar, kepala: list[str], kecil: list[str], isi: Isi) -> tuple[list[Sel], list[Total]]:
    kolom = {i: _kolom(lembar, k) for i, k in enumerate(kepala) if k and kecil[i] not in _BUKAN_ANGKA}
    sel: list[Sel] = []
    total: list[Total] = []
    for nomor, baris in isi:
        tempat = _tempat(baris, kecil)
        if _TOTAL.match(next(c.strip() for c in baris if c.strip())):
            total += [
                Total(str(k), None, baris[i].strip()) for i, k in kolom.items() if i < len(baris) and baris[i].strip()
            ]
            continue
        for i in range(max(len(kepala), len(baris))):
            angka = baris[i].strip() if i < len(baris) else ""
            if i in kolom:
                lokasi = Lokasi(lembar=lembar.nama, baris=nomor, kolom=kepala[i])
                sel.append(Sel(tempat, kolom[i], angka or None, None, lokasi, tersirat=not angka))
            elif angka and (i >= len(kepala) or not kepala[i]):  # a figure nobody can place: the checks will say so
                nama = f"kolom ke-{i + 1} tanpa kepala"
                sel.append(Sel(tempat, Kolom(nama), angka, None, Lokasi(lembar=lembar.nama, baris=nomor, kolom=nama)))
    return sel, total


def _panjang(lembar: Lembar, kecil: list[str], baris_isi: Isi) -> Iterator[Sel]:
    for nomor, baris in baris_isi:
        isi = {k: (baris[i].strip() if i < len(baris) else "") for i, k in enumerate(kecil)}
        rincian = _rincian(lembar, nomor, isi.get("rincian", ""))
        lokasi = Lokasi(lembar=lembar.nama, baris=nomor, kolom="nilai")
        yield Sel(
            _tempat(baris, kecil), Kolom(isi["elemen"], rincian), isi.get("nilai") or None,
            isi.get("status", "").upper() or None, lokasi,
        )  # fmt: skip


def _tempat(baris: list[str], kecil: list[str]) -> Tempat:
    def kolom(nama: str) -> str | None:
        i = kecil.index(nama) if nama in kecil else -1
        return (baris[i].strip() or None) if 0 <= i < len(baris) else None

    wilayah = kolom("wilayah")
    if wilayah is not None and wilayah[:1].isdigit():
        return Tempat(kode=kode_wilayah.rapikan(wilayah))
    return Tempat(nama=wilayah, kecamatan=kolom("kecamatan"))


def _kolom(lembar: Lembar, teks: str) -> Kolom:
    cocok = _KOLOM.fullmatch(teks)
    if cocok is None:
        return Kolom(teks)  # not a code: the checks will say so, with a suggestion
    return Kolom(cocok["elemen"], _rincian(lembar, 1, cocok["rincian"] or ""))


def _rincian(lembar: Lembar, nomor: int, teks: str) -> tuple[tuple[str, str], ...]:
    if not teks.strip():
        return ()
    try:
        return baca_rincian(teks)
    except ValueError as salah:
        raise MasukanTidakSahError(f"{lembar.nama}, baris {nomor}: {salah}") from None

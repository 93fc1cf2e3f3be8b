"""CSV (UTF-8) and spreadsheets (XLSX, XLS, ODS) as sheets of text."""

import csv
import io
import re
import zipfile
from datetime import date, datetime, time

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from hub.base.errors import MasukanTidakSahError
from hub.services.berkas_lembar import Lembar

_LEMBAR_KERJA = (".xlsx", ".xls", ".ods")
_TANDA = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")  # how such files begin, whatever their name
_TERURAI = 256 * 2**20  # bytes a packed spreadsheet may unfold to
_AKHIR = "\x1e akhir berkas"  # a row of our own after the last one: it comes back alone unless a quote was left open
_TERKURUNG = re.compile(r"\[[^\]]*\]|\"[^\"]*\"")


def baca_lembar(nama: str, isi: bytes) -> list[Lembar]:
    """The sheets of a file. Raises MasukanTidakSahError."""
    return _lembar_kerja(nama, isi, gabungan=False) if _berlembar(nama, isi) else [_csv(nama, isi)]


def baca_daftar(nama: str, isi: bytes) -> list[Lembar]:
    """The same for lists: a cell merged over several rows stands in each of them."""
    return _lembar_kerja(nama, isi, gabungan=True) if _berlembar(nama, isi) else [_csv(nama, isi)]


def _berlembar(nama: str, isi: bytes) -> bool:
    return nama.lower().endswith(_LEMBAR_KERJA) or isi.startswith(_TANDA)


def _lembar_kerja(nama: str, isi: bytes, *, gabungan: bool) -> list[Lembar]:
    try:
        if zipfile.is_zipfile(io.BytesIO(isi)):
            with zipfile.ZipFile(io.BytesIO(isi)) as kemasan:
                terurai = sum(b.file_size for b in kemasan.infolist())
            if terurai > _TERURAI:
                raise MasukanTidakSahError(
                    f"{nama}: isinya {terurai // 2**20} MiB setelah dibuka, paling banyak {_TERURAI // 2**20} MiB; bagi berkasnya."
                )
        buku = CalamineWorkbook.from_filelike(io.BytesIO(isi))
        return [_lembar(buku.get_sheet_by_name(s), gabungan=gabungan) for s in buku.sheet_names]
    except (CalamineError, zipfile.BadZipFile):
        raise MasukanTidakSahError(
            f"{nama} tidak dapat dibaca sebagai lembar kerja (rusak, berkata sandi, atau bukan lembar kerja). Buka di aplikasi "
            "lembar kerja, hapus kata sandinya bila ada, lalu simpan ulang sebagai XLSX atau CSV UTF-8."
        ) from None


def _lembar(sheet: CalamineSheet, *, gabungan: bool) -> Lembar:
    # empty rows above the table stay, so that a finding names the row the officer sees
    baris = [[_teks(c) for c in b] for b in sheet.to_python(skip_empty_area=False)]
    if gabungan:
        for (atas, kiri), (bawah, kanan) in sheet.merged_cell_ranges or ():
            if kiri == kanan and bawah < len(baris):
                for b in baris[atas + 1 : bawah + 1]:
                    b[kiri] = b[kiri] or baris[atas][kiri]
    return Lembar(sheet.name, baris)


def _csv(nama: str, isi: bytes) -> Lembar:
    try:
        teks = isi.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise MasukanTidakSahError(f"{nama}: bukan teks UTF-8; simpan ulang sebagai CSV UTF-8.") from None
    kepala = _TERKURUNG.sub("", teks.split("\n", 1)[0])
    pemisah = ";" if kepala.count(";") > kepala.count(",") else ","
    baris, mulai = [], 1
    pembaca = csv.reader(io.StringIO(f"{teks}\n{_AKHIR}", newline=None), delimiter=pemisah)
    try:
        for satu in pembaca:
            baris.append(satu)
            terakhir, mulai = mulai, pembaca.line_num + 1
    except csv.Error:
        raise MasukanTidakSahError(
            f'{nama}: isian pada baris {mulai} terlalu panjang; barangkali tanda kutip (") di sana tidak ditutup.'
        ) from None
    if baris.pop() != [_AKHIR]:  # the last cell took in what follows it, rows and all
        raise MasukanTidakSahError(
            f'{nama}: tanda kutip (") yang dibuka pada baris {terakhir} tidak ditutup, sehingga baris-baris sesudahnya tertelan; '
            "tutup atau hapus tanda kutip itu."
        )
    return Lembar(nama, baris[:-1] if baris and not baris[-1] else baris)


def _teks(isi: object) -> str:
    if isinstance(isi, float) and isi.is_integer():
        return str(int(isi))
    if isinstance(isi, datetime) and isi.time() == time():
        isi = isi.date()
    if isinstance(isi, date):
        return isi.isoformat()
    return "" if isi is None else str(isi).replace("\0", "")

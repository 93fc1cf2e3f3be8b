"""Words that titles of columns in files of figures have in common, whatever the form: regions, status, what is left out. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from hub.base.kode import Level
from hub.rekap.draft import Column


class ColumnUse(StrEnum):
    """What a column of a file is."""

    KODE_WILAYAH = "KODE_WILAYAH"
    NAMA_WILAYAH = "NAMA_WILAYAH"  # a name, or a code, of any level
    NAMA_KECAMATAN = "NAMA_KECAMATAN"
    ELEMEN = "ELEMEN"  # figures of one element
    NAMA_ELEMEN = "NAMA_ELEMEN"  # which element the row is about: long tables
    RINCIAN = "RINCIAN"
    NILAI = "NILAI"
    STATUS = "STATUS"
    ABAIKAN = "ABAIKAN"


OF_REGIONS = frozenset((ColumnUse.KODE_WILAYAH, ColumnUse.NAMA_WILAYAH, ColumnUse.NAMA_KECAMATAN))


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a title means. `column`: of figures, the element and its choices; `level`: of regions, where the title says it;
    `personal`: it tells of persons; `fault`: what is wrong with how it is written."""

    use: ColumnUse
    column: Column | None = None
    level: Level | None = None
    personal: bool = False
    fault: str | None = None


NOT_READ = Meaning(ColumnUse.ABAIKAN)

_PROV, _KAB, _KEC, _DESA = Level
_NAMES: dict[Level | None, str] = {
    None: "wilayah|nama wilayah|daerah|nama daerah|kecamatan desa|desa kecamatan|kecamatan desa kelurahan|wilayah kerja|lokasi",
    _PROV: "provinsi|propinsi|prov|nama provinsi",
    _KAB: "kab kota|kabupaten kota|kabupaten|kota|kab|kabkota|nama kabupaten kota|nama kabupaten|nama kab kota|"
    "nama kabkota",
    _KEC: "kecamatan|kec|nama kecamatan|distrik|nama distrik",
    _DESA: "desa|kelurahan|desa kelurahan|desa kel|kel desa|kelurahan desa|nama desa|nama desa kelurahan|nama kelurahan|"
    "nama desa kel|nagari|gampong|kampung|nama nagari|nama gampong|desa nagari",
}  # fmt: skip
_CODES: dict[Level | None, str] = {
    None: "kode wilayah|kode|kode kemendagri|kemendagri|kode dagri|kode wilayah kemendagri|kemendagri kode wilayah|kode daerah",
    _PROV: "kode provinsi|kode prov|kemendagri kode provinsi",
    _KAB: "kode kabupaten kota|kode kab kota|kode kabupaten|kode kota|kode kab|kemendagri kode kabupaten kota",
    _KEC: "kode kecamatan|kode kec|kemendagri kode kecamatan",
    _DESA: "kode desa|kode desa kelurahan|kode kelurahan|kode desa kel|kemendagri kode desa|kemendagri kode desa kelurahan",
}  # fmt: skip
_LONG = {
    ColumnUse.NAMA_ELEMEN: "elemen|kode elemen|nama elemen|elemen data",
    ColumnUse.RINCIAN: "rincian|disagregasi",
    ColumnUse.NILAI: "nilai|angka",
    ColumnUse.STATUS: "status|status data|status nilai",
}
_IGNORED = (
    "no|nomor|no urut|nomor urut|nr|keterangan|ket|catatan|satuan|tahun|periode|bulan|triwulan|semester|sumber|sumber data|"
    "bps kode wilayah|bps kode desa|bps kode kecamatan|kode bps|bps kode kabupaten kota|bps kode desa kelurahan|bps nama desa|"
    "kode pos|paraf|tanda tangan|id"
)
_PERSONAL = (
    "nik|no kk|nomor kk|no ktp|alamat|nama kepala keluarga|nama penerima|nama kpm|nama kk|no hp|nomor hp|telepon|no telepon|"
    "no rekening|nomor rekening|tanggal lahir|tgl lahir|nama pendamping|nama petugas|penanggung jawab|nama lengkap"
)

OF_PERSONS = frozenset(
    [
        "nik",
        "ktp",
        "hp",
        "telp",
        "telepon",
        "whatsapp",
        "wa",
        "rekening",
        "alamat",
        "bpjs",
        "kis",
        "npwp",
        "email",
        "lahir",
        "ibu",
        "pasangan",
        "rt rw",
    ]
)
"""Words that a title of what is counted does not have, and of a list of persons does."""

WHOLE = frozenset(
    ["jumlah", "jml", "total", "semua", "seluruhnya", "l p", "jumlah l p", "total l p", "lp", "keseluruhan"]
)
"""What stands over the column that holds all choices together."""

NOISE = frozenset(["jumlah", "jml", "banyaknya", "total", "data", "realisasi", "capaian"])
"""Words that change nothing about what is counted."""

OPPOSED = frozenset(
    [
        "rencana",
        "target",
        "kuota",
        "pagu",
        "alokasi",
        "usulan",
        "calon",
        "sisa",
        "kekurangan",
        "belum",
        "tidak",
        "bukan",
        "selisih",
        "persentase",
        "persen",
    ]
)
"""Words that make another figure of the same thing: what lacks them is never meant by what has them."""

UNITS = frozenset(
    [
        "orang",
        "org",
        "jiwa",
        "kk",
        "kpm",
        "rt",
        "rp",
        "rupiah",
        "unit",
        "persen",
        "kelompok",
        "desa",
        "lembaga",
        "kasus",
        "kali",
        "dokumen",
        "kejadian",
        "butir",
        "dalam rupiah",
    ]
)

_SIZES = {
    "ribu": "ribu",
    "ribuan": "ribu",
    "juta": "juta",
    "jutaan": "juta",
    "jt": "juta",
    "miliar": "miliar",
    "milyar": "miliar",
}
_OF_SIZES = frozenset(("rp", "rupiah", "dalam", "x", *_SIZES))

_BRACKETED = re.compile(r"[(\[]([^()\[\]]*)[)\]]")


def title_key(text: str) -> str:
    """A title as it is compared: "KAB./KOTA" → "kab kota", "realisasi_kpm" → "realisasi kpm", without a unit in brackets."""
    return _letters(_BRACKETED.sub(lambda m: " " if _is_unit(m[1]) else f" {m[1]} ", text))


def size_word(parts: Iterable[str]) -> str | None:
    """ "Pagu (juta rupiah)" → "juta": what every figure below such a title is to be taken times."""
    for bracketed in _BRACKETED.findall(" ".join(parts)):
        words = _letters(bracketed).split()
        if set(words) <= _OF_SIZES and (found := next((w for w in words if w in _SIZES), None)) is not None:
            return _SIZES[found]
    return None


def _is_unit(bracketed: str) -> bool:
    words = _letters(bracketed)
    return words in UNITS or bracketed.strip() == "%" or (bool(words) and set(words.split()) <= _OF_SIZES)


def _letters(text: str) -> str:
    return " ".join("".join(h if h.isalnum() else " " for h in text.casefold()).split())


def _fixed() -> dict[str, Meaning]:
    known: dict[str, Meaning] = dict.fromkeys(_IGNORED.split("|"), NOT_READ)
    known |= {k: Meaning(ColumnUse.ABAIKAN, personal=True) for k in _PERSONAL.split("|")}
    for use, words in _LONG.items():
        known |= {k: Meaning(use) for k in words.split("|")}
    for level, words in _NAMES.items():
        use = ColumnUse.NAMA_KECAMATAN if level is _KEC else ColumnUse.NAMA_WILAYAH
        known |= {k: Meaning(use, level=level) for k in words.split("|")}
    for level, words in _CODES.items():
        known |= {k: Meaning(ColumnUse.KODE_WILAYAH, level=level) for k in words.split("|")}
    return known


FIXED = _fixed()
"""Titles, as compared, that mean the same in every form."""

"""What one row of a list says, cell by cell. Pure. Every cell that cannot be read leaves a finding with its place, and none
stops the others; an empty cell says nothing."""

import re
from decimal import Decimal

from hub.base.angka import read_angka
from hub.base.temuan import ERROR, INFO, WARNING, Location, Temuan
from hub.lembar.list_tables import places_of
from hub.lembar.list_values import read_choice, read_day, read_point, read_status, read_yes_no
from hub.lembar.row_words import is_total
from hub.lembar.written_row import written_texts
from hub.sumber_daya.checks import COLUMNS_OF_KIND
from hub.sumber_daya.list_columns import ListTable
from hub.sumber_daya.list_letters import read_surat
from hub.sumber_daya.list_row import ListRow

_PAIR = re.compile(r"(\d[\d.]*)\s*(?:l|lk|laki-laki)?\s*[/;,+&-]\s*(\d[\d.]*)\s*(?:p|pr|perempuan)?", re.IGNORECASE)
_THOUSANDS = re.compile(r"[1-9]\d{0,2}\.\d{3}")  # "1.200" m2: of a warehouse nobody writes thousandths
_FRACTIONAL = ("luas_m2", "kapasitas_m3")
_YES_NO = ("lumbung", "gardu", "rahasia", "ketua_setuju")

_PILIHAN: dict[str, dict[str, str]] = {
    "pemilik": {
        "KEMENTERIAN": "kementerian|kemensos|kementerian sosial|pusat|pemerintah pusat|kemensos ri|kementerian sosial ri",
        "PROVINSI": "provinsi|prov|pemprov|pemerintah provinsi|dinas sosial provinsi",
        "KABUPATEN": "kabupaten|kota|kab|kab/kota|kabupaten/kota|pemkab|pemkot|pemda|pemerintah kabupaten|pemerintah kota|"
        "pemerintah daerah|dinas sosial",
        "DESA": "desa|kelurahan|pemdes|pemerintah desa|desa/kelurahan",
        "MASYARAKAT": "masyarakat|swasta|yayasan|perorangan|perkumpulan|ormas|organisasi masyarakat",
    },
    "klasifikasi": {k: k.lower() for k in ("TUMBUH", "BERKEMBANG", "MAJU", "PERCONTOHAN")},
    "cakupan": {
        "KOTA": "kota|kabupaten|kab|kab/kota|kabupaten/kota|lokal|lks kota|lks kabupaten|lks kabupaten/kota",
        "PROVINSI": "provinsi|prov|lks provinsi",
        "NASIONAL": "nasional|pusat|lks nasional",
    },
    "tingkat_gudang": {
        "PUSAT": "pusat|nasional|kementerian|kemensos",
        "PROVINSI": "provinsi|prov",
        "KABUPATEN": "kabupaten|kota|kab|kab/kota|kabupaten/kota",
    },
}
_TARGET_GROUPS = {
    "lansia": "lanjut usia", "lanjut usia": "lanjut usia", "lanjut usia terlantar": "lanjut usia", "jompo": "lanjut usia",
    "anak": "anak", "anak anak": "anak", "anak-anak": "anak", "anak terlantar": "anak", "anak yatim": "anak",
    "yatim piatu": "anak", "disabilitas": "disabilitas", "penyandang disabilitas": "disabilitas", "cacat": "disabilitas",
    "penyandang cacat": "disabilitas", "difabel": "disabilitas",
}  # fmt: skip


def read_rows(table: ListTable, kind: str) -> list[ListRow]:
    """Every row of a table that is no row of totals."""
    rows = []
    for number, cells in table.rows:
        if _is_total(cells):
            message = f"Baris {number} tampaknya baris jumlah, bukan lembaga; dilewati."
            location = (Location(lembar=table.lembar, baris=number),)
            table.temuan.append(
                Temuan("BARIS_JUMLAH", INFO, message, nilai=" ".join(cells)[:80].strip(), lokasi=location)
            )
            continue
        sections = table.sections.get(number, ())
        written = {**places_of(sections), **written_texts(cells, table.columns)}
        b = ListRow(table.lembar, number, cells, table.labels, written, jenis=kind, sections=sections)
        b.note_long_texts(table.columns)
        _fill(b)
        rows.append(b)
    return rows


def _is_total(cells: list[str]) -> bool:
    return is_total(next((c for c in cells if c.strip()), ""))


def _fill(b: ListRow) -> None:
    for field_name in COLUMNS_OF_KIND[b.jenis]:
        if field_name in b.written:
            _fill_one(b, field_name)
    for field_name in ("pemilik", "rahasia"):
        if field_name in b.written:
            _fill_one(b, field_name)
    for field_name in ("alamat", "sumber"):
        if field_name in b.written:
            b.nilai[field_name] = b.written[field_name]
    for field_name in [m for m in b.written if m.endswith("/")]:
        _pair(b, field_name)
    _head(b)
    _dates(b)
    b.aktif = read_status(b)
    b.titik = read_point(b)
    read_surat(b)


def _fill_one(b: ListRow, field_name: str) -> None:
    text = b.written[field_name]
    if field_name in _PILIHAN:
        if (choice := read_choice(b, field_name, _PILIHAN[field_name])) is not None:
            b.nilai[field_name] = choice
    elif field_name in _YES_NO:
        if (answer := read_yes_no(b, field_name)) is not None:
            b.nilai[field_name] = answer
    elif field_name == "sasaran":
        b.nilai[field_name] = _TARGET_GROUPS.get(text.casefold(), text)
    elif field_name == "sumber_dana":
        b.nilai[field_name] = text.upper() if text.casefold() in ("apbn", "apbd", "dak") else text
    elif field_name in _TEXTS:
        b.nilai[field_name] = text
    elif field_name != "tahun":
        _angka(b, field_name, text)


_TEXTS = ("bidang", "ketua", "sekretariat", "pengelola")


def _angka(b: ListRow, field_name: str, text: str) -> None:
    fractional = field_name in _FRACTIONAL
    try:
        angka = read_angka(text, whole=not fractional)
    except ValueError as error:
        b.add_finding("ANGKA_TAK_TERBACA", ERROR, f"{b.labels[field_name]}: {error}.", field_name)
        return
    if not fractional and angka.nilai != int(angka.nilai):
        b.add_finding("ANGKA_PECAHAN", ERROR, f'{b.labels[field_name]}: "{text}" bukan bilangan bulat.', field_name)
        return
    nilai: int | Decimal = angka.nilai if fractional else int(angka.nilai)
    b.nilai[field_name] = nilai
    if fractional and _THOUSANDS.fullmatch(text):
        thousands = int(text.replace(".", ""))
        b.nilai[field_name] = Decimal(thousands)
        message = f'{b.labels[field_name]}: "{text}" dibaca {thousands}; bila maksudnya pecahan, tulis dengan koma.'
        b.add_finding("ANGKA_TULISAN", WARNING, message, field_name, str(thousands))
    elif angka.freely_written:
        b.add_finding(
            "ANGKA_TULISAN", INFO, f'{b.labels[field_name]}: "{text}" dibaca {nilai}.', field_name, str(nilai)
        )


def _pair(b: ListRow, field_name: str) -> None:
    """ "12/8" under "Anggota L/P"; a number alone is that of all."""
    people_column, text = field_name[:-1], b.written[field_name]
    if match := _PAIR.fullmatch(text):
        for column, angka in ((f"{people_column}_l", match[1]), (f"{people_column}_p", match[2])):
            b.nilai.setdefault(column, int(angka.replace(".", "")))
        return
    try:
        b.nilai.setdefault(people_column, int(read_angka(text, whole=True).nilai))
    except ValueError:
        b.add_finding(
            "ANGKA_TAK_TERBACA", ERROR, f'{b.labels[field_name]}: "{text}" bukan dua angka seperti 12/8.', field_name
        )


def _head(b: ListRow) -> None:
    """A name is kept where the row itself says that its bearer agreed."""
    if "ketua" in b.nilai and b.nilai.get("ketua_setuju") is not True:
        del b.nilai["ketua"]
        b.without_consent = True


def _dates(b: ListRow) -> None:
    for field_name in ("sejak", "sampai"):
        if field_name not in b.written:
            continue
        day = read_day(b, field_name)
        if day is not None:
            b.nilai[field_name] = day
            if field_name == "sejak" and "tahun" in COLUMNS_OF_KIND[b.jenis]:
                b.nilai["tahun"] = day.year

"""The columns of a list of social resources, whatever its office calls them. Pure.

A header is compared without capitals, dots, slashes and repeated spaces ("Kab/Kota", "KAB. KOTA" → "kab kota"). Two rows of
headers ("Anggota" over "L" and "P") are read as one. What holds personal data that the hub does not keep is known by name,
so that it can be said and left out.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from hub.base.temuan import ERROR, WARNING, Location, Temuan
from hub.lembar.list_titles import header_key, is_personal_title, not_stored, unknown_column
from hub.lembar.sheet import Sheet
from hub.sumber_daya.list_region_titles import POINT_TITLES, REGION_TITLES

_COMMON = {
    "no": "no|nomor|no urut|nomor urut|baris asal|temuan hub",  # the last two: of a list of rows that were left out
    "id": "id|id hub",
    "nama": "nama|nama lembaga|nama lks|lks|nama panti|panti|nama puskesos|puskesos|nama slrt|slrt|nama gudang|gudang|nama ksb|"
    "ksb|nama karang taruna|karang taruna|nama kt|nama lk3|lk3|nama rumah singgah|rumah singgah|nama organisasi|nama kampung siaga "
    "bencana|kampung siaga bencana|lembaga|nama lembaga kesejahteraan sosial",
    **REGION_TITLES,
    "alamat": "alamat|alamat lengkap|alamat lembaga|alamat kantor|alamat panti|alamat lks|lokasi",
    "pemilik": "pemilik|kepemilikan|status kepemilikan|milik|status pemilik",
    "sejak": "sejak|berdiri|tanggal berdiri|tgl berdiri|mulai|tahun berdiri|tahun pendirian|tahun pembentukan|tahun dibentuk|"
    "tanggal dibentuk|tanggal pembentukan",
    "sampai": "tutup|tanggal tutup|tgl tutup|bubar|tanggal bubar|berakhir",
    "status": "status|keadaan|status kinerja|status aktif|aktif|keaktifan|kondisi|aktif tidak aktif",
    **POINT_TITLES,
    "rahasia": "rahasia|dirahasiakan",
    "sumber": "sumber|sumber data",
    "nomor_sk": "no sk|nomor sk|sk|sk nomor|sk no|no surat keputusan|nomor surat keputusan|no sk pengukuhan|no sk pendirian|"
    "nomor sk pengukuhan|nomor sk pendirian|surat keputusan",
    "tanggal_sk": "tgl sk|tanggal sk|sk tanggal|sk tgl|tanggal surat keputusan|tahun sk|sk tahun",
    "nomor_tanggal_sk": "no tgl sk|no tanggal sk|nomor tanggal sk|nomor dan tanggal sk|no dan tgl sk|no dan tanggal sk|sk no tgl|"
    "no dan tgl surat keputusan|nomor tgl sk",
    "masa_sk": "masa bakti|masa berlaku sk|masa bhakti|masa kepengurusan|periode kepengurusan",
}  # fmt: skip

_WITH_SURAT = {
    "nomor_tanda_daftar": "nomor tanda daftar|no tanda daftar|tanda daftar|nomor izin operasional|no izin operasional|nomor "
    "registrasi|no registrasi|nomor tanda pendaftaran|no tanda pendaftaran|no izin|nomor izin|no tanda daftar lks",
    "tanggal_tanda_daftar": "tanggal tanda daftar|tgl tanda daftar|berlaku sejak|mulai berlaku|tanggal izin operasional|"
    "tgl izin operasional|berlaku mulai|tahun tanda daftar",
    "masa_tanda_daftar": "masa berlaku|masa berlaku tanda daftar|berlaku sampai|berlaku s d|masa berlaku s d|masa berlaku izin|"
    "masa berlaku sampai|berlaku hingga|tanggal berakhir tanda daftar|masa berlaku izin operasional|berlaku sampai dengan",
    "akreditasi": "akreditasi|nilai akreditasi|peringkat akreditasi|hasil akreditasi|status akreditasi|akreditasi peringkat|"
    "akreditasi nilai|grade|akreditasi grade|grade akreditasi",
    "mulai_akreditasi": "tahun akreditasi|tanggal akreditasi|tgl akreditasi|akreditasi tahun|akreditasi tanggal|akreditasi sejak",
    "masa_akreditasi": "masa berlaku akreditasi|akreditasi sampai|akreditasi berlaku sampai|akreditasi masa berlaku",
    "nomor_akreditasi": "no sertifikat akreditasi|nomor sertifikat akreditasi|nomor akreditasi|no akreditasi|no sertifikat|"
    "nomor sertifikat|akreditasi nomor|akreditasi no",
}  # fmt: skip


def _people(field_name: str, *labels: str, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """Columns that count people, by sex and in all. `labels`: what they are called; none: as the field. `more`: more
    headers, by the ending of the field."""
    patterns = {
        "_l": "{0} l|{0} laki laki|{0} laki|{0} lk|{0} pria|jumlah {0} l|jumlah {0} laki laki|jumlah {0} lk",
        "_p": "{0} p|{0} perempuan|{0} pr|{0} wanita|jumlah {0} p|jumlah {0} perempuan|jumlah {0} pr",
        "": "{0}|jumlah {0}|jml {0}|{0} jumlah|{0} jml|total {0}|{0} total|jumlah {0} jumlah|jumlah {0} jml|jumlah {0} total",
        "/": "{0} l p|jumlah {0} l p|{0} lk pr|{0} laki laki perempuan",
    }
    headers = {field_name + ending: [p.format(s) for s in labels or (field_name,)] for ending, p in patterns.items()}
    for ending, spellings in (more or {}).items():
        headers[field_name + ending].append(spellings)
    return {m: "|".join(spellings) for m, spellings in headers.items()}


_CLIENTS = _people(
    "klien", "klien", "penghuni", "warga binaan", "anak asuh", "penerima manfaat",
    more={
        "_l": "laki laki|laki|l|lk|jumlah laki laki",
        "_p": "perempuan|p|pr|jumlah perempuan|wanita",
        "": "jumlah|jml|total|jumlah anak",
        "/": "laki laki perempuan|l p",
    },
)  # fmt: skip
_CAPACITY = {"daya_tampung": "daya tampung|kuota|kapasitas|kapasitas tampung|kapasitas orang|daya tampung orang"}
_TARGET_GROUP = {
    "sasaran": "sasaran|sasaran layanan|sasaran pelayanan|jenis sasaran|jenis ppks|ppks|jenis klien|jenis panti|kelompok sasaran"
}
_SERVICE_FIELD = {
    "bidang": "bidang|bidang pelayanan|jenis pelayanan|bidang layanan|bidang kegiatan|jenis layanan|jenis kegiatan"
}
_HEAD = {
    "ketua": "ketua|nama ketua|pimpinan|nama pimpinan|kepala|nama kepala|kepala panti|ketua lembaga|ketua lks|pengurus ketua|"
    "penanggung jawab|nama penanggung jawab",
    "ketua_setuju": "ketua setuju|setuju|persetujuan|persetujuan ketua|izin ketua|izin nama|setuju nama dibuka|"
    "persetujuan nama dibuka",
}
_CAKUPAN = {
    "cakupan": "cakupan|lingkup|lingkup wilayah|lingkup wilayah kerja|wilayah kerja|jenis lks|lingkup lks|cakupan lks"
}
_FUNDING = {"sumber_dana": "sumber dana|dana|anggaran|sumber anggaran|pendanaan"}
_OFFICERS = {
    "sejak": "tahun",
    "petugas_depan": "front office|fo|petugas fo|petugas depan|petugas front office|jumlah fo|jumlah front office",
    "petugas_belakang": "back office|bo|petugas bo|petugas belakang|petugas back office|jumlah bo|jumlah back office",
    "pengaduan_masuk": "pengaduan masuk|jumlah pengaduan|pengaduan|pengaduan yang masuk|jumlah pengaduan masuk",
    "pengaduan_selesai": "pengaduan selesai|pengaduan yang selesai|selesai|jumlah pengaduan selesai|pengaduan ditangani",
}

_OF_KIND: dict[str, tuple[dict[str, str], ...]] = {
    "LKS": (_WITH_SURAT, _CLIENTS, _CAPACITY, _TARGET_GROUP, _SERVICE_FIELD, _HEAD, _CAKUPAN),
    "PANTI": (_WITH_SURAT, _CLIENTS, _CAPACITY, _TARGET_GROUP, _SERVICE_FIELD, _HEAD, _CAKUPAN),
    "LK3": (_WITH_SURAT, _CLIENTS, _SERVICE_FIELD),
    "RUMAH_SINGGAH": (_WITH_SURAT, _CLIENTS, _CAPACITY, _TARGET_GROUP),
    "SLRT": (_OFFICERS, {"sekretariat": "sekretariat|lokasi sekretariat|alamat sekretariat", **_FUNDING}),
    "PUSKESOS": (_OFFICERS, {"pengelola": "pengelola|lembaga pengelola|dikelola oleh", **_FUNDING}),
    "GUDANG_BENCANA": (
        {
            "tingkat_gudang": "tingkat|tingkat gudang|level|jenis gudang",
            "luas_m2": "luas|luas m2|luas gudang|luas gudang m2|luas bangunan|luas bangunan m2|luas m",
            "kapasitas_m3": "kapasitas|kapasitas m3|volume|volume m3|kapasitas gudang|kapasitas gudang m3|kapasitas m",
        },
    ),
    "KAMPUNG_SIAGA_BENCANA": (
        {"lumbung": "lumbung|lumbung sosial|ada lumbung", "gardu": "gardu|gardu sosial|ada gardu"},
        _people("anggota"),
    ),
    "KARANG_TARUNA": (
        _people("anggota"),
        _people("pengurus"),
        {"klasifikasi": "klasifikasi|klasifikasi karang taruna|kategori|tipe|tipe karang taruna|klasifikasi kt|tingkat"},
    ),
}  # fmt: skip

_SUBHEADER = re.compile(
    r"laki laki|perempuan|pria|wanita|l|p|lk|pr|jml|jumlah|total|no|nomor|tgl|tanggal|tahun|peringkat|nilai|grade"
)
_TOP_ROWS = 30  # rows in which a header is looked for
_IDENTIFYING = frozenset(("nama", "desa", "kode_desa", "kabupaten", "alamat", "id"))


@dataclass(frozen=True, slots=True)
class ListTable:
    """A sheet whose columns are known. `columns`: place in the row → field; `labels`: field → header as written; `rows`:
    (row number from 1, cells) below the header; `header`: the header as written."""

    lembar: str
    header: list[str]
    columns: Mapping[int, str]
    rows: list[tuple[int, list[str]]]
    labels: Mapping[str, str]
    temuan: list[Temuan] = field(default_factory=list)


def fields_by_header(kind: str) -> dict[str, str]:
    """Header as compared → field, for one kind of social resource."""
    fields: dict[str, str] = {}
    for part in (_COMMON, *_OF_KIND[kind]):
        for field_name, spellings in part.items():
            fields |= dict.fromkeys(spellings.split("|"), field_name)
    return fields


def read_table(lembar: Sheet, kind: str) -> ListTable | None:
    """The table in a sheet; None where no row of it is a header."""
    known = fields_by_header(kind)
    for number, row in enumerate(lembar.rows[:_TOP_ROWS]):
        field_names = {known.get(header_key(k)) for k in row} - {None, "no"}
        if len(field_names) < 2 or not field_names & _IDENTIFYING:
            continue
        header, start = [" ".join(k.split()) for k in row], number + 1
        below = lembar.rows[start] if start < len(lembar.rows) else []
        if _is_second_header(below):
            header, start = _join_headers(header, below), start + 1
        return _table(lembar, kind, header, start, known)
    return None


def _is_second_header(row: list[str]) -> bool:
    keys = [header_key(k) for k in row if k.strip()]
    return len(keys) >= 2 and all(_SUBHEADER.fullmatch(k) for k in keys)


def _join_headers(above: list[str], below: list[str]) -> list[str]:
    """ "Anggota" over "L" and "P" → "Anggota L", "Anggota P"."""
    joined, parent = [], ""
    for i in range(max(len(above), len(below))):
        a = above[i] if i < len(above) else ""
        b = " ".join(below[i].split()) if i < len(below) else ""
        parent = a or parent
        joined.append(f"{parent} {b}" if b and header_key(b) != header_key(parent) else a)
    return joined


def _table(lembar: Sheet, kind: str, header: list[str], start: int, known: Mapping[str, str]) -> ListTable:
    rows = [(n, b) for n, b in enumerate(lembar.rows[start:], start + 1) if any(c.strip() for c in b)]
    if rows and _only_numbers(rows[0][1]):
        rows = rows[1:]
    columns: dict[int, str] = {}
    labels: dict[str, str] = {}
    temuan: list[Temuan] = []
    for i, k in enumerate(header):
        key = header_key(k)
        filled = [(n, b[i]) for n, b in rows if i < len(b) and b[i].strip()]
        field_name = known.get(key)
        location = (Location(lembar=lembar.name, baris=start, kolom=k or f"ke-{i + 1}"),)
        if field_name is not None and (field_name not in labels or field_name == "no"):
            columns[i], labels[field_name] = field_name, k
        elif field_name is not None:
            message = f'Kolom "{k}" ada dua kali ("{labels[field_name]}" dan "{k}"); sisakan satu.'
            temuan.append(Temuan("KOLOM_GANDA", ERROR, message, nilai=k, lokasi=location))
        elif filled and _is_personal(key):
            temuan.append(not_stored(k, len(filled), location))
        elif filled:
            temuan.append(unknown_column(k, len(filled), kind, known, location))
    return ListTable(lembar.name, header, columns, rows, labels, temuan)


def _is_personal(key: str) -> bool:
    return is_personal_title(key) or key in _HEAD["ketua"].split("|") or key in _HEAD["ketua_setuju"].split("|")


def personal_data(table: ListTable, field_name: str, row_numbers: Iterable[int]) -> Temuan | None:
    """The same for a column that is known and whose rows lack the consent it needs."""
    numbers = list(row_numbers)
    if not numbers:
        return None
    column = table.labels[field_name]
    message = (
        f'Kolom "{column}" ({len(numbers)} baris) berisi nama orang tanpa persetujuan; tidak disimpan. Nama ketua hanya disimpan '
        'bila kolom "Ketua Setuju" berisi ya.'
    )
    locations = tuple(Location(lembar=table.lembar, baris=n, kolom=column) for n in numbers[:10])
    return Temuan("DATA_PRIBADI", WARNING, message, nilai=column, lokasi=locations)


def _only_numbers(row: list[str]) -> bool:
    """Whether a row only numbers the columns: 1, 2, 3 or (1), (2), (3)."""
    cells = [c.strip().strip("().") for c in row if c.strip()]
    return len(cells) > 2 and cells == [str(n) for n in range(1, len(cells) + 1)]

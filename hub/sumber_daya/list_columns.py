"""The columns of a list of social resources, whatever its office calls them. Pure.

A header is compared without capitals, dots, slashes and repeated spaces ("Kab/Kota", "KAB. KOTA" → "kab kota"). What holds personal
data that the hub does not keep is known by name, so that it can be said and left out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from hub.base.temuan import ERROR, INFO, WARNING, Location, Temuan
from hub.lembar.find_tables import find_tables
from hub.lembar.list_titles import header_key, is_personal_title, not_stored, unknown_column
from hub.lembar.row_words import is_total, is_unit
from hub.lembar.sheet import Sheet
from hub.lembar.table import Table
from hub.lembar.table_findings import Counting, seen_sheets, sheets_left_out, table_findings
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

_HEADS = frozenset("|".join((_HEAD["ketua"], _HEAD["ketua_setuju"])).split("|"))
_IDENTIFYING = frozenset(("nama", "desa", "kode_desa", "kabupaten", "alamat", "id"))
_PLACES = frozenset(
    ("kabupaten", "kecamatan", "desa", "kode_desa")
)  # fields that are the same whatever stands above their title
_PEOPLE = ("klien", "anggota", "pengurus")
_FIGURES = frozenset((
    *(f"{who}{which}" for who in _PEOPLE for which in ("", "_l", "_p", "/")), "daya_tampung", "petugas_depan", "petugas_belakang",
    "pengaduan_masuk", "pengaduan_selesai", "luas_m2", "kapasitas_m3",
))  # fmt: skip
_SHORT = 12  # letters: row numbers are no longer


@dataclass(frozen=True, slots=True)
class ListTable:
    """A table whose columns are known. `columns`: place in the row → field; `labels`: field → header as written; `rows`:
    (row number from 1, cells) below the header; `header`: the header as written; `sections`: row number → the section
    rows above it, as written."""

    lembar: str
    header: list[str]
    columns: Mapping[int, str]
    rows: list[tuple[int, list[str]]]
    labels: Mapping[str, str]
    temuan: list[Temuan] = field(default_factory=list)
    sections: Mapping[int, tuple[str, ...]] = field(default_factory=dict)


class ListTitles:
    """The headers of lists of one kind of social resource."""

    def __init__(self, kind: str) -> None:
        self.known = fields_by_header(kind)

    def field(self, parts: tuple[str, ...]) -> str | None:
        """The field that a column of these titles is, from the top one down; None: none that is kept."""
        if not parts:
            return None
        found = self.known.get(header_key(" ".join(parts)))
        if found is None and len(parts) > 1:
            last = self.known.get(header_key(parts[-1]))
            if last in _PLACES and not is_personal(parts[:-1]):
                found = last
            elif is_unit(parts[-1]):
                found = self.field(parts[:-1])
        return found

    def sureness(self, parts: tuple[str, ...]) -> float:
        return 0.0 if self.field(parts) in (None, "no") else 1.0

    def identifies(self, parts: tuple[str, ...]) -> bool:
        return self.field(parts) in _IDENTIFYING


def fields_by_header(kind: str) -> dict[str, str]:
    """Header as compared → field, for one kind of social resource."""
    fields: dict[str, str] = {}
    for part in (_COMMON, *_OF_KIND[kind]):
        for field_name, spellings in part.items():
            fields |= dict.fromkeys(spellings.split("|"), field_name)
    return fields


def read_lists(sheets: Iterable[Sheet], kind: str) -> tuple[list[ListTable], list[Temuan]]:
    """The tables of all sheets that are shown, and what there is to say of the other sheets."""
    seen, temuan = seen_sheets(sheets)
    tables, read = [], []
    for sheet in seen:
        for table in find_tables(sheet, ListTitles(kind)):
            if (found := _list_of(table, kind)) is not None:
                tables.append(found)
                read.append(table)
    return tables, [*temuan, *sheets_left_out(seen, read, "sedikitnya Nama atau Desa")]


def _list_of(table: Table, kind: str) -> ListTable | None:
    titles = ListTitles(kind)
    meant = [titles.field(c.parts) for c in table.columns]
    names = set(meant) - {None, "no"}
    if len(names) < 2 or not names & _IDENTIFYING:
        return None
    columns: dict[int, str] = {}
    labels: dict[str, str] = {}
    temuan: list[Temuan] = []
    lembar = table.sheet.name
    for column, field_name in zip(table.columns, meant, strict=True):
        title, i = column.title, column.place
        filled = [r.cells[i] for r in table.rows if r.cells[i]]
        location = (Location(lembar=lembar, baris=table.header[-1], kolom=title or f"ke-{i + 1}"),)
        if field_name == "id" and filled and not any(":" in c or len(c) > _SHORT for c in filled):
            field_name = "no"
            message = f'Kolom "{title}" tidak berisi id hub; dibaca sebagai nomor baris.'
            temuan.append(Temuan("KOLOM_TAK_DIKENAL", INFO, message, nilai=title, lokasi=location))
        if field_name is not None and (field_name not in labels or field_name == "no"):
            columns[i], labels[field_name] = field_name, title
        elif field_name is not None:
            message = f'Kolom "{title}" ada dua kali ("{labels[field_name]}" dan "{title}"); sisakan satu.'
            temuan.append(Temuan("KOLOM_GANDA", ERROR, message, nilai=title, lokasi=location))
        elif filled and is_personal(column.parts):
            temuan.append(not_stored(title, len(filled), location))
        elif filled:
            temuan.append(unknown_column(title, len(filled), kind, titles.known, location))
    counting = Counting(
        [i for i, f in columns.items() if f != "no"],
        [i for i, f in columns.items() if f in _FIGURES],
        [r for r in table.rows if not is_total(next((c for c in r.cells if c), ""))],
    )
    temuan += table_findings(table, counting)
    sections = {r.number: r.sections for r in table.rows if r.sections}
    rows = [(r.number, r.cells) for r in table.rows]
    return ListTable(lembar, [c.title for c in table.columns], columns, rows, labels, temuan, sections)


def is_personal(titles: Iterable[str]) -> bool:
    """Whether one of the titles above a column says that it is of persons, or all of them together."""
    keys = [header_key(t) for t in titles]
    return any(is_personal_title(k) or k in _HEADS for k in (*keys, " ".join(keys)))


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

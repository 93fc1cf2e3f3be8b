"""The template of a list of social resources of one kind. Pure. Names of persons are not asked for: what the hub may keep of them
needs their consent."""

from collections.abc import Sequence

from hub.lembar.list_template import ListColumn, ListTemplate
from hub.sumber_daya.checks import COLUMNS_OF_KIND, SURAT_OF_KIND

SEND = (
    "Simpan sebagai XLSX, lalu unggah dengan unggahSumberDaya (jenisnya seperti di judul), atau serahkan kepada pengelola hub (hub import "
    "sumber-daya). Uji dahulu: hub menyebut setiap baris yang perlu diperbaiki."
)
DAY = "Hari, bulan dan tahun: 5-3-2021"
_YES_NO = ("ya", "tidak")
_NOT_ASKED = ("ketua", "ketua_setuju", "tahun", "klien", "anggota", "pengurus")
_COLUMNS = {
    "sasaran": ListColumn("Sasaran", "Siapa yang dilayani", choices=("anak", "lanjut usia", "disabilitas"), strict=False),
    "daya_tampung": ListColumn("Daya Tampung", "Orang", number="whole"),
    "klien_l": ListColumn("Klien Laki-laki", "Orang", number="whole"),
    "klien_p": ListColumn("Klien Perempuan", "Orang", number="whole"),
    "bidang": ListColumn("Bidang Pelayanan", "Dengan kata sendiri", width=24),
    "cakupan": ListColumn("Cakupan", "Wilayah kerjanya", choices=("Kabupaten/Kota", "Provinsi", "Nasional")),
    "sekretariat": ListColumn("Sekretariat", "Tempat sekretariatnya", width=24),
    "pengelola": ListColumn("Pengelola", "Lembaga yang mengelola", width=24),
    "sumber_dana": ListColumn("Sumber Dana", "Dari mana dananya", choices=("APBN", "APBD", "DAK"), strict=False),
    "petugas_depan": ListColumn("Front Office", "Orang", number="whole"),
    "petugas_belakang": ListColumn("Back Office", "Orang", number="whole"),
    "pengaduan_masuk": ListColumn("Pengaduan Masuk", "Banyaknya pengaduan", number="whole"),
    "pengaduan_selesai": ListColumn("Pengaduan Selesai", "Banyaknya yang selesai", number="whole"),
    "tingkat_gudang": ListColumn("Tingkat Gudang", "Milik tingkat mana", choices=("Pusat", "Provinsi", "Kabupaten/Kota")),
    "luas_m2": ListColumn("Luas (m2)", "Meter persegi", number="decimal"),
    "kapasitas_m3": ListColumn("Kapasitas (m3)", "Meter kubik", number="decimal"),
    "lumbung": ListColumn("Lumbung", "Ada lumbung sosial", choices=_YES_NO),
    "gardu": ListColumn("Gardu", "Ada gardu sosial", choices=_YES_NO),
    "anggota_l": ListColumn("Anggota Laki-laki", "Orang", number="whole"),
    "anggota_p": ListColumn("Anggota Perempuan", "Orang", number="whole"),
    "pengurus_l": ListColumn("Pengurus Laki-laki", "Orang", number="whole"),
    "pengurus_p": ListColumn("Pengurus Perempuan", "Orang", number="whole"),
    "klasifikasi": ListColumn("Klasifikasi", "", choices=("Tumbuh", "Berkembang", "Maju", "Percontohan")),
}  # fmt: skip
_REGISTRATION = (
    ListColumn("Nomor Tanda Daftar", "Seperti tertulis di suratnya", width=24),
    ListColumn("Tanggal Tanda Daftar", f"Hari pertama berlaku. {DAY}", width=20),
    ListColumn("Berlaku Sampai", f"Hari terakhir berlaku. {DAY}"),
)
_ACCREDITATION = (
    ListColumn("Akreditasi", "Peringkatnya; kosongkan bila belum", choices=("A", "B", "C")),
    ListColumn("Tanggal Akreditasi", f"Hari pertama berlaku. {DAY}", width=20),
    ListColumn("Akreditasi Sampai", f"Hari terakhir berlaku. {DAY}", width=20),
)
_PAPER = (
    ListColumn("Nomor SK", "Seperti tertulis di suratnya", width=24),
    ListColumn("Tanggal SK", f"Hari pertama berlaku. {DAY}"),
)


def region_columns(desa: Sequence[str]) -> tuple[ListColumn, ...]:
    """`desa`: those of the office, "53.14.01.2005 Oeseli"; none: they are written by name."""
    if desa:
        how = "Pilih dari daftar: kode dan namanya"
        return (ListColumn("Desa/Kelurahan", how, must=True, choices=tuple(desa), width=36),)
    return (
        ListColumn("Kab/Kota", "Nama atau kodenya; tidak perlu dalam daftar satu kabupaten/kota", width=24),
        ListColumn("Kecamatan", "Nama kecamatannya", width=24),
        ListColumn("Desa/Kelurahan", "Nama atau kode desanya, seperti 53.14.01.2005", must=True, width=24),
    )


def template(kind: str, desa: Sequence[str]) -> ListTemplate:
    """`kind`: one of `hub.sumber_daya.tables.KINDS`."""
    papers = SURAT_OF_KIND[kind]
    owners = ("Kabupaten/Kota", "Desa", "Masyarakat")  # what a kabupaten may record
    own = (_COLUMNS[f] for f in COLUMNS_OF_KIND[kind] if f not in _NOT_ASKED)
    required = {"PANTI": ("Sasaran", "Daya Tampung")}.get(kind, ())
    columns = (
        ListColumn("Nama", "Nama lembaganya", must=True, width=36),
        *region_columns(desa),
        ListColumn("Alamat", "Jalan dan nomornya; bukan alamat orang", width=30),
        ListColumn(
            "Pemilik", "Milik siapa", must=True,
            choices=owners if desa else ("Kementerian", "Provinsi", *owners),
        ),
        ListColumn("Sejak", f"Hari pertama ada. {DAY}", must=True),
        *(_must(c) if c.title in required else c for c in own),
        *(_REGISTRATION if "TANDA_DAFTAR" in papers else ()),
        *(_ACCREDITATION if "AKREDITASI" in papers else ()),
        *_PAPER,
        ListColumn("Lintang", "Derajat desimal, selatan negatif: -10.73"),
        ListColumn("Bujur", "Derajat desimal: 123.05"),
    )  # fmt: skip
    words = kind.replace("_", " ")
    notes = (
        "Satu baris satu lembaga. Jangan menulis nama, NIK atau nomor telepon orang: hub tidak menyimpannya.",
        "Tempat perlindungan korban: tambah kolom Rahasia, isi ya, dan kosongkan lintang serta bujurnya.",
    )
    return ListTemplate(f"sumber-daya {kind}", f"Daftar {words}", columns, SEND, notes)


def _must(column: ListColumn) -> ListColumn:
    return ListColumn(
        column.title, column.how, must=True, choices=column.choices, strict=column.strict, number=column.number,
        width=column.width,
    )  # fmt: skip

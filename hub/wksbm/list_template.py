"""The template of a list of networks (WKSBM). Pure."""

from collections.abc import Sequence

from hub.katalog.katalog import Katalog
from hub.lembar.list_template import ListColumn, ListTemplate
from hub.sumber_daya.list_template import DAY, region_columns


def template(katalog: Katalog, desa: Sequence[str]) -> ListTemplate:
    kinds = tuple(e.nama for e in katalog.code_lists.get("PSKS", ()))
    activities = tuple(f"{e.kode} {e.nama}" for e in katalog.code_lists.get("KEGIATAN_WKSBM", ()))
    columns = (
        ListColumn("Nama WKSBM", "Nama jejaringnya; kosongkan pada baris anggota berikutnya", must=True, width=30),
        *region_columns(desa),
        ListColumn("Tanggal Berdiri", DAY, must=True),
        ListColumn("Tahap", "Tahap yang sekarang", choices=("Penumbuhan", "Pemantapan", "Pengembangan")),
        ListColumn("Tahap Sejak", f"Sejak kapan di tahap itu. {DAY}"),
        ListColumn("Balai", "Tempat kegiatannya", width=24),
        ListColumn("Dokumen", "Nomor SK atau dasar pembentukannya", width=24),
        ListColumn("Anggota", "Nama satu kelompok; yang lain di baris berikutnya", width=30),
        ListColumn("Jenis Anggota", "Jenis kelompoknya", choices=kinds, width=30),
        ListColumn("Anggota Sejak", f"Hari bergabung. {DAY}"),
        ListColumn("Kegiatan", "Satu kegiatan: kode dan namanya", choices=activities, width=30),
        ListColumn("Tanggal Kegiatan", f"Hari dilaksanakan. {DAY}", width=18),
        ListColumn("Uraian Kegiatan", "Dengan kata sendiri", width=30),
        ListColumn("Lintang", "Derajat desimal, selatan negatif: -10.73"),
        ListColumn("Bujur", "Derajat desimal: 123.05"),
    )  # fmt: skip
    send = (
        "Simpan sebagai XLSX, lalu serahkan kepada pengelola hub (hub import wksbm; dengan --uji lebih dahulu: hub menyebut "
        "setiap baris yang perlu diperbaiki)."
    )
    notes = (
        "Satu baris satu jejaring, satu anggota atau satu kegiatan. Baris tanpa nama WKSBM dan desa melanjutkan baris di atasnya.",
        "Anggota adalah kelompok, bukan orang: jangan menulis nama orang.",
    )
    return ListTemplate("wksbm", "Daftar jejaring WKSBM", columns, send, notes)

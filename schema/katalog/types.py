"""GraphQL types of the catalogue."""

from enum import Enum
from typing import TYPE_CHECKING, Annotated

import strawberry

from hub.katalog import reads as rows
from schema.engine.declare import column, expression, relation
from schema.scalars import Desimal

if TYPE_CHECKING:
    from schema.wilayah.types import TingkatWilayah

_Level = Annotated["TingkatWilayah", strawberry.lazy("schema.wilayah.types")]


@strawberry.enum(
    description="Cara angka beberapa periode digabung: dijumlahkan, diambil yang terakhir, dirata-rata, atau tidak."
)
class AgregasiElemen(Enum):
    JUMLAH = "JUMLAH"
    TERAKHIR = "TERAKHIR"
    RERATA = "RERATA"
    TIDAK = "TIDAK"


@strawberry.enum(description="Cara angka beberapa wilayah digabung.")
class AgregasiWilayah(Enum):
    JUMLAH = "JUMLAH"
    HITUNG = strawberry.enum_value("HITUNG", description="Dihitung dari daftar (lembaga, wilayah).")
    HITUNG_ULANG = strawberry.enum_value("HITUNG_ULANG", description="Dihitung kembali dari angka dasarnya.")
    TIDAK = "TIDAK"


@strawberry.enum(description="Berat temuan: GALAT ditolak, PERINGATAN perlu dilihat, INFO sekadar catatan.")
class TingkatTemuan(Enum):
    GALAT = "GALAT"
    PERINGATAN = "PERINGATAN"
    INFO = "INFO"


@strawberry.federation.type(
    shareable=True, description="Satu butir daftar kode, atau satu pilihan rincian, dalam kata."
)
class ButirKode:
    kode: str = column("Kodenya; sebagai pilihan rincian, inilah yang disimpan.")
    nama: str = column("Namanya.")
    definisi: str | None = column("Artinya dalam satu kalimat; menurut sumber pertama yang menyebutkannya.")
    kriteria: list[str] = expression("Kriterianya, dari semua sumber.", rows.criteria)
    alias: list[str] = expression(
        "Sebutan lain atau lama; diterima sebagai masukan, lalu dibaca sebagai butir ini.", rows.other_names
    )
    sensitif: int = column("Kepekaan 0-3, seperti pada elemen.")
    dari_tanggal: int | None = column(
        "Bila butir ini jendela waktu, misalnya masa usulan data terpadu: tanggal pertamanya tiap bulan, 1-31."
    )
    sampai_tanggal: int | None = column(
        "Tanggal terakhirnya tiap bulan, 1-31; bulan yang lebih pendek berakhir pada hari terakhirnya."
    )


@strawberry.federation.type(
    shareable=True, description="Daftar kode, misalnya jenis PPKS, sebagaimana berlaku pada satu hari."
)
class DaftarKode:
    kode: str = column("Kode daftar, misalnya PPKS.")
    nama: str = expression("Nama daftar.", rows.list_name)
    sumber: str = expression("Sumbernya, misalnya peraturan yang menetapkannya.", rows.list_source)
    versi: int = column("Nomor versi; naik tiap kali isinya berubah.")
    butir: list[ButirKode] = relation("Isinya, dalam urutannya.", rows.list_entries, rows=30)


@strawberry.federation.type(
    shareable=True, description="Rincian yang boleh disertakan pada satu elemen, misalnya jenis kelamin."
)
class Rincian:
    kode: str = column("Nama rincian dalam masukan dan jawaban.")
    nama: str = column("Arti rincian.")
    pilihan: list[str] = expression("Pilihan yang dikenal.", rows.choices)
    butir: list[ButirKode] = relation("Pilihan yang dikenal, dalam kata.", rows.choices_in_words, rows=8)
    lengkap: bool = expression(
        "Semua pilihannya bersama-sama adalah angka seluruhnya: menjumlah dan tidak terbuka. Hanya rincian seperti ini membentuk jumlah, "
        "dan hanya bila semua pilihannya terisi.",
        rows.adds_up_whole,
    )
    terbuka: bool = column("Pilihan lain di luar daftar diterima.")
    menjumlah: bool = column("Jumlah semua pilihannya sama dengan angka tanpa rincian ini.")


@strawberry.federation.type(keys=["kode"], description="Satu angka yang dilaporkan kabupaten/kota.")
class Elemen:
    kode: str = column("Kode elemen, misalnya BAN01.")
    nama: str = column("Nama elemen.")
    satuan: str = column("Satuan angka.")
    tingkat: _Level = expression("Tingkat wilayah terhalus pelaporannya.", rows.level)
    agregasi: AgregasiElemen = expression("Penggabungan antarperiode.", rows.aggregation)
    agregasi_wilayah: AgregasiWilayah = column("Penggabungan antarwilayah.")
    frekuensi: str = column("Kekerapan: KEJADIAN, BULAN, TRIWULAN, SEMESTER, TAHUN.")
    rincian: list[Rincian] = relation("Rincian yang dikenal.", rows.breakdowns, rows=2)
    sensitif: int = column(
        "Kepekaan 0-3, untuk umum: mulai 1 angka kecil dirahasiakan, dengan angka lain seperlunya; 2 tidak diperlihatkan di bawah "
        "kecamatan, 3 tidak di bawah kabupaten/kota. "
        "Data per nama tidak disimpan."
    )
    definisi: str | None = column("Definisi.")
    registri: _Level | None = expression(
        "Tingkat wilayah yang dihitung hub dari daftar wilayah untuk angka ini; null: angkanya dilaporkan.",
        rows.counted_level,
    )
    bulat: bool = column("Hanya bilangan bulat.")
    minimum: Desimal | None = column(
        "Angka terkecil yang wajar; null: tidak ada. Pilihan rincian yang bersatuan sendiri memakai batas satuannya."
    )
    maksimum: Desimal | None = column("Angka terbesar yang wajar; null: tidak ada.")
    di_luar: TingkatTemuan = column("Berat temuan bila angkanya di luar minimum dan maksimum.")
    kode_ref: str | None = column("Kode referensi indikator nasional.")
    kode_sipd: str | None = column("Kode SIPD.")


@strawberry.federation.type(shareable=True, description="Aturan pemeriksaan: kiri operator kanan.")
class Aturan:
    kode: str = column("Kode aturan; juga kode temuannya.")
    nama: str = column("Isi aturan dalam kata.")
    kiri: str = column("Rumus sisi kiri.")
    operator: str = column("<=, >=, ==, <, >, !=, PASANGAN (dilaporkan bersama) atau EKSKLUSIF (tidak bersama).")
    kanan: str = column("Rumus sisi kanan.")
    tingkat: TingkatTemuan = column("Berat temuannya.")


@strawberry.federation.type(keys=["kode"], description="Formulir rekap, berversi menurut isinya.")
class Formulir:
    kode: str = column("Kode formulir, F01 sampai F13.")
    nama: str = column("Nama formulir.")
    versi: int = column("Nomor versi.")
    hash: str = column("SHA-256 isi formulir.")
    periode_jenis: str = column(
        "Seberapa sering diharapkan: BULAN, TRIWULAN, SEMESTER, TAHUN; periode yang lebih panjang boleh."
    )
    periode_tersingkat: str = column(
        "Periode terpendek yang diterima: BULAN, TRIWULAN, SEMESTER, TAHUN; dapat lebih pendek daripada periodeJenis. Rekap yang lebih "
        "sering memenuhi periode yang diharapkan bila semua bagiannya disetujui."
    )
    elemen: list[Elemen] = relation("Elemennya.", rows.elements, rows=30)  # between 5 and 80
    aturan: list[Aturan] = relation("Aturan pemeriksaannya.", rows.rules, rows=10)


@strawberry.federation.type(
    keys=["kode"],
    description="Indikator: angka yang dihitung dari elemen, seperti persen keluarga miskin penerima PKH.",
)
class Indikator:
    kode: str = expression(
        'Kode seperti yang ditanyakan; varian memakai titik, misalnya "I04.disabilitas".', rows.indicator_code
    )
    nama: str = column("Nama indikator.")
    satuan: str = column("Satuan nilainya.")
    jenis: str = column(
        "Cara menghitung: RASIO (Σ pembilang / Σ penyebut), CACAH_KABUPATEN, CAPAIAN_NAIK, CAPAIAN_TURUN, RERATA. Pada capaian kinerja "
        "juga ELEMEN (angka elemen itu sendiri) dan TERTULIS (hanya sebagaimana ditulis kantor)."
    )
    definisi: str | None = column("Definisi.")
    kode_ref: str | None = column("Kode referensi indikator nasional.")
    elemen: list[str] = expression(
        "Kode elemen dalam rumusnya; kosong bila dihitung dari indikator lain.", rows.elements_used
    )
